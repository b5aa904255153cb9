import { describe, expect, it } from 'vitest';
import { concat, equal, fromHex, toHex } from '../src/ledger/bytes.ts';
import { Block, Call, Certificate, Genesis, Transaction, TransactionBody } from '../src/ledger/messages.ts';
import { Refused } from '../src/ledger/outcome.ts';
import { proofMark } from '../src/ledger/proof.ts';
import { MapBranch, Proof } from '../src/ledger/proofMessages.ts';
import { Draws } from './support/draws.ts';
import { example } from './support/specification.ts';

const validator = `0a21${toHex(example('public-key'))}`;

describe('A message has one encoding', () => {
  it.each<[string, { decode(bytes: Uint8Array): unknown }, string, string]>([
    ['fields out of order', Call, '12016d0a0163', 'wrong place'],
    ['a field twice', Call, '0a01630a0164', 'twice'],
    ['an empty text written out', Call, '0a00', 'default'],
    ['a zero written out', MapBranch, `0800`, 'default'],
    ['a false written out', Genesis, '2800', 'default'],
    ['an unknown field', Call, '2201aa', 'unknown field, 4'],
    ['field number 0', Call, '0201aa', 'unknown field, 0'],
    ['a length in more bytes than it needs', Call, '0a810063', 'more bytes than it needs'],
    ['a number in more bytes than it needs', Genesis, '10ffff00', 'more bytes than it needs'],
    ['a tag in more bytes than it needs', Call, '8a000163', 'more bytes than it needs'],
    ['a number of more than 64 bits', Genesis, '10ffffffffffffffffff02', 'more than 64 bits'],
    ['a number of more than ten bytes', Genesis, '10ffffffffffffffffffff01', 'more than 64 bits'],
    ['a uint32 of more than 32 bits', MapBranch, '088080808010', 'greater than 4294967295'],
    ['a true that is not 1', Genesis, '2802', 'greater than 1'],
    ['bytes where a number belongs', Genesis, '120101', 'number belongs'],
    ['a number where bytes belong', Call, '0801', 'bytes belong'],
    ['a group', Call, '0b0c', 'does not use'],
    ['a fixed number', Call, '0d01020304', 'does not use'],
    ['text that is not UTF-8', Call, '0a02c328', 'UTF-8'],
    ['half a surrogate pair in UTF-8', Call, '0a03eda080', 'UTF-8'],
    ['an end in a length', Call, '0a', 'ends in the middle'],
    ['an end in bytes', Call, '0a0263', 'ends in the middle'],
    ['an end in a number', Genesis, '10ff', 'ends in the middle'],
    ['something wrong inside', Genesis, `1a25${validator}1000`, 'default'],
    ['bytes of another size', Transaction, '120103', 'instead of 33'],
    ['a missing part', MapBranch, '0801', 'lacks its field 2'],
    ['a missing message', Proof, '0a00', 'lacks its field 1'],
    ['another order of repeated and single', Genesis, `1a23${validator}10011a23${validator}`, 'wrong place'],
  ])('%s is refused', (_, message, hex, why) => {
    expect(() => message.decode(fromHex(hex))).toThrow(why);
    expect(() => message.decode(fromHex(hex))).toThrow(Refused);
  });

  it('and what is at the edge of that is taken', () => {
    expect(Genesis.decode(fromHex('10ffffffffffffffffff01')).timeMs).toBe(2n ** 64n - 1n);
    expect(Call.decode(fromHex('0a04efbbbf63')).contract).toBe('\ufeffc');
    expect(Call.encode({ contract: '\ufeffc', method: '', arguments: new Uint8Array() })).toEqual(fromHex('0a04efbbbf63'));
    expect(Genesis.decode(new Uint8Array())).toMatchObject({ name: '', rules: 0, withoutSignatures: false, calls: [] });
    expect(Genesis.decode(fromHex('32003200')).calls).toHaveLength(2);
    expect(Certificate.decode(new Uint8Array()).signatures).toEqual([]);
  });

  it('whatever is changed in it is refused or encodes to the same again', () => {
    const draws = new Draws(5);
    const messages = [
      [Genesis, example('genesis')],
      [TransactionBody, example('transaction-body')],
      [Proof, example('proof-of-transaction').subarray(proofMark.length)],
      [Proof, example('proof-of-absence').subarray(proofMark.length)],
      [Block, Block.encode({ header: example('header'), content: example('genesis'), certificate: new Uint8Array() })],
    ] as const;
    let taken = 0;
    for (let i = 0; i < 5000; i++) {
      const [message, bytes] = draws.one(messages);
      const changed = draws.below(2) === 0 ? draws.changed(bytes) : draws.changed(draws.changed(bytes));
      try {
        const again = message.encode(message.decode(changed) as never);
        taken++;
        expect(toHex(again)).toBe(toHex(changed));
      } catch (error) {
        expect(error).toBeInstanceOf(Refused);
      }
    }
    expect(taken).toBeGreaterThan(100);
  });

  it('is kept when messages are put together', () => {
    const call = { contract: 'wallet', method: 'pay', arguments: concat(Uint8Array.of(8, 1)) };
    const values = { ledgerId: example('ledger-id'), sender: example('address-bytes'), nonce: 0n, expiresAtMs: 0n, calls: [call, call] };
    expect(TransactionBody.decode(TransactionBody.encode(values))).toEqual(values);
    expect(equal(TransactionBody.encode(values), TransactionBody.encode({ ...values, nonce: 1n }))).toBe(false);
  });
});
