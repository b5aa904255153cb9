import { type PriceRow } from '../kit/types.ts';

/** Which delivery an order form is for, and which one closed while it was filled in. */
export interface ChosenHour {
  readonly start: string | undefined;
  /** The delivery that was chosen and takes no orders any more. */
  readonly closed?: { readonly start: string; readonly end: string };
}

/** The deliveries that take orders, the first one first. */
export function openRows(rows: readonly PriceRow[], gateLeadMs: number, nowMs: number): readonly PriceRow[] {
  return rows.filter((row) => row.phase === 'open' && Date.parse(row.start) - gateLeadMs > nowMs).sort((a, b) => a.start.localeCompare(b.start));
}

/**
 * What is chosen after time went on: the same for as long as it takes orders, and then the first one that does.
 *
 * @param isTouched Whether somebody chose it or has begun to type: only then is there something to say.
 */
export function chosenAfter(before: ChosenHour, rows: readonly PriceRow[], open: readonly PriceRow[], isTouched: boolean): ChosenHour {
  // Where no rows are known just now, what was chosen may still be open.
  if (rows.length === 0 || open.some(({ start }) => start === before.start)) {
    return before;
  }
  const gone = rows.find(({ start }) => start === before.start);
  const closed = isTouched && gone !== undefined ? { start: gone.start, end: gone.end } : before.closed;
  return { start: open[0]?.start, ...(closed === undefined ? {} : { closed }) };
}
