import { addDays, addMonths, type Day, dayAt, firstOfMonth, firstOfWeek, isDay, startOfDay } from './calendar.ts';

export type RangeKind = 'day' | 'week' | 'month' | 'free';

/** A stretch of whole days, as the address of a page keeps it. */
export interface Range {
  readonly kind: RangeKind;
  /** The first day. */
  readonly first: Day;
  /** The last day, which belongs to it. */
  readonly last: Day;
}

export type Resolution = 'period' | 'hour' | 'day' | 'month';

const longestFree = 731;

/** The range that contains a day. */
export function rangeAround(kind: RangeKind, day: Day): Range {
  switch (kind) {
    case 'week':
      return { kind, first: firstOfWeek(day), last: addDays(firstOfWeek(day), 6) };
    case 'month':
      return { kind, first: firstOfMonth(day), last: addDays(addMonths(firstOfMonth(day), 1), -1) };
    default:
      return { kind, first: day, last: day };
  }
}

/** The range that an address names; what is missing or wrong in it becomes today's day. */
export function rangeFromQuery(query: URLSearchParams, today: Day, usual: RangeKind = 'day'): Range {
  const kind = (['day', 'week', 'month', 'free'] as const).find((one) => one === query.get('range')) ?? usual;
  if (kind === 'free') {
    const [from, to] = [query.get('from'), query.get('to')];
    return isDay(from) && isDay(to) && from <= to && to <= addDays(from, longestFree) ? { kind, first: from, last: to } : { kind, first: addDays(today, -6), last: today };
  }
  const date = query.get('date');
  return rangeAround(kind, isDay(date) ? date : today);
}

/** What an address keeps of a range. */
export function queryOfRange(range: Range): Record<string, string> {
  return range.kind === 'free' ? { range: 'free', from: range.first, to: range.last } : { range: range.kind, date: range.first };
}

/** The range before (-1) or after (1), as long as this one. */
export function moved(range: Range, steps: -1 | 1): Range {
  if (range.kind === 'month') {
    return rangeAround('month', addMonths(range.first, steps));
  }
  const days = steps * lengthInDays(range);
  return { kind: range.kind, first: addDays(range.first, days), last: addDays(range.last, days) };
}

export function lengthInDays({ first, last }: Range): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
}

/** From when to when it is, half-open, as the API wants it. */
export function boundsOf(range: Range, zone: string): { readonly from: string; readonly to: string } {
  return { from: isoOf(startOfDay(range.first, zone)), to: isoOf(startOfDay(addDays(range.last, 1), zone)) };
}

/** How finely a range is drawn: so that there are some dozens of columns. */
export function resolutionOf(range: Range): Resolution {
  const days = lengthInDays(range);
  return days <= 3 ? 'hour' : days <= 92 ? 'day' : 'month';
}

export const contains = (range: Range, day: Day): boolean => range.first <= day && day <= range.last;

/** Today, in a zone. */
export const todayOf = (nowMs: number, zone: string): Day => dayAt(nowMs, zone);

export const isoOf = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
