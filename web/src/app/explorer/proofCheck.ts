import { outcomeOf, type Outcome } from '../../ledger/outcome.ts';
import { readHeader } from '../../ledger/header.ts';
import { type ExplainedProof, explainProof } from '../../ledger/proofSteps.ts';
import { readProofFile } from '../../ledger/proof.ts';
import { type TrustedValidators } from '../../ledger/trustedValidators.ts';
import { trustedAt, type TrustPlace } from './trust.ts';
import { type ValidatorRecords } from './validatorHistory.ts';

/** A proof that was checked here, with whom it was checked. */
export interface CheckedProof extends ExplainedProof {
  readonly trusted: TrustedValidators;
  /** How long the check took, ms. */
  readonly took: number;
}

/** Checks a proof file with what this browser trusts; refused is one whose trust cannot be found. */
export async function checkHere(file: Uint8Array, storage: TrustPlace, records: () => Promise<ValidatorRecords>, now: string): Promise<Outcome<CheckedProof>> {
  const height = await outcomeOf(() => heightOf(file));
  const trusted = height.holds ? await trustedAt(storage, height.value, records, now) : height;
  if (!trusted.holds) {
    return trusted;
  }
  const start = performance.now();
  const explained = await explainProof(file, trusted.value);
  return { holds: true, value: { ...explained, trusted: trusted.value, took: performance.now() - start } };
}

async function heightOf(file: Uint8Array): Promise<bigint> {
  const { transaction, state, receipt } = readProofFile(file);
  const block = (transaction ?? state ?? receipt)?.block;
  return block === undefined ? 0n : (await readHeader(block.header)).height;
}

/** The genesis and the changes of validators, as the node that this page came from shows them. */
export async function recordsOfNode(): Promise<ValidatorRecords> {
  const [genesis, changes] = await Promise.all([bytesOf('/api/v1/ledger/genesis'), bytesOf('/validator-changes')]);
  return { genesis, changes };
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(path);
  if (!response.ok) {
    throw new Error(`The node answered ${path} with ${response.status}.`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
