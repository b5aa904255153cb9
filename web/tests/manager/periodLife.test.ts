import { describe, expect, it } from 'vitest';
import { stationsOf } from '../../src/app/manager/periodLife.ts';
import { cornersOf, extentOf } from '../../src/app/manager/stepCurve.ts';

const times = { opened: 'a', gate: 'b', cleared: null, deliveryStart: 'd', deliveryEnd: 'e', deadline: 'f', settled: null };

describe('The life of a period', () => {
  it('is at its first station while orders are taken', () => {
    expect(stationsOf('open', times).map(({ state }) => state)).toEqual(['now', 'ahead', 'ahead', 'ahead', 'ahead']);
  });

  it('is on its way to be settled once it is delivered', () => {
    expect(stationsOf('delivering', times).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'now', 'ahead']);
    expect(stationsOf('awaiting-readings', times).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'now']);
  });

  it('is over once it is settled, also where it was corrected later', () => {
    expect(stationsOf('settled', { ...times, settled: 'g' }).at(-1)).toEqual({ name: 'settled', at: 'g', state: 'done' });
    expect(stationsOf('corrected', times).every(({ state }) => state === 'done')).toBe(true);
  });
});

describe('Curves of supply and demand', () => {
  it('have two corners a step, from no energy on', () => {
    const steps = [{ price: 30, wh: 500 }, { price: 20, wh: 800 }];
    expect(cornersOf(steps)).toEqual([[0, 30], [500, 30], [500, 20], [800, 20]]);
    expect(cornersOf([])).toEqual([]);
    expect(extentOf(steps, [{ price: 45, wh: 100 }])).toEqual({ wh: 800, price: 45 });
    expect(extentOf([], [])).toEqual({ wh: 0, price: 0 });
  });
});
