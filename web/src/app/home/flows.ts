import { type Source } from '../kit/sources.ts';
import { type Home, type LivePower } from '../kit/types.ts';

/** A flow between the house and something round it, in W; above zero it flows to the house. */
export interface Flow {
  readonly source: Source;
  readonly watts: number;
}

/** What flows just now. What comes over the meter is the neighbours' as far as this period's trades say so. */
export function flowsOf(power: LivePower, period: Home['period']): readonly Flow[] {
  const flows: Flow[] = [];
  if (power.pvW !== null) {
    flows.push({ source: 'sun', watts: power.pvW });
  }
  if (power.batteryW !== null) {
    flows.push({ source: 'battery', watts: -power.batteryW });
  }
  if (power.evW !== null) {
    flows.push({ source: 'ev', watts: -power.evW });
  }
  const net = power.importW - power.exportW;
  const traded = Math.min(Math.abs(net), tradedWatts(period, net));
  const sign = Math.sign(net);
  return [...flows, { source: 'community', watts: sign * traded }, { source: 'grid', watts: sign * (Math.abs(net) - traded) }];
}

/** What the house itself takes: measured, or what is left of all the flows. */
export function loadOf(power: LivePower): number {
  const left = power.importW - power.exportW + (power.pvW ?? 0) - (power.batteryW ?? 0) - (power.evW ?? 0);
  return Math.max(0, power.loadW ?? left);
}

function tradedWatts(period: Home['period'], net: number): number {
  if (period === null) {
    return 0;
  }
  const hours = (Date.parse(period.end) - Date.parse(period.start)) / 3_600_000;
  return Math.round((net > 0 ? period.boughtWh : period.soldWh) / hours);
}
