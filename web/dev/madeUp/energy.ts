import { addDays, addMonths, dayAt, firstOfMonth, startOfDay } from '../../src/app/kit/calendar.ts';
import { isoOf, type Resolution } from '../../src/app/kit/range.ts';
import { type EnergyRow } from '../../src/app/kit/types.ts';
import { type Step, stepMs, stepsBetween, zone } from './household.ts';

/** What the house used and made, in steps of the resolution, up to now. */
export function energyRows(from: number, to: number, resolution: Resolution, now: number): readonly EnergyRow[] {
  const rows: EnergyRow[] = [];
  for (let start = from; start < to && start < now; ) {
    const end = Math.min(to, nextOf(start, resolution));
    const steps = stepsBetween(start, Math.min(end, now));
    rows.push(rowOf(start, end, steps));
    start = end;
  }
  return rows;
}

export const wh = (watts: number): number => Math.round((watts * stepMs) / 3_600_000);

/** Import above zero, export below. */
export const netOf = (step: Step): number => step.loadW + step.evW + step.batteryW - step.pvW;

function nextOf(start: number, resolution: Resolution): number {
  const day = dayAt(start, zone);
  switch (resolution) {
    case 'period':
      return start + stepMs;
    case 'hour':
      return start + 3_600_000;
    case 'day':
      return startOfDay(addDays(day, 1), zone);
    case 'month':
      return startOfDay(addMonths(firstOfMonth(day), 1), zone);
  }
}

function rowOf(start: number, end: number, steps: readonly Step[]): EnergyRow {
  const sum = (of: (step: Step) => number) => steps.reduce((total, step) => total + of(step), 0);
  const importWh = sum((step) => wh(Math.max(0, netOf(step))));
  const exportWh = sum((step) => wh(Math.max(0, -netOf(step))));
  const boughtWh = sum((step) => Math.round(wh(Math.max(0, netOf(step))) * step.share));
  const soldWh = sum((step) => Math.round(wh(Math.max(0, -netOf(step))) * step.share));
  return {
    start: isoOf(start),
    end: isoOf(end),
    consumptionWh: sum((step) => wh(step.loadW + step.evW)),
    pvWh: sum((step) => wh(step.pvW)),
    batteryChargeWh: sum((step) => wh(Math.max(0, step.batteryW))),
    batteryDischargeWh: sum((step) => wh(Math.max(0, -step.batteryW))),
    importWh,
    exportWh,
    boughtWh,
    soldWh,
    gridImportWh: importWh - boughtWh,
    gridExportWh: exportWh - soldWh,
    price: steps.length === 0 ? null : Math.round(sum((step) => step.price) / steps.length),
    estimated: start % (86_400_000 * 3) === 0 && steps.length === 4,
  };
}
