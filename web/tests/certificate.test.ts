import { beforeAll, describe, expect, it } from 'vitest';
import { concat } from '../src/ledger/bytes.ts';
import { requireFinal } from '../src/ledger/certificate.ts';
import { type Header, latestTime, readHeader } from '../src/ledger/header.ts';
import { Certificate } from '../src/ledger/messages.ts';
import { outcomeOf } from '../src/ledger/outcome.ts';
import { ValidatorSet } from '../src/ledger/validatorSet.ts';
import { madeUpLedger, Signers, writeHeader } from './support/madeUpLedger.ts';
import { withOtherS } from './support/seedKey.ts';

let four: Signers;
let header: Header;

beforeAll(async () => {
  four = await Signers.of({ alice: 1, bob: 1, carol: 1, dave: 1 });
  header = (await madeUpLedger(four, 1, new Map()))[0]!.header;
});

const judged = (certificate: Uint8Array, set = four.set) => outcomeOf(() => requireFinal(header, certificate, set));

describe('A certificate', () => {
  it('needs more than two thirds of the power', async () => {
    for (const [places, holds] of [[[], false], [[0, 1], false], [[0, 1, 3], true], [[0, 1, 2, 3], true]] as const) {
      expect((await judged(await four.certify(header, places))).holds, `${places.length} of 4`).toBe(holds);
    }
    // Two thirds are not more than two thirds.
    for (const [powers, names, holds] of [[{ a: 1, b: 1, c: 1 }, ['a', 'b'], false], [{ a: 4, b: 3, c: 3 }, ['a', 'b'], true], [{ a: 5, b: 1 }, ['a'], true], [{ a: 4, b: 2 }, ['a'], false]] as const) {
      const signers = await Signers.of(powers);
      const named = await Promise.all(names.map(async (name) => (await Signers.of({ [name]: 1 })).members[0]!.key.publicKey.address));
      const places = signers.members.flatMap(({ key }, i) => (named.some((address) => address.toString() === key.publicKey.address.toString()) ? [i] : []));
      const made = await readHeader(writeHeader({ ...header, validatorsHash: signers.set.hash }));
      const outcome = await outcomeOf(async () => requireFinal(made, await signers.certify(made, places), signers.set));
      expect(outcome.holds, JSON.stringify(powers)).toBe(holds);
    }
  });

  it('has each signer once, by ascending address', async () => {
    expect(await judged(await four.certify(header, [0, 1, 1, 2]))).toMatchObject({ why: expect.stringContaining('twice') });
    expect(await judged(await four.certify(header, [1, 0, 2, 3]))).toMatchObject({ why: expect.stringContaining('order of addresses') });
  });

  it('has no signature of a stranger, and none that is not valid, even where the others suffice', async () => {
    const five = await Signers.of({ alice: 1, bob: 1, carol: 1, dave: 1, erin: 1 });
    expect(await judged(await five.certify(header))).toMatchObject({ why: expect.stringContaining('none of its validators') });
    const { signatures } = Certificate.decode(await four.certify(header));
    for (const signature of [withOtherS(signatures[3]!.signature), signatures[2]!.signature, new Uint8Array(64)]) {
      const certificate = Certificate.encode({ signatures: signatures.with(3, { ...signatures[3]!, signature }) });
      expect(await judged(certificate)).toMatchObject({ why: expect.stringContaining('is not valid') });
    }
  });

  it('is of the header that it is checked with, and of its validators', async () => {
    const certificate = await four.certify(header);
    const later = await readHeader(writeHeader({ ...header, time: header.time + 1n }));
    expect(await outcomeOf(() => requireFinal(later, certificate, four.set))).toMatchObject({ why: expect.stringContaining('is not valid') });
    const others = await Signers.of({ alice: 1, bob: 1, carol: 1, dave: 2 });
    expect(await judged(certificate, others.set)).toMatchObject({ why: expect.stringContaining('other validators') });
  });
});

describe('A header', () => {
  it('has 280 bytes and a time up to the year 9999', async () => {
    await expect(readHeader(header.bytes.subarray(1))).rejects.toThrow('ends in the middle');
    await expect(readHeader(concat(header.bytes, Uint8Array.of(0)))).rejects.toThrow('1 bytes too many');
    expect((await readHeader(writeHeader({ ...header, time: latestTime }))).time).toBe(latestTime);
    for (const time of [-1n, latestTime + 1n]) {
      await expect(readHeader(writeHeader({ ...header, time }))).rejects.toThrow('between the years 1970 and 9999');
    }
  });
});

describe('A validator set', () => {
  it('comes back from how it is written', async () => {
    const read = await ValidatorSet.read(four.set.bytes);
    expect(read.hash).toEqual(four.set.hash);
    expect(read.totalPower).toBe(4n);
    for (const { key } of four.members) {
      expect(read.find(key.publicKey.address)?.key.bytes).toEqual(key.publicKey.bytes);
    }
    expect(read.find(new Uint8Array(20))).toBeUndefined();
  });

  it('has 1 to 1000 validators, each once, in the order of addresses, with a power of 1 to 2147483647', async () => {
    const one = four.set.bytes.subarray(2, 43);
    const two = four.set.bytes.subarray(43, 84);
    const count = (n: number) => Uint8Array.of(n >> 8, n & 255);
    await expect(ValidatorSet.read(count(0))).rejects.toThrow('must have 1 to 1000');
    await expect(ValidatorSet.read(concat(count(2), one, one))).rejects.toThrow('twice');
    await expect(ValidatorSet.read(concat(count(2), two, one))).rejects.toThrow('order of addresses');
    await expect(ValidatorSet.read(concat(count(2), one, two, Uint8Array.of(0)))).rejects.toThrow('too many');
    await expect(ValidatorSet.read(concat(count(2), one))).rejects.toThrow('ends in the middle');
    await expect(ValidatorSet.read(concat(count(1), one.with(40, 0)))).rejects.toThrow('from 1 to 2147483647');
    await expect(ValidatorSet.read(concat(count(1), one.with(37, 0x80)))).rejects.toThrow('from 1 to 2147483647');
  });
});
