import { requireFinal } from './certificate.ts';
import { type Bytes, concat, equal, u64, utf8 } from './bytes.ts';
import { type Header, readHeader } from './header.ts';
import { type Outcome, outcomeOf, Refused } from './outcome.ts';
import { stateAfter } from './proof.ts';
import { type StateProof } from './proofMessages.ts';
import { type TrustedValidators } from './trustedValidators.ts';
import { ValidatorSet } from './validatorSet.ts';

/** The key of the set of validators that is in force from the height on. */
export function validatorsKey(height: bigint): Bytes {
  return concat(utf8('ledger.validators'), Uint8Array.of(0), u64(height));
}

/** Follows a ledger's headers and its changes of validators, without executing anything; docs/ledger.md, "Light clients". */
export class LightClient {
  readonly #ledgerId: Bytes;
  readonly #start: bigint;
  /** By the height from which each is in force, ascending. The first one is in force at the newest header. */
  #sets: (readonly [bigint, ValidatorSet])[];
  #newest: Header | undefined;
  /** What is handed in is judged one after the other, in the order it came. */
  #queue: Promise<unknown> = Promise.resolve();

  /** @param height The height of which the trusted validators are the validators. */
  constructor(trusted: TrustedValidators, height: bigint) {
    this.#ledgerId = trusted.ledgerId;
    this.#start = height;
    this.#sets = [[height, trusted.validators]];
  }

  /** The newest header that was taken. */
  get newest(): Header | undefined {
    return this.#newest;
  }

  /** The set in force at a height from the newest header's on, as far as it was shown. */
  validatorsAt(height: bigint): ValidatorSet | undefined {
    return this.#sets.findLast(([from]) => from <= height)?.[1];
  }

  /** Takes a header with its certificate, or says why not. */
  takeHeader(encoded: Uint8Array, certificate: Uint8Array): Promise<Outcome<Header>> {
    return this.#inTurn(async () => this.#take(await readHeader(encoded), certificate));
  }

  /**
   * Takes a change of validators from a state proof. The proof's header is taken first, where it is not the newest one already, and stays taken when the
   * change is refused. The outcome is the height from which the change holds.
   */
  takeChange(proof: StateProof): Promise<Outcome<bigint>> {
    return this.#inTurn(async () => {
      const header = await readHeader(proof.block.header);
      if (this.#newest === undefined || !equal(header.hash, this.#newest.hash)) {
        await this.#take(header, proof.block.certificate);
      }
      const from = [header.height + 1n, header.height + 2n].find((height) => equal(proof.key, validatorsKey(height)));
      const { value } = await stateAfter(header, proof);
      if (from === undefined || value === undefined) {
        throw new Refused(`The proof does not show validators from height ${header.height + 1n} or ${header.height + 2n} on.`);
      }
      const validators = await ValidatorSet.read(value);
      this.#sets = [...this.#sets.filter(([height]) => height !== from), [from, validators] as const].sort(([a], [b]) => Number(a - b));
      return from;
    });
  }

  async #take(header: Header, certificate: Uint8Array): Promise<Header> {
    await this.#judge(header, certificate);
    this.#newest = header;
    // What was in force before the newest header is needed no more.
    this.#sets = this.#sets.filter((_, i) => this.#sets[i + 1] === undefined || this.#sets[i + 1]![0] > header.height);
    return header;
  }

  async #judge(header: Header, certificate: Uint8Array): Promise<void> {
    const newest = this.#newest;
    if (!equal(header.ledgerId, this.#ledgerId)) {
      throw new Refused('The header is of another ledger.');
    }
    if (newest === undefined ? header.height < this.#start : header.height <= newest.height) {
      throw new Refused(`The header of height ${header.height} is not above what is known.`);
    }
    if (newest !== undefined && header.height === newest.height + 1n && !equal(header.parent, newest.hash)) {
      throw new Refused(`The header of height ${header.height} does not follow the one below.`);
    }
    if (newest !== undefined && header.time < newest.time) {
      throw new Refused(`The header of height ${header.height} has an earlier time than one below.`);
    }
    await requireFinal(header, certificate, this.#requireSet(header.height));
  }

  #requireSet(height: bigint): ValidatorSet {
    const validators = this.validatorsAt(height);
    if (validators === undefined) {
      throw new Error(`No validators are known for height ${height}.`);
    }
    return validators;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<Outcome<T>> {
    const turn = this.#queue.then(() => outcomeOf(work));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
