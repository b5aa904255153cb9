import { printAddress } from './address.ts';
import { type Bytes, equal } from './bytes.ts';
import { type Header, readHeader, signedByValidators } from './header.ts';
import { climbedInMap, mapLeafHash } from './merkleMap.ts';
import { climbed, leafHash, type PathStep } from './merkleTree.ts';
import { Certificate } from './messages.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { checkProof, type ProofClaim, readProofFile } from './proof.ts';
import { type CertifiedHeader, type Proof } from './proofMessages.ts';
import { type TrustedValidators } from './trustedValidators.ts';

/** The way of one thing into the header: its leaf, the hashes beside the way, and the root. */
export interface ProofWay {
  readonly of: 'transaction' | 'receipt' | 'entry';
  /** What is in the leaf, as it stands in the proof. */
  readonly content: Bytes;
  readonly leaf: Bytes;
  /** From the leaf up; undefined where the path cannot be one of such a tree. */
  readonly steps: readonly PathStep[] | undefined;
  readonly rootInHeader: Bytes;
  readonly holds: boolean;
}

/** A signature under the header. */
export interface ProofSignature {
  readonly validator: string;
  /** Its power among the trusted validators; undefined where it is none of them. */
  readonly power: bigint | undefined;
  readonly holds: boolean;
}

/** A proof, taken apart so that a person can follow it. */
export interface ProofSteps {
  readonly ways: readonly ProofWay[];
  readonly header: Header;
  readonly isOfTrustedLedger: boolean;
  readonly hasTrustedValidators: boolean;
  readonly signatures: readonly ProofSignature[];
  readonly signedPower: bigint;
  readonly totalPower: bigint;
}

/** A proof with its verdict, which is that of `checkProof` alone; the steps are there as far as the file can be read. */
export interface ExplainedProof {
  readonly verdict: Outcome<ProofClaim>;
  readonly steps: ProofSteps | undefined;
}

/** Checks the bytes of a proof file and shows how. */
export async function explainProof(file: Uint8Array, trusted: TrustedValidators): Promise<ExplainedProof> {
  const steps = await outcomeOf(async () => stepsOf(readProofFile(file), trusted));
  return { verdict: await checkProof(file, trusted), steps: steps.holds ? steps.value : undefined };
}

async function stepsOf(proof: Proof, trusted: TrustedValidators): Promise<ProofSteps | undefined> {
  const block = (proof.transaction ?? proof.state ?? proof.receipt)?.block;
  if (block === undefined) {
    return undefined;
  }
  const header = await readHeader(block.header);
  const signatures = await signaturesOf(header, block, trusted);
  return {
    ways: await waysOf(proof, header),
    header,
    isOfTrustedLedger: equal(header.ledgerId, trusted.ledgerId),
    hasTrustedValidators: equal(header.validatorsHash, trusted.validators.hash),
    signatures,
    signedPower: signatures.reduce((sum, { power, holds }) => (holds && power !== undefined ? sum + power : sum), 0n),
    totalPower: trusted.validators.totalPower,
  };
}

async function waysOf({ transaction, state, receipt }: Proof, header: Header): Promise<readonly ProofWay[]> {
  const { transactionCount, scheduledCount, transactionsRoot, receiptsRoot } = header;
  const count = transactionCount + scheduledCount;
  if (transaction !== undefined) {
    return [
      await treeWay('transaction', transaction.transaction, transaction.index, transactionCount, transaction.transactionPath, transactionsRoot),
      await treeWay('receipt', transaction.receipt, scheduledCount + transaction.index, count, transaction.receiptPath, receiptsRoot),
    ];
  }
  if (receipt !== undefined) {
    return [await treeWay('receipt', receipt.receipt, receipt.index, count, receipt.receiptPath, receiptsRoot)];
  }
  const { key, leafKey, leafValue } = state!;
  const leaf = await mapLeafHash(leafKey, leafValue);
  return [wayOf('entry', leafValue, leaf, await climbedInMap(key, state!), header.stateRoot)];
}

async function treeWay(of: ProofWay['of'], content: Bytes, index: number, size: number, path: readonly Bytes[], root: Bytes): Promise<ProofWay> {
  const leaf = await leafHash(content);
  return wayOf(of, content, leaf, await climbed(leaf, index, size, path), root);
}

function wayOf(of: ProofWay['of'], content: Bytes, leaf: Bytes, steps: readonly PathStep[] | undefined, rootInHeader: Bytes): ProofWay {
  return { of, content, leaf, steps, rootInHeader, holds: steps !== undefined && equal(steps.at(-1)?.hash ?? leaf, rootInHeader) };
}

async function signaturesOf(header: Header, { certificate }: CertifiedHeader, { validators }: TrustedValidators): Promise<readonly ProofSignature[]> {
  const signed = signedByValidators(header);
  return Promise.all(
    Certificate.decode(certificate).signatures.map(async ({ validator, signature }) => {
      const known = validators.find(validator);
      const holds = known !== undefined && (await known.key.verifies(signed, signature));
      return { validator: await printAddress(validator), power: known?.power, holds };
    }),
  );
}
