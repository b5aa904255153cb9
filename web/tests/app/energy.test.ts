import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/app/energy/columns.ts';
import { givenOf, givenTotal, splitOf, totalOf, wholeOf } from '../../src/app/energy/sources.ts';
import { csvOfRows, tableOf } from '../../src/app/energy/table.ts';
import { csvOf } from '../../src/app/kit/csv.ts';
import { kilowattHours } from '../../src/app/kit/format.ts';
import { type EnergyRow } from '../../src/app/kit/types.ts';

const nothing: EnergyRow = {
  start: '2026-10-25T00:00:00Z',
  end: '2026-10-25T01:00:00Z',
  consumptionWh: null,
  pvWh: null,
  batteryChargeWh: null,
  batteryDischargeWh: null,
  importWh: 0,
  exportWh: 0,
  boughtWh: 0,
  soldWh: 0,
  gridImportWh: 0,
  gridExportWh: 0,
  price: null,
  estimated: false,
};

describe('Where a home’s energy came from', () => {
  it('adds up to what was used', () => {
    const noon = { ...nothing, pvWh: 2000, batteryChargeWh: 600, exportWh: 900, consumptionWh: 500 };
    const evening = { ...nothing, batteryDischargeWh: 700, importWh: 300, boughtWh: 200, gridImportWh: 100, consumptionWh: 1000 };
    expect(splitOf(noon)).toEqual({ sun: 500, battery: 0, community: 0, grid: 0 });
    expect(splitOf(evening)).toEqual({ sun: 0, battery: 700, community: 200, grid: 100 });
    expect(wholeOf(totalOf([noon, evening].map(splitOf)))).toBe(1500);
  });

  it('is the meter’s alone where nothing else reports', () => {
    expect(splitOf({ ...nothing, importWh: 800, boughtWh: 500, gridImportWh: 300 })).toEqual({ sun: 0, battery: 0, community: 500, grid: 300 });
  });

  it('is not more from neighbours than came in, where more was bought than used', () => {
    expect(splitOf({ ...nothing, importWh: 200, boughtWh: 500, gridImportWh: 0 })).toEqual({ sun: 0, battery: 0, community: 200, grid: 0 });
  });

  it('does not take for use what a battery sold', () => {
    expect(splitOf({ ...nothing, pvWh: 0, batteryDischargeWh: 900, exportWh: 400, soldWh: 400 })).toEqual({ sun: 0, battery: 500, community: 0, grid: 0 });
  });
});

describe('What a home gave away', () => {
  const later = Date.parse('2026-10-26T00:00:00Z');

  it('is what its meter let out, and not what it promised', () => {
    const short = { ...nothing, exportWh: 2_000, soldWh: 14_400 };
    expect(givenOf(short, later)).toEqual({ neighbours: 2_000, utility: 0, missing: 12_400 });
    expect(givenOf({ ...nothing, exportWh: 900, soldWh: 600, gridExportWh: 300 }, later)).toEqual({ neighbours: 600, utility: 300, missing: 0 });
  });

  it('adds up to what was let out, also where one period of an hour fell short and another had too much', () => {
    // 500 Wh sold and nothing let out, then nothing sold and 400 Wh let out.
    const hour = { ...nothing, exportWh: 400, soldWh: 500, gridExportWh: 400 };
    expect(givenTotal([hour, { ...nothing, exportWh: 100, soldWh: 100 }].map((row) => givenOf(row, later)))).toEqual({ neighbours: 100, utility: 400, missing: 500 });
  });

  it('does not call missing what is not due, or what no reading tells of yet', () => {
    expect(givenOf({ ...nothing, exportWh: 100, soldWh: 700 }, Date.parse(nothing.end) - 1).missing).toBe(0);
    expect(givenOf({ ...nothing, soldWh: 700 }, later).missing).toBe(0);
    expect(givenOf({ ...nothing, soldWh: 700, estimated: true }, later).missing).toBe(700);
  });

  it('has its like in what it took: no more from neighbours than was bought, the rest from the grid', () => {
    expect(splitOf({ ...nothing, importWh: 800, boughtWh: 300, gridImportWh: 0 })).toEqual({ sun: 0, battery: 0, community: 300, grid: 500 });
  });
});

describe('The file of a page', () => {
  it('holds what its table shows, digit for digit', () => {
    const later = Date.parse('2026-10-26T00:00:00Z');
    const rows = [
      { ...nothing, importWh: 61, gridImportWh: 16, boughtWh: 45, price: 162_100 },
      { ...nothing, start: '2026-10-25T01:00:00Z', end: '2026-10-25T02:00:00Z', pvWh: 1234, exportWh: 34, soldWh: 30, gridExportWh: 4, estimated: true },
    ];
    const [head, ...lines] = csvOfRows(rows, 'Europe/Lisbon', later).trimEnd().split('\r\n').map((line) => line.split(','));
    expect(head).toContain('community (kWh)');
    tableOf(rows, later).forEach((row, place) => {
      expect(lines[place]!.slice(2, 10)).toEqual([...row.parts, row.sum, row.given.neighbours, row.given.utility, row.given.missing].map((wh) => kilowattHours(wh, 3)));
    });
    expect(lines.map(([start]) => start)).toEqual(['2026-10-25T01:00+01:00', '2026-10-25T01:00+00:00']);
    expect(lines.map((line) => line.slice(10))).toEqual([['0.162100', 'false'], ['', 'true']]);
  });

  it('cannot hold a formula, and quotes what would break it', () => {
    expect(csvOf(['a', 'b'], [['=1+1', -5], ['say "hi", twice', null], ['@x', true]])).toBe('a,b\r\n\'=1+1,-5\r\n"say ""hi"", twice",\r\n\'@x,true\r\n');
  });
});

describe('The columns of a day', () => {
  it('are as many as it has hours, measured or not', () => {
    const day = (date: string) => columnsOf({ kind: 'day', first: date, last: date }, 'hour', 'Europe/Lisbon', []);
    expect([day('2026-03-29'), day('2026-10-25'), day('2026-11-21')].map((columns) => columns.length)).toEqual([23, 25, 24]);
  });

  it('have what was measured at their place, where hours are missing too', () => {
    const rows = [{ ...nothing, start: '2026-11-21T03:00:00Z', end: '2026-11-21T04:00:00Z' }];
    const columns = columnsOf({ kind: 'day', first: '2026-11-21', last: '2026-11-21' }, 'hour', 'Europe/Lisbon', rows);
    expect(columns.flatMap(({ row }, place) => (row === undefined ? [] : [place]))).toEqual([3]);
  });
});
