import { withOffset } from '../kit/calendar.ts';
import { type Cell, csvOf } from '../kit/csv.ts';
import { type EnergyRow } from '../kit/types.ts';
import { type Given, givenOf, splitOf, splitSources } from './sources.ts';

/** The numbers of one stretch as the table shows them; energy in Wh. The file has the same, so that both are always equal. */
export interface TableRow {
  readonly start: string;
  readonly end: string;
  readonly parts: readonly number[];
  readonly sum: number;
  readonly given: Given;
  readonly price: number | null;
  readonly isEstimated: boolean;
}

export function tableOf(rows: readonly EnergyRow[], nowMs: number): readonly TableRow[] {
  return rows.map((row) => {
    const split = splitOf(row);
    const parts = splitSources.map((source) => split[source]);
    return { start: row.start, end: row.end, parts, sum: parts.reduce((total, part) => total + part, 0), given: givenOf(row, nowMs), price: row.price, isEstimated: row.estimated };
  });
}

/** What stands in the table, as a file: kWh with three digits, which are whole Wh, and the currency per kWh. */
export function csvOfRows(rows: readonly EnergyRow[], zone: string, nowMs: number): string {
  const header = ['start', 'end', 'sun (kWh)', 'battery (kWh)', 'community (kWh)', 'grid (kWh)', 'sum (kWh)', 'to neighbours (kWh)', 'to the utility (kWh)', 'sold but not delivered (kWh)', 'mean price (per kWh)', 'estimated'];
  return csvOf(
    header,
    tableOf(rows, nowMs).map((row): Cell[] => [
      withOffset(Date.parse(row.start), zone),
      withOffset(Date.parse(row.end), zone),
      ...row.parts.map(thousandths),
      thousandths(row.sum),
      thousandths(row.given.neighbours),
      thousandths(row.given.utility),
      thousandths(row.given.missing),
      row.price === null ? null : (row.price / 1e6).toFixed(6),
      row.isEstimated,
    ]),
  );
}

const thousandths = (wh: number): string => (wh / 1000).toFixed(3);
