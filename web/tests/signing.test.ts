import { describe, expect, it } from 'vitest';
import { toHex, toUnsigned } from '../src/ledger/bytes.ts';
import { callOf } from '../src/ledger/contracts.ts';
import { halfOrder } from '../src/ledger/curve.ts';
import { signTransaction, signWith, withSmallerS } from '../src/ledger/signing.ts';
import { readTransaction, senderSignature } from '../src/ledger/transaction.ts';
import { example } from './support/specification.ts';
import { SeedKey, withOtherS } from './support/seedKey.ts';

const expiresAtMs = BigInt(Date.parse('2024-06-02T00:00:00Z'));

describe('A signed transaction', () => {
  it('of alice is the one of docs/ledger.md, but for its signature', async () => {
    const alice = await SeedKey.of('alice');
    const calls = [{ contract: 'token', method: 'transfer', arguments: Uint8Array.of(1, 2) }];
    const signed = await signTransaction({ ledgerId: example('ledger-id'), nonce: 1n, expiresAtMs, calls }, alice);
    const { transaction, body } = readTransaction(signed.bytes);
    expect(toHex(transaction.body)).toBe(toHex(example('transaction-body')));
    expect(toHex(signed.id)).toBe(toHex(example('transaction-id')));
    expect(await senderSignature(transaction, body)).toBe('valid');
  });

  it('has the smaller s, whichever the browser made', async () => {
    const alice = await SeedKey.of('alice');
    for (let i = 0; i < 40; i++) {
      const message = Uint8Array.of(i);
      const signature = await signWith(alice.signer, message);
      expect(toUnsigned(signature.subarray(32)) <= halfOrder).toBe(true);
      expect(await alice.publicKey.verifies(message, signature)).toBe(true);
      expect(withSmallerS(withOtherS(signature))).toEqual(signature);
    }
  });

  it('that is too long for a ledger is not made', async () => {
    const alice = await SeedKey.of('alice');
    const call = callOf('registry', 'register-asset', { member: alice.publicKey.address, name: 'x'.repeat(70000), kind: 'pv', powerW: 1n });
    await expect(signTransaction({ ledgerId: example('ledger-id'), nonce: 1n, expiresAtMs, calls: [call] }, alice)).rejects.toThrow('at most 65536 bytes');
    await expect(signTransaction({ ledgerId: example('ledger-id'), nonce: 1n, expiresAtMs, calls: [] }, alice)).rejects.toThrow('1 to 256 calls');
  });
});
