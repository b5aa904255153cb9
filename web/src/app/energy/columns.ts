import { addDays, startOfDay } from '../kit/calendar.ts';
import { boundsOf, isoOf, lengthInDays, type Range, type Resolution } from '../kit/range.ts';
import { type EnergyRow } from '../kit/types.ts';

/** A place for a column, and what was measured there, if anything was. */
export interface Column {
  readonly start: string;
  readonly row: EnergyRow | undefined;
}

/** A column for each hour or day of a range, also of what is still to come: 23 or 25 hours where the clock is changed. */
export function columnsOf(range: Range, resolution: Resolution, zone: string, rows: readonly EnergyRow[]): readonly Column[] {
  const measured = new Map(rows.map((row) => [Date.parse(row.start), row]));
  return startsOf(range, resolution, zone, rows).map((start) => ({ start: isoOf(start), row: measured.get(start) }));
}

function startsOf(range: Range, resolution: Resolution, zone: string, rows: readonly EnergyRow[]): readonly number[] {
  switch (resolution) {
    case 'hour': {
      const [from, to] = [Date.parse(boundsOf(range, zone).from), Date.parse(boundsOf(range, zone).to)];
      return Array.from({ length: Math.ceil((to - from) / 3_600_000) }, (_, hour) => from + hour * 3_600_000);
    }
    case 'day':
      return Array.from({ length: lengthInDays(range) }, (_, day) => startOfDay(addDays(range.first, day), zone));
    default:
      return rows.map(({ start }) => Date.parse(start));
  }
}
