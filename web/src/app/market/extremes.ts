import { type PriceRow } from '../kit/types.ts';

/** The periods ahead in which energy is cheapest and dearest, as far as can be told. */
export function extremesOf(rows: readonly PriceRow[], nowMs: number): { readonly cheapest: PriceRow; readonly dearest: PriceRow } | undefined {
  const ahead = rows.filter((row) => Date.parse(row.start) > nowMs && priceOf(row) !== null);
  const first = ahead[0];
  if (first === undefined) {
    return undefined;
  }
  const better = (of: (a: number, b: number) => boolean) => ahead.reduce((best, row) => (of(priceOf(row)!, priceOf(best)!) ? row : best), first);
  return { cheapest: better((a, b) => a < b), dearest: better((a, b) => a > b) };
}

/** The price as it is known, or else as it is expected. */
export const priceOf = (row: PriceRow): number | null => row.price ?? row.forecast?.middle ?? null;
