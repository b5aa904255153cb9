/** A period of the feeder, as the API has it; null where nothing is settled yet. */
export interface FeederPeriod {
  readonly start: string;
  readonly importWh: number | null;
  readonly exportWh: number | null;
  /** Positive where the community takes, negative where it gives. */
  readonly netW: number | null;
  readonly limitW: number | null;
  readonly curtailed: { readonly limitW: number; readonly beforeWh: number; readonly afterWh: number } | null;
}

/** The busiest period, and how near it came to its limit. */
export interface Peak {
  readonly start: string;
  readonly netW: number;
  /** A share of the limit, 1 where it is met; null without a limit. */
  readonly ofLimit: number | null;
}

/** The period with the highest load in either direction. */
export function peakOf(periods: readonly FeederPeriod[]): Peak | undefined {
  let peak: Peak | undefined;
  for (const { start, netW, limitW } of periods) {
    if (netW !== null && (peak === undefined || Math.abs(netW) > Math.abs(peak.netW))) {
      peak = { start, netW, ofLimit: limitW === null || limitW === 0 ? null : Math.abs(netW) / limitW };
    }
  }
  return peak;
}

/** The highest load in the one direction and in the other, in W; undefined where there was none. */
export function extremesOf(periods: readonly FeederPeriod[]): { readonly takenW: number | undefined; readonly givenW: number | undefined } {
  const loads = periods.flatMap(({ netW }) => (netW === null ? [] : [netW]));
  const [highest, lowest] = [Math.max(...loads), Math.min(...loads)];
  return { takenW: highest > 0 && loads.length > 0 ? highest : undefined, givenW: lowest < 0 && loads.length > 0 ? -lowest : undefined };
}
