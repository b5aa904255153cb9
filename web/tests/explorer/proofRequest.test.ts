import { describe, expect, it } from 'vitest';
import { parseAddress, printAddress } from '../../src/ledger/address.ts';
import { concat, toHex, utf8 } from '../../src/ledger/bytes.ts';
import { checkProof, type ProofClaim } from '../../src/ledger/proof.ts';
import { isOf } from '../../src/app/explorer/proofRequest.ts';
import { example, exampleTrust } from '../support/specification.ts';

const claimOf = async (name: string): Promise<ProofClaim> => {
  const outcome = await checkProof(example(name), await exampleTrust());
  if (!outcome.holds) {
    throw new Error(outcome.why);
  }
  return outcome.value;
};

describe('A right proof', () => {
  it('of another transaction than was asked is none of it', async () => {
    const claim = await claimOf('proof-of-transaction');
    const id = claim.kind === 'transaction' ? toHex(claim.id) : '';
    expect(await isOf({ of: 'transaction', id }, claim)).toBe(true);
    expect(await isOf({ of: 'transaction', id: id.toUpperCase() }, claim)).toBe(true);
    expect(await isOf({ of: 'transaction', id: '0'.repeat(64) }, claim)).toBe(false);
    expect(await isOf({ of: 'event', height: String(claim.block.height), index: '0' }, claim)).toBe(false);
  });

  it('of another block than was asked is none of its event', async () => {
    const claim = await claimOf('proof-of-receipt');
    expect(await isOf({ of: 'event', height: String(claim.block.height), index: '0' }, claim)).toBe(true);
    expect(await isOf({ of: 'event', height: String(claim.block.height + 1n), index: '0' }, claim)).toBe(false);
  });

  it('of another entry than was asked is none of the account', async () => {
    const absence = await claimOf('proof-of-absence');
    const holder = new Uint8Array(20).fill(7);
    const address = await printAddress(holder);
    expect(await isOf({ of: 'account', address }, absence)).toBe(false);
    const ofAccount = { ...absence, key: concat(utf8('wallet.accounts\0'), await parseAddress(address)) } as ProofClaim;
    expect(await isOf({ of: 'account', address }, ofAccount)).toBe(true);
    expect(await isOf({ of: 'account', address: await printAddress(new Uint8Array(20).fill(8)) }, ofAccount)).toBe(false);
  });
});
