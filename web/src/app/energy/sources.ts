import { type Source } from '../kit/sources.ts';
import { type EnergyRow } from '../kit/types.ts';

/** Where a home's energy came from in a stretch of time, in Wh. */
export type Split = Readonly<Record<Exclude<Source, 'ev'>, number>>;

export const splitSources = ['sun', 'battery', 'community', 'grid'] as const;

/**
 * What a home used, by where it came from. The sun's part is what was neither stored nor given away; what came over the meter is the
 * neighbours' as far as it was bought from them, and the utility's beyond that.
 */
export function splitOf(row: EnergyRow): Split {
  return {
    sun: Math.max(0, (row.pvWh ?? 0) - (row.batteryChargeWh ?? 0) - row.exportWh),
    battery: Math.max(0, (row.batteryDischargeWh ?? 0) - Math.max(0, row.exportWh - (row.pvWh ?? 0))),
    community: takenFromNeighbours(row),
    grid: row.importWh - takenFromNeighbours(row),
  };
}

/** What went out over a home's meter, by who took it, in Wh; and what it sold beyond that, which others had to deliver. */
export interface Given {
  readonly neighbours: number;
  readonly utility: number;
  readonly missing: number;
}

/**
 * What a home gave away as its meter counted it: a sale is a promise, and no more reached neighbours than came out of the house.
 *
 * @param nowMs What is sold for a time that is not over, or that no reading tells of yet, can still be delivered.
 */
export function givenOf(row: EnergyRow, nowMs: number): Given {
  // The node reckons what is beyond the trades for each period of a stretch, so that one period's sale does not take another's energy.
  const neighbours = Math.min(row.soldWh, Math.max(0, row.exportWh - row.gridExportWh));
  const isMeasured = Date.parse(row.end) <= nowMs && (row.importWh > 0 || row.exportWh > 0 || row.estimated);
  return { neighbours, utility: row.exportWh - neighbours, missing: isMeasured ? row.soldWh - neighbours : 0 };
}

/** The sum over stretches. */
export function givenTotal(given: readonly Given[]): Given {
  const sum = (of: keyof Given) => given.reduce((total, one) => total + one[of], 0);
  return { neighbours: sum('neighbours'), utility: sum('utility'), missing: sum('missing') };
}

function takenFromNeighbours(row: EnergyRow): number {
  return Math.min(row.boughtWh, Math.max(0, row.importWh - row.gridImportWh));
}

/** The sum over stretches. */
export function totalOf(splits: readonly Split[]): Split {
  const sum = (source: keyof Split) => splits.reduce((total, split) => total + split[source], 0);
  return { sun: sum('sun'), battery: sum('battery'), community: sum('community'), grid: sum('grid') };
}

export const wholeOf = (split: Split): number => split.sun + split.battery + split.community + split.grid;
