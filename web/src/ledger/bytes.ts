import { Refused } from './outcome.ts';

/** Bytes that nobody changes any more. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A digest of SHA-256, 32 bytes. */
export const hashSize = 32;

const encoder = new TextEncoder();
// A byte order mark is part of the text: what is decoded must encode to the same bytes again.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A copy that nobody else holds. */
export function copyOf(bytes: Uint8Array): Bytes {
  return Uint8Array.from(bytes);
}

/** One after the other. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Below zero when a stands before b in the order of bytes, above zero when after it, zero when they are the same. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compare(a, b) === 0;
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    text += byte.toString(16).padStart(2, '0');
  }
  return text;
}

/** Bytes from pairs of lower-case hexadecimal digits. */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) {
    throw new Refused(`'${shortened(text)}' is not made of pairs of lower-case hexadecimal digits.`);
  }
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

export function utf8(text: string): Bytes {
  return copyOf(encoder.encode(text));
}

/** Text from UTF-8; anything that is not valid UTF-8 is refused. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refused('A text is not valid UTF-8.');
  }
}

/** A big-endian number without a sign, in so many bytes. */
export function unsigned(value: bigint, size: number): Bytes {
  if (value < 0n || value >= 1n << BigInt(8 * size)) {
    throw new RangeError(`${value} does not fit into ${size} bytes.`);
  }
  return fromHex(value.toString(16).padStart(2 * size, '0'));
}

/** The number that big-endian bytes without a sign stand for. */
export function toUnsigned(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

export const u16 = (value: number): Bytes => unsigned(BigInt(value), 2);
export const u32 = (value: number): Bytes => unsigned(BigInt(value), 4);
export const u64 = (value: bigint): Bytes => unsigned(value, 8);
export const i64 = (value: bigint): Bytes => unsigned(BigInt.asUintN(64, value), 8);

/** `text` of the fixed layouts: a u16 length in bytes, then UTF-8. */
export function textField(text: string): Bytes {
  const encoded = utf8(text);
  return concat(u16(encoded.length), encoded);
}

/** `bytes` of the fixed layouts: a u32 length, then the bytes. */
export function bytesField(bytes: Uint8Array): Bytes {
  return concat(u32(bytes.length), bytes);
}

/** A stranger's text, cut so that a sentence about it stays one. */
export function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
