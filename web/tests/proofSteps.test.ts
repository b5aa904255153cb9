import { describe, expect, it } from 'vitest';
import { equal } from '../src/ledger/bytes.ts';
import { explainProof } from '../src/ledger/proofSteps.ts';
import { Signers } from './support/madeUpLedger.ts';
import { example, exampleTrust } from './support/specification.ts';

describe('The steps of a proof', () => {
  it('of a transaction lead from its bytes and its receipt to the header, and to who signed that', async () => {
    const { verdict, steps } = await explainProof(example('proof-of-transaction'), await exampleTrust());
    expect(verdict.holds).toBe(true);
    expect(steps).toMatchObject({ isOfTrustedLedger: true, hasTrustedValidators: true, signedPower: 1n, totalPower: 1n });
    expect(steps!.ways.map((way) => way.of)).toEqual(['transaction', 'receipt']);
    for (const way of steps!.ways) {
      expect(way.holds).toBe(true);
      expect(equal(way.steps!.at(-1)?.hash ?? way.leaf, way.rootInHeader)).toBe(true);
    }
    expect(steps!.signatures.map(({ holds }) => holds)).toEqual([true]);
  });

  it('of what is absent lead from another entry to the header', async () => {
    const { verdict, steps } = await explainProof(example('proof-of-absence'), await exampleTrust());
    expect(verdict.holds).toBe(true);
    expect(steps!.ways).toMatchObject([{ of: 'entry', holds: true }]);
  });

  it('show at which one a changed proof breaks', async () => {
    const proof = example('proof-of-transaction');
    const trusted = await exampleTrust();
    let broken = 0;
    for (let at = 0; at < proof.length; at++) {
      const { verdict, steps } = await explainProof(proof.with(at, proof[at]! ^ 1), trusted);
      expect(verdict.holds).toBe(false);
      broken += steps !== undefined && steps.ways.some(({ holds }) => !holds) ? 1 : 0;
    }
    expect(broken).toBeGreaterThan(50);
  });

  it('say that the signers are none that the reader trusts', async () => {
    const { set } = await Signers.of({ mallory: 1 });
    const { verdict, steps } = await explainProof(example('proof-of-transaction'), { ...(await exampleTrust()), validators: set });
    expect(verdict.holds).toBe(false);
    expect(steps).toMatchObject({ hasTrustedValidators: false, signedPower: 0n, signatures: [{ power: undefined, holds: false }] });
  });

  it('are missing where the bytes are no proof', async () => {
    expect((await explainProof(new Uint8Array(30), await exampleTrust())).steps).toBeUndefined();
  });
});
