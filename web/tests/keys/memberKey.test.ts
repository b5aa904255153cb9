import 'fake-indexeddb/auto';
import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { copyOf, utf8 } from '../../src/ledger/bytes.ts';
import { compress, decompress } from '../../src/ledger/curve.ts';
import { PublicKey } from '../../src/ledger/publicKey.ts';
import { fromBase64Url, toBase64Url } from '../../src/app/keys/base64Url.ts';
import { bindingOf } from '../../src/app/keys/keyBinding.ts';
import { findKey, forgetKey, keepKey } from '../../src/app/keys/keyStore.ts';
import { MemberKey } from '../../src/app/keys/memberKey.ts';
import { exampleText } from '../support/specification.ts';
import { SeedKey } from '../support/seedKey.ts';

describe('A member’s key', () => {
  it('signs, and cannot be taken out of the browser', async () => {
    const key = await MemberKey.make();
    const message = utf8('a message');
    expect(await key.publicKey.verifies(message, await key.sign(message))).toBe(true);
    await expect(crypto.subtle.exportKey('pkcs8', key.kept.privateKey)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('jwk', key.kept.privateKey)).rejects.toThrow();
  });

  it('that a demo handed over is that of its address', async () => {
    const alice = await SeedKey.of('alice');
    const jwk = {
      kty: 'EC', crv: 'P-256', d: toBase64Url(alice.privateKey), x: toBase64Url(alice.uncompressed.subarray(1, 33)), y: toBase64Url(alice.uncompressed.subarray(33)),
    };
    const pkcs8 = createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' });
    const key = await MemberKey.fromPkcs8(copyOf(pkcs8));
    expect(key.address).toBe(exampleText('address'));
    await expect(crypto.subtle.exportKey('jwk', key.kept.privateKey)).rejects.toThrow();
  });

  it('is found again for the person it was kept for, and for nobody else', async () => {
    const key = await MemberKey.make();
    await keepKey('person-1', { key, hasPhrase: true });
    const found = await findKey('person-1');
    expect(found).toMatchObject({ hasPhrase: true });
    expect(found!.key.address).toBe(key.address);
    const message = utf8('again');
    expect(await key.publicKey.verifies(message, await found!.key.sign(message))).toBe(true);
    expect(await findKey('person-2')).toBeUndefined();
    await forgetKey('person-1');
    expect(await findKey('person-1')).toBeUndefined();
  });

  it('proves to the account that the person has it, for one challenge', async () => {
    const key = await MemberKey.make();
    const { publicKey, signature } = await bindingOf(key, 'person-7', 'challenge-1');
    const shown = await PublicKey.from(compress(fromBase64Url(publicKey)));
    expect(decompress(shown.bytes)).toEqual(fromBase64Url(publicKey));
    expect(await shown.verifies(utf8('commonwatt key for person-7 challenge-1'), fromBase64Url(signature))).toBe(true);
    expect(await shown.verifies(utf8('commonwatt key for person-7 challenge-2'), fromBase64Url(signature))).toBe(false);
  });
});
