/** How old a live number is, and whether it still says something about now. */
export interface Freshness {
  readonly ageSeconds: number;
  readonly isStale: boolean;
}

/** What a meter that nobody knows yet may take between two readings. */
const usualIntervalSeconds = 900;

/**
 * Ages a number by the community's clock, whether anything arrives or not.
 * @param intervalSeconds How far apart the last two readings were; a number is stale after twice that.
 */
export function freshnessOf(at: string, nowMs: number, intervalSeconds: number | undefined): Freshness {
  const ageSeconds = Math.max(0, (nowMs - Date.parse(at)) / 1000);
  return { ageSeconds, isStale: ageSeconds > 2 * Math.max(intervalSeconds ?? usualIntervalSeconds, 10) };
}
