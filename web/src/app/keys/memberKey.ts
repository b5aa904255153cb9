import { printAddress } from '../../ledger/address.ts';
import { type Bytes, concat } from '../../ledger/bytes.ts';
import { compress } from '../../ledger/curve.ts';
import { cryptography } from '../../ledger/hash.ts';
import { PublicKey } from '../../ledger/publicKey.ts';
import { type Signer, signWith } from '../../ledger/signing.ts';
import { fromBase64Url, toBase64Url } from './base64Url.ts';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** What of a key can be kept: the browser hands its private half to nobody, not even to this page. */
export interface KeptKey {
  readonly privateKey: CryptoKey;
  /** The compressed form, 33 bytes. */
  readonly publicKey: Bytes;
}

/** A member's key, which signs in the browser and cannot be taken out of it. */
export class MemberKey implements Signer {
  readonly kept: KeptKey;
  readonly publicKey: PublicKey;
  /** The address as it is printed. */
  readonly address: string;

  private constructor(kept: KeptKey, publicKey: PublicKey, address: string) {
    this.kept = kept;
    this.publicKey = publicKey;
    this.address = address;
  }

  static async of(kept: KeptKey): Promise<MemberKey> {
    const publicKey = await PublicKey.from(kept.publicKey);
    return new MemberKey(kept, publicKey, await printAddress(publicKey.address));
  }

  /** A new key, which nobody can bring back when this browser's data are deleted. */
  static async make(): Promise<MemberKey> {
    const { privateKey, publicKey } = await cryptography().generateKey(ecdsa, false, ['sign', 'verify']);
    const point = new Uint8Array(await cryptography().exportKey('raw', publicKey));
    return MemberKey.of({ privateKey, publicKey: compress(point) });
  }

  /** A key from its number and its point, `04`, x, y. From here on the number cannot be read any more. */
  static async fromScalar(scalar: Bytes, point: Bytes): Promise<MemberKey> {
    const jwk = { kty: 'EC', crv: 'P-256', d: toBase64Url(scalar), x: toBase64Url(point.subarray(1, 33)), y: toBase64Url(point.subarray(33)) };
    const privateKey = await cryptography().importKey('jwk', jwk, ecdsa, false, ['sign']);
    return MemberKey.of({ privateKey, publicKey: compress(point) });
  }

  /** A key that somebody else made and handed over in PKCS #8, as a demo does for its people. */
  static async fromPkcs8(encoded: Bytes): Promise<MemberKey> {
    const readable = await cryptography().importKey('pkcs8', encoded, ecdsa, true, ['sign']);
    const { d, x, y } = await cryptography().exportKey('jwk', readable);
    return MemberKey.fromScalar(fromBase64Url(d!), concat(Uint8Array.of(4), fromBase64Url(x!), fromBase64Url(y!)));
  }

  sign(signed: Bytes): Promise<Bytes> {
    return signWith(this.kept.privateKey, signed);
  }
}
