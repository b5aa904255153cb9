import { describe, expect, it } from 'vitest';
import { flowsOf, loadOf } from '../../src/app/home/flows.ts';
import { sentenceOf } from '../../src/app/home/sentence.ts';
import { freshnessOf } from '../../src/app/kit/freshness.ts';
import { type LivePower } from '../../src/app/kit/types.ts';

const at = '2026-11-21T13:00:00Z';
const after = (seconds: number) => Date.parse(at) + 1000 * seconds;
const still: LivePower = { importW: 0, exportW: 0, pvW: null, batteryW: null, evW: null, loadW: null, at, ageSeconds: 0 };
const period = { start: at, end: '2026-11-21T13:15:00Z', boughtWh: 0, soldWh: 0, counterparties: 2 };

describe('A live number', () => {
  it('ages whether anything arrives or not, and is stale after twice its interval', () => {
    expect(freshnessOf(at, after(12), 10)).toEqual({ ageSeconds: 12, isStale: false });
    expect(freshnessOf(at, after(21), 10)).toEqual({ ageSeconds: 21, isStale: true });
    expect(freshnessOf(at, after(1500), undefined).isStale).toBe(false);
    expect(freshnessOf(at, after(1801), undefined).isStale).toBe(true);
  });

  it('is not from the future where clocks differ a little', () => {
    expect(freshnessOf(at, after(-3), 10).ageSeconds).toBe(0);
  });
});

describe('The flow of energy', () => {
  it('is the neighbours’ as far as this period’s trades go, and the utility’s beyond', () => {
    const flows = flowsOf({ ...still, exportW: 1600, pvW: 2100, loadW: 500 }, { ...period, soldWh: 250 });
    expect(flows).toEqual([
      { source: 'sun', watts: 2100 },
      { source: 'community', watts: -1000 },
      { source: 'grid', watts: -600 },
    ]);
  });

  it('never trades more than flows, nor in the other direction', () => {
    expect(flowsOf({ ...still, importW: 400 }, { ...period, boughtWh: 500 })).toEqual([
      { source: 'community', watts: 400 },
      { source: 'grid', watts: 0 },
    ]);
    expect(flowsOf({ ...still, importW: 400 }, { ...period, soldWh: 500 }).find(({ source }) => source === 'grid')).toEqual({ source: 'grid', watts: 400 });
  });

  it('leaves to the house what is left of all of it', () => {
    expect(loadOf({ ...still, importW: 300, pvW: 1000, batteryW: 600, evW: 0 })).toBe(700);
    expect(loadOf({ ...still, exportW: 20 })).toBe(0);
  });
});

describe('The reason in one sentence', () => {
  const plain = (text: string) => text.replaceAll('\u202f', ' ');

  it('says what is sold, to how many, at which price, and what goes to the utility besides', () => {
    expect(plain(sentenceOf({ code: 'selling', values: { powerW: 800, gridW: 0, neighbours: 2, price: 140_000 } }))).toBe('You are selling 800 W to 2 neighbours at 14.0 ct/kWh.');
    expect(plain(sentenceOf({ code: 'buying', values: { powerW: 800, gridW: 350, neighbours: 1, price: 140_000 } }))).toBe('You are buying 800 W from one neighbour at 14.0 ct/kWh. Another 350 W comes from the utility.');
  });

  it('has an answer for every other case', () => {
    for (const code of ['self-sufficient', 'importing-grid', 'exporting-grid', 'no-readings', 'market-stopped'] as const) {
      expect(sentenceOf({ code, values: { powerW: 900, price: 221_000 } })).not.toContain('{');
    }
  });
});
