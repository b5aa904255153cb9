import { type Address } from './address.ts';
import { type Bytes, compare, concat, equal, toHex, u16, u64 } from './bytes.ts';
import { compressedSize } from './curve.ts';
import { sha256 } from './hash.ts';
import { LayoutReader } from './layout.ts';
import { Refused } from './outcome.ts';
import { PublicKey } from './publicKey.ts';

export const mostValidators = 1000;
export const mostPower = 2147483647n;

/** A validator and its share in decisions. */
export interface ValidatorWithPower {
  readonly key: PublicKey;
  readonly power: bigint;
}

/** Those whose signatures make a block final: 1 to 1000, by ascending address. */
export class ValidatorSet {
  readonly validators: readonly ValidatorWithPower[];
  /** The fixed layout. */
  readonly bytes: Bytes;
  readonly hash: Bytes;
  readonly totalPower: bigint;

  private constructor(validators: readonly ValidatorWithPower[], bytes: Bytes, hash: Bytes) {
    this.validators = validators;
    this.bytes = bytes;
    this.hash = hash;
    this.totalPower = validators.reduce((sum, { power }) => sum + power, 0n);
  }

  /** A set of validators in any order. */
  static async of(validators: readonly ValidatorWithPower[]): Promise<ValidatorSet> {
    const sorted = [...validators].sort((a, b) => compare(a.key.address, b.key.address));
    return ValidatorSet.#sorted(sorted);
  }

  /** A set from its fixed layout. */
  static async read(encoded: Uint8Array): Promise<ValidatorSet> {
    const reader = new LayoutReader(encoded, 'A validator set');
    const count = reader.u16();
    const validators: ValidatorWithPower[] = [];
    for (let i = 0; i < count; i++) {
      validators.push({ key: await PublicKey.from(reader.take(compressedSize)), power: reader.u64() });
    }
    reader.end();
    return ValidatorSet.#sorted(validators);
  }

  static async #sorted(validators: readonly ValidatorWithPower[]): Promise<ValidatorSet> {
    if (validators.length < 1 || validators.length > mostValidators) {
      throw new Refused(`A validator set has ${validators.length} validators; it must have 1 to ${mostValidators}.`);
    }
    validators.forEach(({ key, power }, i) => {
      if (i > 0 && compare(validators[i - 1]!.key.address, key.address) >= 0) {
        throw new Refused('A validator set has a validator twice or not in the order of addresses.');
      }
      if (power < 1n || power > mostPower) {
        throw new Refused(`The validator ${toHex(key.bytes)} has the power ${power}; it must be from 1 to ${mostPower}.`);
      }
    });
    const bytes = concat(u16(validators.length), ...validators.flatMap(({ key, power }) => [key.bytes, u64(power)]));
    return new ValidatorSet(validators, bytes, await sha256(bytes));
  }

  find(address: Address): ValidatorWithPower | undefined {
    let from = 0;
    let to = this.validators.length - 1;
    while (from <= to) {
      const middle = (from + to) >> 1;
      const order = compare(this.validators[middle]!.key.address, address);
      if (order === 0) {
        return this.validators[middle];
      }
      [from, to] = order < 0 ? [middle + 1, to] : [from, middle - 1];
    }
    return undefined;
  }

  equals(other: ValidatorSet): boolean {
    return equal(this.hash, other.hash);
  }
}
