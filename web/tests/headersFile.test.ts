import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, bytesField, concat, u32 } from '../src/ledger/bytes.ts';
import { followFromGenesis, followFromTrust, headersMark } from '../src/ledger/headersFile.ts';
import { validatorsKey } from '../src/ledger/lightClient.ts';
import { Genesis } from '../src/ledger/messages.ts';
import { FollowStep } from '../src/ledger/proofMessages.ts';
import { ledgerIdOf } from '../src/ledger/transaction.ts';
import { madeUpLedger, type MadeUpBlock, Signers, stateProof } from './support/madeUpLedger.ts';

const nothing = new Uint8Array();

let first: Signers;
let second: Signers;
let genesis: Bytes;
let ledgerId: Bytes;

/** Blocks 0 to 9; block 3 makes a change for block 5 on. */
let blocks: MadeUpBlock[];

beforeAll(async () => {
  first = await Signers.of({ alice: 1, bob: 1 });
  second = await Signers.of({ carol: 1 });
  const validators = first.members.map(({ key, power }) => ({ publicKey: key.publicKey.bytes, power }));
  genesis = Genesis.encode({ name: 'made up', timeMs: 0n, validators, rules: 1, withoutSignatures: false, calls: [] });
  ledgerId = await ledgerIdOf(genesis);
  blocks = await madeUpLedger(first, 10, new Map([[3, second]]), ledgerId);
});

function header(height: number, certificate = blocks[height]!.certificate): Bytes {
  return FollowStep.encode({ header: { header: blocks[height]!.header.bytes, certificate }, change: undefined });
}

function change(height: number, from: number): Bytes {
  return FollowStep.encode({ header: undefined, change: stateProof(blocks[height]!, validatorsKey(BigInt(from))) });
}

const fileOf = (start: Bytes, ...steps: readonly Bytes[]) => concat(headersMark, bytesField(start), ...steps.map(bytesField));
const led = (newest: bigint, fault?: string) => ({ holds: true, value: { newest: { height: newest }, fault: fault === undefined ? undefined : expect.stringContaining(fault) } });
const refused = (why: string) => ({ holds: false, why: expect.stringContaining(why) });

describe('A file of headers', () => {
  it("leads from the ledger's id to its newest header", async () => {
    const file = fileOf(genesis, header(1), change(4, 5), header(5), header(9));
    const followed = await followFromGenesis(file, ledgerId);
    expect(followed).toMatchObject(led(9n));
    expect(followed.holds && followed.value.client.validatorsAt(9n)?.hash).toEqual(second.set.hash);
  });

  it('leads no further than the first step that is wrong', async () => {
    for (const [bad, why] of [
      [header(5), 'other validators'],
      [header(2, blocks[3]!.certificate), 'is not valid'],
      [header(1), 'not above what is known'],
      [FollowStep.encode({ header: undefined, change: undefined }), 'is one thing'],
      [Uint8Array.of(26, 0), 'unknown field'],
    ] as const) {
      expect(await followFromGenesis(fileOf(genesis, header(1), bad, change(4, 5), header(9)), ledgerId)).toMatchObject(led(1n, why));
    }
    const notThere = FollowStep.encode({ header: undefined, change: stateProof(blocks[2]!, validatorsKey(4n)) });
    expect(await followFromGenesis(fileOf(genesis, notThere, header(3)), ledgerId)).toMatchObject(led(2n, 'does not show validators'));
  });

  it('that was cut off leads as far as it goes and is not right', async () => {
    const whole = fileOf(genesis, header(1), header(2));
    const firstEnds = fileOf(genesis, header(1)).length;
    for (let left = headersMark.length; left < whole.length; left++) {
      const followed = await followFromGenesis(whole.subarray(0, left), ledgerId);
      if (left < firstEnds) {
        expect(followed.holds).toBe(false);
      } else {
        expect(followed).toMatchObject(led(1n, left === firstEnds ? undefined : 'ends in the middle'));
      }
    }
  });

  it('starts with the genesis of the ledger, or with none where validators are known', async () => {
    const steps = [header(1), header(2)];
    const trusted = { ledgerId, validators: first.set };
    expect(await followFromGenesis(fileOf(nothing, ...steps), ledgerId)).toMatchObject(refused('has no genesis'));
    expect(await followFromTrust(fileOf(nothing, ...steps), trusted)).toMatchObject(led(2n));
    const other = Genesis.encode({ ...Genesis.decode(genesis), name: 'another' });
    expect(await followFromGenesis(fileOf(other, ...steps), ledgerId)).toMatchObject(refused('of another ledger'));
    expect(await followFromTrust(fileOf(other, ...steps), trusted)).toMatchObject(refused('of another ledger'));
  });

  it('may start below what is trusted; what is below is passed over', async () => {
    const trusted = { ledgerId, validators: second.set, height: 5n };
    const wrong = header(2, nothing);
    expect(await followFromTrust(fileOf(genesis, wrong, change(4, 5), header(5), header(9)), trusted)).toMatchObject(led(9n));
    expect(await followFromTrust(fileOf(genesis, header(1)), trusted)).toMatchObject(refused('no header from the height on where the trust starts'));
    expect(await followFromGenesis(fileOf(genesis), ledgerId)).toMatchObject(refused('no header'));
  });

  it('has steps and a genesis of limited size', async () => {
    expect(await followFromGenesis(concat(fileOf(genesis, header(1)), u32(1048577)), ledgerId)).toMatchObject(led(1n, 'at most 1048576'));
    expect(await followFromGenesis(concat(headersMark, u32(67108865)), ledgerId)).toMatchObject(refused('at most 67108864'));
    expect(await followFromGenesis(fileOf(genesis, header(1), nothing), ledgerId)).toMatchObject(led(1n, 'is one thing'));
    expect(await followFromGenesis(nothing, ledgerId)).toMatchObject(refused('This is no file of headers'));
  });
});
