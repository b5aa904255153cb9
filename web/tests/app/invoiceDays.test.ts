import { describe, expect, it } from 'vitest';
import { type InvoiceLine } from '../../src/app/kit/types.ts';
import { allLines, daysOf, isEnergy, saysNothing } from '../../src/app/wallet/invoiceDays.ts';

const line = (delivery: string, kind: string, amount: number): InvoiceLine => ({ delivery, kind, quantityWh: 100, price: 1, amount, estimated: false, correction: false, counterparty: 'utility', transaction: null, block: 1, eventIndex: 0 });

describe('The days of an invoice', () => {
  it('are the community’s, each with the sum of its kinds', () => {
    const { days, kinds, sum } = daysOf([line('2026-10-02T23:30:00Z', 'trade', 40), line('2026-10-02T22:00:00Z', 'trade', -10), line('2026-10-02T22:30:00Z', 'grid-fee', -5), line('2026-10-02T10:00:00Z', 'penalty', 0)], 'Europe/Lisbon');
    expect(days.map(({ day, total }) => [day, total])).toEqual([['2026-10-02', -15], ['2026-10-03', 40]]);
    expect(kinds).toEqual(['trade', 'grid-fee']);
    expect([sum.total, sum.amounts.get('trade')]).toEqual([25, 30]);
  });

  it('count a correction once, also where it stands among the lines', () => {
    const [a, b] = [line('2026-10-02T10:00:00Z', 'trade', 1), line('2026-10-02T11:00:00Z', 'trade', 2)];
    expect(allLines({ lines: [a], corrections: [{ ...a }, b] })).toEqual([a, b]);
  });

  it('leave out fees and penalties that came to nothing, not energy that was free', () => {
    expect([saysNothing(line('2026-10-02T10:00:00Z', 'penalty', 0)), saysNothing(line('2026-10-02T10:00:00Z', 'penalty', -1)), saysNothing(line('2026-10-02T10:00:00Z', 'trade', 0))]).toEqual([true, false, false]);
  });

  it('count the energy of a trade, and not once more that of its fee or of what was not delivered', () => {
    expect(['trade', 'utility-import', 'grid-fee', 'penalty'].map(isEnergy)).toEqual([true, true, false, false]);
  });
});
