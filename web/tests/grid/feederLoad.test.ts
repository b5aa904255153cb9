import { describe, expect, it } from 'vitest';
import { extremesOf, peakOf } from '../../src/app/grid/feederLoad.ts';

const period = (start: string, netW: number | null, limitW: number | null = null) => ({ start, netW, limitW, importWh: null, exportWh: null, curtailed: null });

describe('The load of a feeder', () => {
  it('is highest in whichever direction it flows', () => {
    expect(peakOf([period('a', 4000), period('b', -9000, 12_000), period('c', null)])).toEqual({ start: 'b', netW: -9000, ofLimit: 0.75 });
    expect(peakOf([period('a', 4000)])).toMatchObject({ ofLimit: null });
    expect(peakOf([period('a', null)])).toBeUndefined();
  });

  it('is never mixed up between taking and giving', () => {
    expect(extremesOf([period('a', 4000), period('b', -9000)])).toEqual({ takenW: 4000, givenW: 9000 });
    expect(extremesOf([period('a', 4000)])).toEqual({ takenW: 4000, givenW: undefined });
    expect(extremesOf([])).toEqual({ takenW: undefined, givenW: undefined });
  });
});
