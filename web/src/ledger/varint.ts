import { Refused } from './outcome.ts';

/** What one field of a message has on the wire: a varint (wire type 0) or bytes with their length (wire type 2). */
export type Raw = bigint | Uint8Array;

const varintType = 0;
const bytesType = 2;

/** Reads the fields of a message, whatever they mean. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #message: string;
  #at = 0;

  constructor(bytes: Uint8Array, message: string) {
    this.#bytes = bytes;
    this.#message = message;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The number of the next field and what it has. */
  field(): readonly [number, Raw] {
    const tag = this.#varint();
    const number = Number(tag >> 3n);
    switch (Number(tag & 7n)) {
      case varintType:
        return [number, this.#varint()];
      case bytesType:
        return [number, this.#take(this.#varint())];
      default:
        throw new Refused(`A ${this.#message} has a field of a kind that the ledger does not use.`);
    }
  }

  /** All numbers that stand one behind the other, as a packed list has them. */
  numbers(): readonly bigint[] {
    const found: bigint[] = [];
    while (!this.isAtEnd) {
      found.push(this.#varint());
    }
    return found;
  }

  #take(size: bigint): Uint8Array {
    if (size > BigInt(this.#bytes.length - this.#at)) {
      this.#endsInTheMiddle();
    }
    const start = this.#at;
    this.#at += Number(size);
    return this.#bytes.subarray(start, this.#at);
  }

  #varint(): bigint {
    let value = 0n;
    for (let i = 0; i < 10; i++) {
      const byte = this.#bytes[this.#at] ?? this.#endsInTheMiddle();
      this.#at++;
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) {
        if (byte === 0 && i > 0) {
          throw new Refused(`A ${this.#message} has a number in more bytes than it needs.`);
        }
        return value < 1n << 64n ? value : this.#tooGreat();
      }
    }
    return this.#tooGreat();
  }

  #tooGreat(): never {
    throw new Refused(`A ${this.#message} has a number of more than 64 bits.`);
  }

  #endsInTheMiddle(): never {
    throw new Refused(`A ${this.#message} ends in the middle of a field.`);
  }
}

/** Puts a field behind what is written. */
export function writeField(written: number[], number: number, raw: Raw): void {
  if (typeof raw === 'bigint') {
    writeVarint(written, BigInt(number * 8 + varintType));
    writeVarint(written, raw);
    return;
  }
  writeVarint(written, BigInt(number * 8 + bytesType));
  writeVarint(written, BigInt(raw.length));
  for (const byte of raw) {
    written.push(byte);
  }
}

/** Numbers one behind the other, as a packed list has them. */
export function packed(values: readonly bigint[]): Uint8Array {
  const written: number[] = [];
  values.forEach((value) => writeVarint(written, value));
  return Uint8Array.from(written);
}

function writeVarint(written: number[], value: bigint): void {
  let rest = value;
  while (rest >= 0x80n) {
    written.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  written.push(Number(rest));
}
