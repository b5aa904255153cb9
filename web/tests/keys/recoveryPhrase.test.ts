import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { order } from '../../src/ledger/curve.ts';
import { checkPhrase, keyFromPhrase, newPhrase, phraseLength, wordsOf, wordsStarting } from '../../src/app/keys/recoveryPhrase.ts';
import { createECDH } from 'node:crypto';
import { PublicKey } from '../../src/ledger/publicKey.ts';
import { printAddress } from '../../src/ledger/address.ts';

const zeros = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
// The seed of BIP-39 for this phrase without a password, as other wallets compute it.
const seedOfZeros = '5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4';

describe('A recovery phrase', () => {
  it('brings the same key back, on any device', async () => {
    const phrase = await newPhrase();
    expect(wordsOf(phrase)).toHaveLength(phraseLength);
    expect(await checkPhrase(phrase)).toBeUndefined();
    const [one, other] = [await keyFromPhrase(phrase), await keyFromPhrase(`  ${phrase.toUpperCase().replaceAll(' ', '\n ')} `)];
    expect(other.address).toBe(one.address);
    expect((await keyFromPhrase(await newPhrase())).address).not.toBe(one.address);
  });

  it('stands for the key that HKDF makes of the seed of BIP-39, computed here by another library', async () => {
    const drawn = hkdfSync('sha256', Buffer.from(seedOfZeros, 'hex'), 'commonwatt/recovery/1', 'p256', 48);
    const scalar = (BigInt(`0x${Buffer.from(drawn).toString('hex')}`) % (order - 1n)) + 1n;
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'));
    const expected = await PublicKey.from(Uint8Array.from(curve.getPublicKey(null, 'compressed')));
    expect((await keyFromPhrase(zeros)).address).toBe(await printAddress(expected.address));
  });

  it('with a fault is told what is wrong with it', async () => {
    expect(await checkPhrase('abandon about')).toEqual({ kind: 'length', words: 2 });
    expect(await checkPhrase(zeros.replace('about', 'abot'))).toEqual({ kind: 'unknown-words', places: [11] });
    expect(await checkPhrase(zeros.replace('about', 'abandon'))).toEqual({ kind: 'checksum' });
    await expect(keyFromPhrase('abandon about')).rejects.toThrow('check it first');
  });

  it('is helped along by the words that start like what is typed', async () => {
    expect(await wordsStarting('Zo')).toEqual(['zone', 'zoo']);
  });
});
