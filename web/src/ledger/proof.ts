import { requireFinal } from './certificate.ts';
import { type Bytes, equal, utf8 } from './bytes.ts';
import { type Header, readHeader } from './header.ts';
import { absent, longestKey, present } from './merkleMap.ts';
import { included, leafHash } from './merkleTree.ts';
import { type TransactionBody } from './messages.ts';
import { type Outcome, outcomeOf, Refused } from './outcome.ts';
import { type CertifiedHeader, Proof, type ReceiptProof, type StateProof, type TransactionProof } from './proofMessages.ts';
import { readReceipt, type Receipt, wasAdmitted } from './receipt.ts';
import { readTransaction, type SenderSignature, senderSignature, transactionId } from './transaction.ts';
import { type TrustedValidators } from './trustedValidators.ts';

/** The bytes that a proof file starts with. */
export const proofMark = utf8('commonwatt/proof/1');

/** The most bytes of a proof file. */
export const longestProof = 16777216;

/** What became of a transaction in the block. */
export interface TransactionClaim {
  readonly kind: 'transaction';
  readonly block: Header;
  /** The transaction's place in the block, from 0. */
  readonly index: number;
  readonly id: Bytes;
  readonly body: TransactionBody;
  readonly signature: SenderSignature;
  readonly receipt: Receipt;
  /** Whether it used its nonce, so that there is no other such receipt; else it may have been admitted in another block. */
  readonly wasAdmitted: boolean;
}

/** What stood in the state after the block. It does not say that no later block changed it. */
export interface StateClaim {
  readonly kind: 'state';
  readonly block: Header;
  /** The key asked for: compare it with the one you mean. */
  readonly key: Bytes;
  /** Undefined where there was no such entry. */
  readonly value: Bytes | undefined;
}

/** What became of a call or a transaction, by its place among the receipts of the block. */
export interface ReceiptClaim {
  readonly kind: 'receipt';
  readonly block: Header;
  /** From 0: first the scheduled calls (in block 0 the calls of the genesis), then the transactions. */
  readonly index: number;
  readonly receipt: Receipt;
}

export type ProofClaim = TransactionClaim | StateClaim | ReceiptClaim;

/** Checks the bytes of a proof file. What holds is the ledger's, as surely as the trusted validators are. */
export function checkProof(file: Uint8Array, trusted: TrustedValidators): Promise<Outcome<ProofClaim>> {
  return outcomeOf(async () => {
    const { transaction, state, receipt } = readProofFile(file);
    if ([transaction, state, receipt].filter((one) => one !== undefined).length !== 1) {
      throw new Refused('A proof is of one thing: of a transaction, of an entry of the state, or of a receipt.');
    }
    if (transaction !== undefined) {
      return checkTransactionProof(transaction, trusted);
    }
    return state !== undefined ? checkStateProof(state, trusted) : checkReceiptProof(receipt!, trusted);
  });
}

/** The message in a proof file, of which nothing is checked but its form. */
export function readProofFile(file: Uint8Array): Proof {
  if (file.length > longestProof) {
    throw new Refused(`A proof has at most ${longestProof} bytes; this file has ${file.length}.`);
  }
  if (!equal(file.subarray(0, proofMark.length), proofMark)) {
    throw new Refused('This is no proof: a proof starts with commonwatt/proof/1.');
  }
  return Proof.decode(file.subarray(proofMark.length));
}

/** A header that the trusted validators made final. */
async function certified({ header: encoded, certificate }: CertifiedHeader, trusted: TrustedValidators): Promise<Header> {
  const header = await readHeader(encoded);
  if (!equal(header.ledgerId, trusted.ledgerId)) {
    throw new Refused('The proof is of another ledger than the trusted one.');
  }
  await requireFinal(header, certificate, trusted.validators);
  return header;
}

async function checkTransactionProof(proof: TransactionProof, trusted: TrustedValidators): Promise<TransactionClaim> {
  const block = await certified(proof.block, trusted);
  const { transactionCount, scheduledCount } = block;
  if (proof.index >= transactionCount) {
    throw new Refused(`The proof is of transaction ${proof.index}, counted from 0, of a block that has ${transactionCount}.`);
  }
  // Receipts of scheduled calls stand before those of transactions.
  const receipt = await receiptAt(block, scheduledCount + proof.index, proof.receipt, proof.receiptPath);
  if (!(await included(await leafHash(proof.transaction), proof.index, transactionCount, proof.transactionPath, block.transactionsRoot))) {
    throw new Refused(`The transaction does not stand at place ${proof.index} of block ${block.height}.`);
  }
  const { transaction, body } = readTransaction(proof.transaction);
  const id = await transactionId(transaction.body);
  if (receipt.origin !== 'transaction' || !equal(receipt.subject, id)) {
    throw new Refused('The receipt is of something else than the transaction.');
  }
  const signature = await senderSignature(transaction, body);
  return { kind: 'transaction', block, index: proof.index, id, body, signature, receipt, wasAdmitted: wasAdmitted(receipt) };
}

async function checkReceiptProof(proof: ReceiptProof, trusted: TrustedValidators): Promise<ReceiptClaim> {
  const block = await certified(proof.block, trusted);
  const receipt = await receiptAt(block, proof.index, proof.receipt, proof.receiptPath);
  const origin = proof.index >= block.scheduledCount ? 'transaction' : block.height === 0n ? 'genesis' : 'schedule';
  if (receipt.origin !== origin) {
    throw new Refused(`Receipt ${proof.index} of block ${block.height} says that its origin is ${receipt.origin}, and at this place it is ${origin}.`);
  }
  return { kind: 'receipt', block, index: proof.index, receipt };
}

/** The receipt that stands at the place among all of the block. */
async function receiptAt(block: Header, index: number, encoded: Bytes, path: readonly Bytes[]): Promise<Receipt> {
  const count = block.scheduledCount + block.transactionCount;
  if (index >= count || count >= 2 ** 31) {
    throw new Refused(`The proof is of receipt ${index}, counted from 0, of a block that has ${count}.`);
  }
  if (!(await included(await leafHash(encoded), index, count, path, block.receiptsRoot))) {
    throw new Refused(`The receipt does not stand at place ${index} of block ${block.height}.`);
  }
  return readReceipt(encoded);
}

async function checkStateProof(proof: StateProof, trusted: TrustedValidators): Promise<StateClaim> {
  return stateAfter(await certified(proof.block, trusted), proof);
}

/** What the proof shows of the state after a block whose header is known to be final; the header in the proof is not looked at. */
export async function stateAfter(block: Header, proof: StateProof): Promise<StateClaim> {
  const { key, leafKey, leafValue } = proof;
  if (key.length < 1 || key.length > longestKey) {
    throw new Refused(`The proof asks for a key of ${key.length} bytes; keys have 1 to ${longestKey}.`);
  }
  const isThere = equal(key, leafKey);
  const holds = isThere ? await present(block.stateRoot, key, leafValue, proof) : await absent(block.stateRoot, key, proof);
  if (!holds) {
    throw new Refused(`The state after block ${block.height} ${isThere ? 'does not have the entry' : 'is not shown to lack the entry'} that the proof is of.`);
  }
  return { kind: 'state', block, key, value: isThere ? leafValue : undefined };
}
