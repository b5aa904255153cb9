import { addMonths, type Day, dayAt, firstOfMonth, startOfDay } from '../kit/calendar.ts';

/** The moments at which the next months begin in a time zone: where invoices of whole months end. */
export function invoiceEnds(nowMs: number, zone: string, count: number): readonly number[] {
  const thisMonth: Day = firstOfMonth(dayAt(nowMs, zone));
  return Array.from({ length: count }, (_, place) => startOfDay(addMonths(thisMonth, place + 1), zone));
}
