import { describe, expect, it } from 'vitest';
import { boundsOf, moved, queryOfRange, rangeAround, rangeFromQuery, resolutionOf } from '../../src/app/kit/range.ts';

const today = '2026-11-21';

describe('A range in the address', () => {
  it('comes back from what it was written as', () => {
    for (const range of [rangeAround('day', today), rangeAround('week', today), rangeAround('month', today), { kind: 'free', first: '2026-03-01', last: '2026-04-02' } as const]) {
      expect(rangeFromQuery(new URLSearchParams(queryOfRange(range)), today)).toEqual(range);
    }
  });

  it('is today where the address says nothing, or nonsense', () => {
    for (const query of ['', 'range=year', 'range=day&date=2026-02-30', 'range=day&date=<script>']) {
      expect(rangeFromQuery(new URLSearchParams(query), today)).toEqual({ kind: 'day', first: today, last: today });
    }
    expect(rangeFromQuery(new URLSearchParams('range=free&from=2026-05-02&to=2026-05-01'), today)).toEqual({ kind: 'free', first: '2026-11-15', last: today });
  });

  it('asks for 23 and 25 hours where the clock is changed', () => {
    expect(boundsOf(rangeAround('day', '2026-03-29'), 'Europe/Lisbon')).toEqual({ from: '2026-03-29T00:00:00Z', to: '2026-03-29T23:00:00Z' });
    expect(boundsOf(rangeAround('day', '2026-10-25'), 'Europe/Lisbon')).toEqual({ from: '2026-10-24T23:00:00Z', to: '2026-10-26T00:00:00Z' });
    expect(boundsOf(rangeAround('month', '2026-10-25'), 'Europe/Berlin')).toEqual({ from: '2026-09-30T22:00:00Z', to: '2026-10-31T23:00:00Z' });
  });

  it('moves by its own length', () => {
    expect(moved(rangeAround('day', today), -1)).toEqual({ kind: 'day', first: '2026-11-20', last: '2026-11-20' });
    expect(moved(rangeAround('week', today), 1)).toEqual({ kind: 'week', first: '2026-11-23', last: '2026-11-29' });
    expect(moved(rangeAround('month', '2026-03-15'), -1)).toEqual({ kind: 'month', first: '2026-02-01', last: '2026-02-28' });
    expect(moved({ kind: 'free', first: '2026-11-01', last: '2026-11-10' }, -1)).toEqual({ kind: 'free', first: '2026-10-22', last: '2026-10-31' });
  });

  it('is drawn in hours, days or months, so that there are some dozens of columns', () => {
    expect(resolutionOf(rangeAround('day', today))).toBe('hour');
    expect(resolutionOf(rangeAround('week', today))).toBe('day');
    expect(resolutionOf(rangeAround('month', today))).toBe('day');
    expect(resolutionOf({ kind: 'free', first: '2025-01-01', last: '2026-01-01' })).toBe('month');
  });
});
