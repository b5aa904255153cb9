import { describe, expect, it } from 'vitest';
import { type Order, type PriceRow } from '../../src/app/kit/types.ts';
import { chosenAfter, openRows } from '../../src/app/market/chosenHour.ts';
import { extremesOf } from '../../src/app/market/extremes.ts';
import { pointsOf } from '../../src/app/market/priceLine.ts';
import { amountOf, freeLabel, mostOf } from '../../src/app/market/orderTerms.ts';

const delivery = '2026-11-21T13:00:00Z';
const order = (label: number, state: Order['state'], of = delivery): Order => ({ delivery: of, label, side: 'buy', quantityWh: 500, price: 180_000, locked: 0, placedAt: delivery, state, filledWh: 0, transaction: null });
const row = (hour: number, price: number | null, middle: number | null): PriceRow => ({ start: `2026-11-21T${hour}:00:00Z`, end: `2026-11-21T${hour + 1}:00:00Z`, price, retail: 221_000, feedIn: 52_000, tradedWh: 0, phase: 'open', forecast: middle === null ? null : { low: middle - 1000, middle, high: middle + 1000 } });

describe('A new order', () => {
  it('costs at most its limit and the grid fee, to the millionth', () => {
    expect(mostOf({ side: 'buy', quantityWh: 1_333, price: 180_001 }, { localGridFee: 20_000 })).toBe(239_941 + 26_660);
    expect(mostOf({ side: 'sell', quantityWh: 1_333, price: 180_001 }, { localGridFee: 20_000 })).toBe(0);
  });

  it('is reckoned exactly where a number of the browser would round', () => {
    expect(amountOf(9_007_199_254, 1_000_001)).toBe(9_007_208_261_199);
  });

  it('takes the first number that no open order of its period has', () => {
    expect(freeLabel([], delivery)).toBe(1);
    expect(freeLabel([order(1, 'open'), order(2, 'withdrawn'), order(1, 'open', '2026-11-21T14:00:00Z')], delivery)).toBe(2);
    expect(freeLabel(Array.from({ length: 16 }, (_, place) => order(place + 1, 'open')), delivery)).toBeUndefined();
  });
});

describe('The hours ahead', () => {
  it('are cheapest and dearest by what is known or else expected', () => {
    const found = extremesOf([row(10, 10, null), row(12, 90_000, null), row(13, null, 60_000), row(14, null, 200_000), row(15, null, null)], Date.parse('2026-11-21T11:30:00Z'));
    expect([found?.cheapest.start, found?.dearest.start]).toEqual(['2026-11-21T13:00:00Z', '2026-11-21T14:00:00Z']);
    expect(extremesOf([row(10, 10, null)], Date.parse('2026-11-21T11:30:00Z'))).toBeUndefined();
  });
});

describe('A line of prices', () => {
  it('breaks where nothing is expected, and each value holds to its end', () => {
    const hours = [5, 6, null, undefined, 7].map((value, hour) => ({ at: hour, over: hour + 1, value }));
    expect(pointsOf(hours)).toEqual([[0, 5], [1, 6], [2, 6], [2, null], [4, 7], [5, 7]]);
  });

  it('breaks where hours are missing, and has no points of none', () => {
    expect(pointsOf([{ at: 0, over: 1, value: 5 }, { at: 3, over: 4, value: 5 }])).toEqual([[0, 5], [1, 5], [1, null], [3, 5], [4, 5]]);
    expect(pointsOf([{ at: 0, over: 1, value: null }])).toEqual([]);
  });
});

describe('The hour of an order form', () => {
  const rows = [row(16, null, null), row(14, null, null), row(15, null, null)];
  const at = (clock: string) => Date.parse(`2026-11-21T${clock}:00Z`);
  const after = (before: Parameters<typeof chosenAfter>[0], clock: string, isTouched: boolean) => chosenAfter(before, rows, openRows(rows, 300_000, at(clock)), isTouched);

  it('is the first one that takes orders', () => {
    expect(after({ start: undefined }, '13:30', false).start).toBe('2026-11-21T14:00:00Z');
    expect(after({ start: undefined }, '13:55', false).start).toBe('2026-11-21T15:00:00Z');
  });

  it('stays what was chosen for as long as it takes orders', () => {
    const chosen = { start: '2026-11-21T16:00:00Z' };
    expect(after(chosen, '13:30', true)).toBe(chosen);
    expect(after(chosen, '15:54', true)).toBe(chosen);
    expect(chosenAfter(chosen, [], [], true)).toBe(chosen);
  });

  it('moves on when it closes, and says so to whoever has begun', () => {
    const begun = after({ start: '2026-11-21T14:00:00Z' }, '13:56', true);
    expect(begun).toEqual({ start: '2026-11-21T15:00:00Z', closed: { start: '2026-11-21T14:00:00Z', end: '2026-11-21T15:00:00Z' } });
    expect(after({ start: '2026-11-21T14:00:00Z' }, '13:56', false)).toEqual({ start: '2026-11-21T15:00:00Z' });
  });
});
