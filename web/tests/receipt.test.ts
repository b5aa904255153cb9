import { describe, expect, it } from 'vitest';
import { concat, toHex } from '../src/ledger/bytes.ts';
import { Refused } from '../src/ledger/outcome.ts';
import { origins, readReceipt, type Receipt, wasAdmitted, writeReceipt } from '../src/ledger/receipt.ts';
import { Draws } from './support/draws.ts';
import { example } from './support/specification.ts';

describe('Receipts', () => {
  it('come back from how they are written', () => {
    const draws = new Draws(11);
    for (let i = 0; i < 500; i++) {
      const receipt = drawReceipt(draws);
      expect(readReceipt(writeReceipt(receipt))).toEqual(receipt);
    }
  });

  it('are refused or written the same again, whatever is changed in them', () => {
    const draws = new Draws(12);
    for (let i = 0; i < 2000; i++) {
      const changed = draws.changed(writeReceipt(drawReceipt(draws)));
      try {
        expect(toHex(writeReceipt(readReceipt(changed)))).toBe(toHex(changed));
      } catch (error) {
        expect(error).toBeInstanceOf(Refused);
      }
    }
  });

  it.each([
    ['an unknown origin', (bytes: Uint8Array) => bytes.with(0, 3), 'unknown origin'],
    ['neither done nor refused', (bytes: Uint8Array) => bytes.with(33, 2), 'neither done nor refused'],
    ['an end too early', (bytes: Uint8Array) => bytes.slice(0, -1), 'ends in the middle'],
    ['something behind it', (bytes: Uint8Array) => concat(bytes, Uint8Array.of(0)), '1 bytes too many'],
  ])('with %s are refused', (_, change, why) => {
    expect(() => readReceipt(change(example('receipt-done')))).toThrow(why);
  });

  it('of a refusal need a code and a sentence, neither too long', () => {
    const receipt = readReceipt(example('receipt-refused'));
    for (const [code, sentence] of [['', 'Too late.'], ['expired', ''], ['c'.repeat(65), 'Too late.'], ['expired', 's'.repeat(1001)]] as const) {
      expect(() => readReceipt(writeReceipt({ ...receipt, refusal: { code, sentence } }))).toThrow('a code of 1 to 64 characters and a sentence of 1 to 1000');
    }
    const longest = { code: 'c'.repeat(64), sentence: '𝄞'.repeat(500) };
    expect(readReceipt(writeReceipt({ ...receipt, refusal: longest })).refusal).toEqual(longest);
  });

  it('tell whether the transaction was admitted', () => {
    const receipt = readReceipt(example('receipt-done'));
    const refusedWith = (code: string) => ({ ...receipt, refusal: { code, sentence: 'No.' } });
    expect(wasAdmitted(receipt)).toBe(true);
    for (const code of ['wrong-ledger', 'bad-signature', 'expired', 'expires-too-late', 'unknown-sender', 'nonce-used']) {
      expect(wasAdmitted(refusedWith(code))).toBe(false);
    }
    for (const code of ['no-such-contract', 'no-such-method', 'malformed-arguments', 'too-much-work', 'overflow', 'fault', 'not-enough']) {
      expect(wasAdmitted(refusedWith(code))).toBe(true);
    }
  });
});

function drawReceipt(draws: Draws): Receipt {
  const word = () => draws.one(['wallet.paid', 'é', '𝄞 and more', 'x']);
  return {
    origin: draws.one(origins),
    subject: draws.bytes(32),
    refusal: draws.below(2) === 0 ? undefined : { code: word(), sentence: word() },
    events: Array.from({ length: draws.below(4) }, () => ({ name: word(), data: draws.bytes(draws.below(50)) })),
  };
}
