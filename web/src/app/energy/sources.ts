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
    community: Math.max(0, row.importWh - row.gridImportWh),
    grid: Math.min(row.importWh, row.gridImportWh),
  };
}

/** The sum over stretches. */
export function totalOf(splits: readonly Split[]): Split {
  const sum = (source: keyof Split) => splits.reduce((total, split) => total + split[source], 0);
  return { sun: sum('sun'), battery: sum('battery'), community: sum('community'), grid: sum('grid') };
}

export const wholeOf = (split: Split): number => split.sun + split.battery + split.community + split.grid;
