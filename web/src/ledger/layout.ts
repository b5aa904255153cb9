import { type Bytes, copyOf, fromUtf8, toUnsigned } from './bytes.ts';
import { Refused } from './outcome.ts';

/** Reads a fixed layout from its first byte to its last. */
export class LayoutReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  /** @param what What is read, with its article, for sentences: `A header`. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  get isAtEnd(): boolean {
    return this.left === 0;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(size: number): Bytes {
    const end = this.#at + size;
    if (end > this.#bytes.length) {
      throw new Refused(`${this.#what} ends in the middle: it has ${this.#bytes.length} bytes and needs at least ${end}.`);
    }
    const taken = copyOf(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return taken;
  }

  u8(): number {
    return Number(toUnsigned(this.take(1)));
  }

  u16(): number {
    return Number(toUnsigned(this.take(2)));
  }

  u32(): number {
    return Number(toUnsigned(this.take(4)));
  }

  u64(): bigint {
    return toUnsigned(this.take(8));
  }

  i64(): bigint {
    return BigInt.asIntN(64, this.u64());
  }

  text(): string {
    return fromUtf8(this.take(this.u16()));
  }

  bytes(): Bytes {
    return this.take(this.u32());
  }

  /** All that is left. */
  rest(): Bytes {
    return this.take(this.left);
  }

  /** Nothing may follow. */
  end(): void {
    if (!this.isAtEnd) {
      throw new Refused(`${this.#what} has ${this.left} bytes too many.`);
    }
  }
}
