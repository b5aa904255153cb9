import { addressOfKey, type Address } from './address.ts';
import { type Bytes, copyOf, toUnsigned } from './bytes.ts';
import { decompress, halfOrder, order } from './curve.ts';
import { cryptography } from './hash.ts';
import { Refused } from './outcome.ts';

/** r and s in 32 bytes each. */
export const signatureSize = 64;

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ecdsaOverSha256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A point on P-256 that checks signatures. */
export class PublicKey {
  /** The compressed form, 33 bytes. */
  readonly bytes: Bytes;
  readonly address: Address;
  readonly #imported: CryptoKey;

  private constructor(bytes: Bytes, address: Address, imported: CryptoKey) {
    this.bytes = bytes;
    this.address = address;
    this.#imported = imported;
  }

  /** The key that the compressed form stands for; refused is what is no point on the curve. */
  static async from(compressed: Uint8Array): Promise<PublicKey> {
    const bytes = copyOf(compressed);
    const imported = await cryptography().importKey('raw', decompress(bytes), ecdsa, true, ['verify']);
    return new PublicKey(bytes, await addressOfKey(bytes), imported);
  }

  /**
   * Whether the signature is this key's.
   * @param signed What was put through SHA-256 and signed: the domain and what follows it, not its digest.
   */
  async verifies(signed: Bytes, signature: Bytes): Promise<boolean> {
    return isInRange(signature) && (await cryptography().verify(ecdsaOverSha256, this.#imported, signature, signed));
  }
}

/** The same key, or why it is none, as a value; for keys that strangers put into transactions. */
export async function keyOrNone(compressed: Uint8Array): Promise<PublicKey | undefined> {
  try {
    return await PublicKey.from(compressed);
  } catch (error) {
    if (error instanceof Refused) {
      return undefined;
    }
    throw error;
  }
}

// Of the two values of s that verify, the ledger takes the smaller one; libraries take both.
function isInRange(signature: Bytes): boolean {
  const r = toUnsigned(signature.subarray(0, 32));
  const s = toUnsigned(signature.subarray(32));
  return signature.length === signatureSize && r > 0n && r < order && s > 0n && s <= halfOrder;
}
