import { describe, expect, it } from 'vitest';
import { type Bytes, bytesField, concat, toHex } from '../../src/ledger/bytes.ts';
import { validatorsKey } from '../../src/ledger/lightClient.ts';
import { Genesis } from '../../src/ledger/messages.ts';
import { checkProof } from '../../src/ledger/proof.ts';
import { ledgerIdOf } from '../../src/ledger/transaction.ts';
import { forgetTrust, keptTrust, trustedAt, trustFile, validatorsFile } from '../../src/app/explorer/trust.ts';
import { madeUpLedger, type MadeUpBlock, Signers, stateProofFile } from '../support/madeUpLedger.ts';

const now = '2024-06-01T12:00:00Z';

class MadeUpPlace {
  readonly entries = new Map<string, string>();
  getItem = (key: string) => this.entries.get(key) ?? null;
  setItem = (key: string, value: string) => void this.entries.set(key, value);
  removeItem = (key: string) => void this.entries.delete(key);
}

/** A ledger whose validators change after block 3, and what its node tells of it. */
async function ledgerOf(name: string): Promise<{ blocks: MadeUpBlock[]; records: { genesis: Bytes; changes: Bytes }; id: Bytes }> {
  const first = await Signers.of({ [`${name} 1`]: 1, [`${name} 2`]: 1, [`${name} 3`]: 1 });
  const second = await Signers.of({ [`${name} 4`]: 5 });
  const validators = first.members.map(({ key, power }) => ({ publicKey: key.publicKey.bytes, power }));
  const genesis = Genesis.encode({ name, timeMs: 1n, validators, rules: 1, withoutSignatures: false, calls: [] });
  const id = await ledgerIdOf(genesis);
  const blocks = await madeUpLedger(first, 8, new Map([[3, second]]), id);
  return { blocks, id, records: { genesis, changes: bytesField(stateProofFile(blocks[3]!, validatorsKey(5n))) } };
}

describe('What a browser trusts', () => {
  it('is at the first use the ledger that the node shows, and the validators of each height of it', async () => {
    const { blocks, records, id } = await ledgerOf('green street');
    const place = new MadeUpPlace();
    for (const height of [2, 4, 5, 7]) {
      const trusted = await trustedAt(place, BigInt(height), async () => records, now);
      expect(trusted.holds && (await checkProof(stateProofFile(blocks[height]!, validatorsKey(0n)), trusted.value)).holds, `height ${height}`).toBe(true);
    }
    expect(keptTrust(place)).toEqual({ source: 'first-use', ledgerId: toHex(id), since: now });
  });

  it('is afterwards that ledger and no other', async () => {
    const [green, red] = [await ledgerOf('green street'), await ledgerOf('red street')];
    const place = new MadeUpPlace();
    await trustedAt(place, 2n, async () => green.records, now);
    expect(await trustedAt(place, 2n, async () => red.records, now)).toEqual({ holds: false, why: 'The node shows another ledger than the one that this browser trusts.' });
    forgetTrust(place);
    expect((await trustedAt(place, 2n, async () => red.records, now)).holds).toBe(true);
  });

  it('does not follow a change that the validators before did not sign', async () => {
    const [green, red] = [await ledgerOf('green street'), await ledgerOf('red street')];
    const records = { genesis: green.records.genesis, changes: red.records.changes };
    expect(await trustedAt(new MadeUpPlace(), 6n, async () => records, now)).toMatchObject({ holds: false });
    const broken = { genesis: green.records.genesis, changes: concat(green.records.changes, Uint8Array.of(0)) };
    expect(await trustedAt(new MadeUpPlace(), 6n, async () => broken, now)).toMatchObject({ holds: false });
  });

  it('can be a file from elsewhere, and then no node is asked', async () => {
    const { blocks, records } = await ledgerOf('green street');
    const shown = await trustedAt(new MadeUpPlace(), 6n, async () => records, now);
    const place = new MadeUpPlace();
    expect(await trustFile(place, 'nothing of the kind', now)).toMatchObject({ holds: false });
    await trustFile(place, validatorsFile((shown as { value: Parameters<typeof validatorsFile>[0] }).value), now);
    const trusted = await trustedAt(place, 7n, () => Promise.reject(new Error('Nobody is to be asked.')), now);
    expect(trusted.holds && (await checkProof(stateProofFile(blocks[7]!, validatorsKey(0n)), trusted.value)).holds).toBe(true);
    expect(keptTrust(place)).toMatchObject({ source: 'file' });
  });
});
