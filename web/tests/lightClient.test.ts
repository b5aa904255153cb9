import { beforeAll, describe, expect, it } from 'vitest';
import { readHeader } from '../src/ledger/header.ts';
import { LightClient, validatorsKey } from '../src/ledger/lightClient.ts';
import { Draws } from './support/draws.ts';
import { madeUpLedger, type MadeUpBlock, Signers, stateProof, writeHeader } from './support/madeUpLedger.ts';

let first: Signers;
let second: Signers;
let third: Signers;

/** Blocks 0 to 11; block 3 makes a change for block 5 on, block 4 one for block 6 on. */
let blocks: MadeUpBlock[];

beforeAll(async () => {
  first = await Signers.of({ alice: 1, bob: 1, carol: 1 });
  second = await Signers.of({ bob: 2, carol: 1, dave: 1 });
  third = await Signers.of({ erin: 1 });
  blocks = await madeUpLedger(first, 12, new Map([[3, second], [4, third]]));
});

const clientFrom = (height: number, signers: Signers) => new LightClient({ ledgerId: blocks[0]!.header.ledgerId, validators: signers.set }, BigInt(height));
const take = (client: LightClient, height: number) => client.takeHeader(blocks[height]!.header.bytes, blocks[height]!.certificate);
const change = (client: LightClient, under: number, from: number) => client.takeChange(stateProof(blocks[under]!, validatorsKey(BigInt(from))));
const refused = (why: string) => ({ holds: false, why: expect.stringContaining(why) });

describe('A light client', () => {
  it('follows every header and every change', async () => {
    const client = clientFrom(0, first);
    for (let height = 0; height < blocks.length; height++) {
      expect(await take(client, height)).toMatchObject({ holds: true });
      if (height === 3 || height === 4) {
        expect(await change(client, height, height + 2)).toMatchObject({ holds: true, value: BigInt(height + 2) });
      }
    }
    expect(client.newest?.height).toBe(11n);
    expect(client.validatorsAt(11n)?.hash).toEqual(third.set.hash);
  });

  it('may leave out headers, but not the changes', async () => {
    const client = clientFrom(0, first);
    expect(await take(client, 4)).toMatchObject({ holds: true });
    expect(await take(client, 10)).toEqual(refused('other validators'));
    // Both changes stand in the state after block 4: one for the next block, one for the one after it.
    expect(await change(client, 4, 5)).toMatchObject({ holds: true });
    expect(await take(client, 10)).toEqual(refused('other validators'));
    expect(await change(client, 4, 6)).toMatchObject({ holds: true });
    expect(client.validatorsAt(4n)?.hash).toEqual(first.set.hash);
    expect(client.validatorsAt(5n)?.hash).toEqual(second.set.hash);
    expect(await take(client, 10)).toMatchObject({ holds: true });
    expect(client.newest?.height).toBe(10n);
    expect(client.validatorsAt(5n)).toBeUndefined();
  });

  it('starts at any height whose validators it knows', async () => {
    const client = clientFrom(7, third);
    expect(await take(client, 6)).toEqual(refused('not above what is known'));
    expect(await take(client, 7)).toMatchObject({ holds: true });
    expect(await take(client, 7)).toEqual(refused('not above what is known'));
    expect(await take(client, 6)).toEqual(refused('not above what is known'));
  });

  it('takes no header that leaves the one below, goes back in time, or is of another ledger', async () => {
    const client = clientFrom(0, first);
    await take(client, 1);
    const two = blocks[2]!.header;
    for (const [fields, why] of [
      [{ parent: blocks[0]!.header.hash }, 'does not follow the one below'],
      [{ time: blocks[1]!.header.time - 1n }, 'earlier time'],
      [{ ledgerId: new Uint8Array(32) }, 'another ledger'],
      [{ validatorsHash: third.set.hash }, 'other validators'],
    ] as const) {
      const header = await readHeader(writeHeader({ ...two, ...fields }));
      expect(await client.takeHeader(header.bytes, await first.certify(header))).toEqual(refused(why));
    }
    expect(await client.takeHeader(two.bytes, blocks[1]!.certificate)).toEqual(refused('is not valid'));
    expect(client.newest?.height).toBe(1n);
    const sameTime = await readHeader(writeHeader({ ...two, time: blocks[1]!.header.time }));
    expect(await client.takeHeader(sameTime.bytes, await first.certify(sameTime))).toMatchObject({ holds: true });
  });

  it('takes no header of validators that have left', async () => {
    const client = clientFrom(0, first);
    await take(client, 3);
    await change(client, 3, 5);
    const forged = await readHeader(writeHeader({ ...blocks[5]!.header, parent: blocks[4]!.header.hash, validatorsHash: first.set.hash }));
    expect(await client.takeHeader(forged.bytes, await first.certify(forged))).toEqual(refused('other validators'));
    expect(await take(client, 5)).toMatchObject({ holds: true });
  });

  it('takes changes under its newest header alone, for the next two heights alone', async () => {
    const client = clientFrom(0, first);
    await take(client, 2);
    // The header of a change is taken with it.
    expect(await change(client, 3, 5)).toMatchObject({ holds: true });
    expect(client.newest?.height).toBe(3n);
    await take(client, 4);
    expect(await change(client, 3, 5)).toEqual(refused('not above what is known'));
    expect(await change(client, 4, 0)).toEqual(refused('from height 5 or 6 on'));
    expect(await client.takeChange(stateProof(blocks[4]!, validatorsKey(7n)))).toEqual(refused('from height 5 or 6 on'));
    const forged = { ...stateProof(blocks[4]!, validatorsKey(6n)), leafValue: first.set.bytes };
    expect(await client.takeChange(forged)).toEqual(refused('does not have the entry'));
    await take(client, 5);
    // No entry of the state says that nothing changes at 7.
    expect(await change(client, 5, 7)).toEqual(refused('from height 6 or 7 on'));
  });

  it('judges what is handed in at once in the order it came', async () => {
    const client = clientFrom(0, first);
    const outcomes = await Promise.all([take(client, 0), take(client, 2), take(client, 1), take(client, 3)]);
    expect(outcomes.map(({ holds }) => holds)).toEqual([true, true, false, true]);
    expect(client.newest?.height).toBe(3n);
  });

  it('follows drawn ledgers over drawn headers', async () => {
    const draws = new Draws(17);
    const sets = [first, second, third, await Signers.of({ alice: 3, dave: 4, erin: 2 })];
    for (let round = 0; round < 12; round++) {
      const changes = new Map(Array.from({ length: 30 }, (_, height) => height).filter(() => draws.below(5) === 0).map((height) => [height, draws.one(sets)] as const));
      const ledger = await madeUpLedger(first, 34, changes);
      const client = new LightClient({ ledgerId: ledger[0]!.header.ledgerId, validators: first.set }, 0n);
      const takeBlock = ({ header, certificate }: MadeUpBlock) => client.takeHeader(header.bytes, certificate);
      for (const block of ledger) {
        const height = Number(block.header.height);
        // For a change made in block n, the header of n or of n + 1 is needed.
        const shown = [changes.has(height) ? height + 2 : 0, changes.has(height - 1) ? height + 1 : 0].filter((from) => from > 0);
        if (shown.length > 0 || draws.below(4) === 0) {
          expect(await takeBlock(block)).toMatchObject({ holds: true });
          for (const from of shown) {
            expect(await client.takeChange(stateProof(block, validatorsKey(BigInt(from))))).toMatchObject({ holds: true });
          }
        }
      }
      expect((await takeBlock(ledger.at(-1)!)).holds || client.newest?.height === 33n).toBe(true);
    }
  });
});
