import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex, unsigned, utf8 } from '../src/ledger/bytes.ts';
import { decompress } from '../src/ledger/curve.ts';
import { Draws } from './support/draws.ts';
import { SeedKey, withOtherS } from './support/seedKey.ts';

const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;

describe('Points on P-256', () => {
  it('the generator has the y of SP 800-186', () => {
    const x = '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296';
    const y = '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';
    expect(toHex(decompress(fromHex(`03${x}`)))).toBe(`04${x}${y}`);
    expect(toHex(decompress(fromHex(`02${x}`)))).toBe(`04${x}${(prime - BigInt(`0x${y}`)).toString(16).padStart(64, '0')}`);
  });

  it('are found from their compressed form', async () => {
    for (let i = 0; i < 50; i++) {
      const key = await SeedKey.of(`point ${i}`);
      expect(decompress(key.publicKey.bytes)).toEqual(key.uncompressed);
    }
  });

  it('are refused in any other form', async () => {
    const { publicKey, uncompressed } = await SeedKey.of('alice');
    for (const form of [uncompressed, publicKey.bytes.subarray(1), concat(publicKey.bytes, Uint8Array.of(0)), new Uint8Array(33), new Uint8Array()]) {
      expect(() => decompress(form)).toThrow('33 bytes');
    }
    for (const first of [0, 1, 4, 5, 6, 7]) {
      expect(() => decompress(concat(Uint8Array.of(first), publicKey.bytes.subarray(1)))).toThrow('start with 02 or 03');
    }
    // x = 5 is on the curve, so that only the range of x speaks against its other name.
    expect(decompress(concat(Uint8Array.of(2), unsigned(5n, 32)))).toHaveLength(65);
    expect(() => decompress(concat(Uint8Array.of(2), unsigned(5n + prime, 32)))).toThrow('below the field');
  });

  it('are refused where x has no y, which is about half of all', () => {
    const draws = new Draws(1);
    const drawn = Array.from({ length: 200 }, () => concat(Uint8Array.of(2), Uint8Array.of(0), draws.bytes(31)));
    const refused = drawn.filter((point) => {
      try {
        decompress(point);
        return false;
      } catch (error) {
        expect(String(error)).toContain('not a point on the curve');
        return true;
      }
    });
    expect(refused.length).toBeGreaterThan(60);
    expect(refused.length).toBeLessThan(140);
  });
});

describe('Signatures', () => {
  it('are taken with the smaller s alone', async () => {
    const key = await SeedKey.of('alice');
    const message = utf8('what is signed');
    const signature = await key.sign(message);
    expect(await key.publicKey.verifies(message, signature)).toBe(true);
    expect(await key.publicKey.verifies(message, withOtherS(signature))).toBe(false);
  });

  it('are of the message, the key and 64 bytes', async () => {
    const [alice, bob] = [await SeedKey.of('alice'), await SeedKey.of('bob')];
    const message = utf8('what is signed');
    const signature = await alice.sign(message);
    const draws = new Draws(2);
    expect(await bob.publicKey.verifies(message, signature)).toBe(false);
    for (let i = 0; i < 100; i++) {
      expect(await alice.publicKey.verifies(message, draws.changed(signature))).toBe(false);
      expect(await alice.publicKey.verifies(draws.changed(message), signature)).toBe(false);
    }
    expect(await alice.publicKey.verifies(message, new Uint8Array(64))).toBe(false);
  });
});
