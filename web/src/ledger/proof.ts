import { requireFinal } from './certificate.ts';
import { type Bytes, equal, utf8 } from './bytes.ts';
import { type Header, readHeader } from './header.ts';
import { absent, longestKey, present } from './merkleMap.ts';
import { included, leafHash } from './merkleTree.ts';
import { Transaction, TransactionBody } from './messages.ts';
import { type Outcome, outcomeOf, Refused } from './outcome.ts';
import { type CertifiedHeader, Proof, type StateProof, type TransactionProof } from './proofMessages.ts';
import { readReceipt, type Receipt, wasAdmitted } from './receipt.ts';
import { type SenderSignature, senderSignature, transactionId } from './transaction.ts';
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

export type ProofClaim = TransactionClaim | StateClaim;

/** Checks the bytes of a proof file. What holds is the ledger's, as surely as the trusted validators are. */
export function checkProof(file: Uint8Array, trusted: TrustedValidators): Promise<Outcome<ProofClaim>> {
  return outcomeOf(async () => {
    const { transaction, state } = readProofFile(file);
    if (transaction !== undefined && state === undefined) {
      return checkTransactionProof(transaction, trusted);
    }
    if (state !== undefined && transaction === undefined) {
      return checkStateProof(state, trusted);
    }
    throw new Refused('A proof is of one thing: of a transaction or of an entry of the state.');
  });
}

function readProofFile(file: Uint8Array): ReturnType<typeof Proof.decode> {
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
  const receipts = scheduledCount + transactionCount;
  if (proof.index >= transactionCount || receipts >= 2 ** 31) {
    throw new Refused(`The proof is of transaction ${proof.index}, counted from 0, of a block that has ${transactionCount}.`);
  }
  if (!(await included(await leafHash(proof.transaction), proof.index, transactionCount, proof.transactionPath, block.transactionsRoot))) {
    throw new Refused(`The transaction does not stand at place ${proof.index} of block ${block.height}.`);
  }
  // Receipts of scheduled calls stand before those of transactions.
  if (!(await included(await leafHash(proof.receipt), scheduledCount + proof.index, receipts, proof.receiptPath, block.receiptsRoot))) {
    throw new Refused(`The receipt does not stand at the place of transaction ${proof.index} in block ${block.height}.`);
  }
  const transaction = Transaction.decode(proof.transaction);
  const body = TransactionBody.decode(transaction.body);
  const id = await transactionId(transaction.body);
  const receipt = readReceipt(proof.receipt);
  if (receipt.origin !== 'transaction' || !equal(receipt.subject, id)) {
    throw new Refused('The receipt is of something else than the transaction.');
  }
  const signature = await senderSignature(transaction, body);
  return { kind: 'transaction', block, index: proof.index, id, body, signature, receipt, wasAdmitted: wasAdmitted(receipt) };
}

async function checkStateProof(proof: StateProof, trusted: TrustedValidators): Promise<StateClaim> {
  const block = await certified(proof.block, trusted);
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
