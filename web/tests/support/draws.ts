import { type Bytes } from '../../src/ledger/bytes.ts';

/** Draws that are the same every time for the same seed (mulberry32, by Tommy Ettinger). */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below the bound. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  bytes(size: number): Bytes {
    return Uint8Array.from({ length: size }, () => this.below(256));
  }

  one<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  /** A copy with one byte changed, left out or put in somewhere. */
  changed(bytes: Uint8Array): Bytes {
    const copy = [...bytes];
    const at = this.below(copy.length);
    switch (this.below(4)) {
      case 0:
        copy.splice(at, 1);
        break;
      case 1:
        copy.splice(at, 0, this.below(256));
        break;
      default:
        copy[at]! ^= 1 + this.below(255);
    }
    return Uint8Array.from(copy);
  }
}
