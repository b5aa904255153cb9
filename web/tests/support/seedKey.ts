import { createECDH } from 'node:crypto';
import { type Bytes, concat, copyOf, toUnsigned, unsigned, utf8 } from '../../src/ledger/bytes.ts';
import { halfOrder, order } from '../../src/ledger/curve.ts';
import { sha256, underDomain } from '../../src/ledger/hash.ts';
import { PublicKey } from '../../src/ledger/publicKey.ts';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A key made from a word, as docs/ledger.md does it. It guards nothing. */
export class SeedKey {
  private constructor(
    readonly privateKey: Bytes,
    readonly uncompressed: Bytes,
    readonly publicKey: PublicKey,
    readonly signer: CryptoKey,
  ) {}

  static async of(seed: string): Promise<SeedKey> {
    const privateKey = await sha256(underDomain('commonwatt/seed/0', utf8(seed)));
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(privateKey);
    const uncompressed = copyOf(curve.getPublicKey());
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      d: base64Url(privateKey),
      x: base64Url(uncompressed.subarray(1, 33)),
      y: base64Url(uncompressed.subarray(33)),
    };
    const signer = await crypto.subtle.importKey('jwk', jwk, ecdsa, false, ['sign']);
    return new SeedKey(privateKey, uncompressed, await PublicKey.from(copyOf(curve.getPublicKey(null, 'compressed'))), signer);
  }

  /** A signature with the smaller s. */
  async sign(message: Bytes): Promise<Bytes> {
    const signature = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.signer, message));
    return toUnsigned(signature.subarray(32)) <= halfOrder ? signature : withOtherS(signature);
  }
}

/** The other of the two signatures that differ in the sign of s. */
export function withOtherS(signature: Bytes): Bytes {
  return concat(signature.subarray(0, 32), unsigned(order - toUnsigned(signature.subarray(32)), 32));
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
