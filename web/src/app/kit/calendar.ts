// Days of a time zone: of 23, 24 or 25 hours, and beginning at one o'clock where the clock is put forward at midnight.

/** A day of the calendar, such as 2026-11-21. */
export type Day = string;

const dayMs = 86_400_000;
const parts = new Map<string, Intl.DateTimeFormat>();

/** The day that it is in a time zone at an instant. */
export function dayAt(ms: number, zone: string): Day {
  return localText(ms, zone).slice(0, 10);
}

/** The first instant of a day in a time zone, in milliseconds. */
export function startOfDay(day: Day, zone: string): number {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`);
  const starts = [asIfUtc - offsetAt(asIfUtc - dayMs, zone), asIfUtc - offsetAt(asIfUtc + dayMs, zone)];
  return Math.min(...starts.filter((start) => dayAt(start, zone) === day));
}

/** The day so many days later, or before. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The same day so many months later; the month's last where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10);
}

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`;

/** The Monday of the day's week. */
export function firstOfWeek(day: Day): Day {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** Whether it is a day of the calendar: 2026-02-30 is none. */
export function isDay(text: string | null | undefined): text is Day {
  return text !== null && text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}

/** The hours of a day: 24 but where the clock is changed. */
export function hoursOfDay(day: Day, zone: string): number {
  return (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / 3_600_000;
}

/** An instant with the offset of its zone, such as 2026-11-21T13:00+01:00: the two hours of an autumn night differ. */
export function withOffset(ms: number, zone: string): string {
  const minutes = offsetAt(ms, zone) / 60_000;
  const size = Math.abs(minutes);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${localText(ms, zone)}${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

function offsetAt(ms: number, zone: string): number {
  const wholeMinute = Math.floor(ms / 60_000) * 60_000;
  return Date.parse(`${localText(wholeMinute, zone)}Z`) - wholeMinute;
}

// Such as 2026-11-21T13:00.
function localText(ms: number, zone: string): string {
  const made = parts.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  parts.set(zone, made);
  const found = Object.fromEntries(made.formatToParts(new Date(ms)).map(({ type, value }) => [type, value]));
  return `${found['year']!.padStart(4, '0')}-${found['month']}-${found['day']}T${found['hour']}:${found['minute']}`;
}
