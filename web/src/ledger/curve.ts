import { type Bytes, concat, toUnsigned, unsigned } from './bytes.ts';
import { Refused } from './outcome.ts';

// P-256 (secp256r1): y² = x³ - 3x + b over the field of this prime.
const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** How many points the curve has, with the one at infinity. */
export const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The greatest s of a signature that is taken. */
export const halfOrder = order >> 1n;

/** A key in the compressed form of SEC 1: 02 or 03 for an even or odd y, then x. */
export const compressedSize = 33;

/** The uncompressed form, `04`, x, y, of a compressed point; refused is what is no point of the curve in that form. */
export function decompress(point: Uint8Array): Bytes {
  const parity = point[0];
  if (point.length !== compressedSize || (parity !== 2 && parity !== 3)) {
    throw new Refused('A public key is not 33 bytes that start with 02 or 03.');
  }
  const x = toUnsigned(point.subarray(1));
  if (x >= prime) {
    throw new Refused("A public key has an x that is not below the field's prime.");
  }
  const squared = modulo(x ** 3n - 3n * x + b);
  const root = squareRoot(squared);
  if (modulo(root * root) !== squared) {
    throw new Refused('A public key is not a point on the curve P-256.');
  }
  // There is no point with y = 0 on P-256, so that one of the two roots is even and the other odd.
  const y = root % 2n === BigInt(parity - 2) ? root : prime - root;
  return concat(Uint8Array.of(4), unsigned(x, 32), unsigned(y, 32));
}

// The prime is 3 modulo 4, so that a power gives a root where there is one.
function squareRoot(value: bigint): bigint {
  let result = 1n;
  let base = value;
  for (let exponent = (prime + 1n) / 4n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) {
      result = modulo(result * base);
    }
    base = modulo(base * base);
  }
  return result;
}

function modulo(value: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

/** The compressed form of an uncompressed point, `04`, x, y, which is not looked at further. */
export function compress(point: Uint8Array): Bytes {
  if (point.length !== 65 || point[0] !== 4) {
    throw new Refused('A public key is not 65 bytes that start with 04.');
  }
  return concat(Uint8Array.of(2 + (point[64]! & 1)), point.subarray(1, 33));
}
