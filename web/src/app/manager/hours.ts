import { addDays, dayAt, startOfDay, withOffset } from '../kit/calendar.ts';

const hourMs = 3_600_000;

/** The next full hours that are at least so far ahead, as instants. */
export function hoursAhead(nowMs: number, leadMs: number, count: number): readonly number[] {
  const first = Math.ceil((nowMs + leadMs) / hourMs) * hourMs;
  return Array.from({ length: count }, (_, place) => first + place * hourMs);
}

/** The value of a `datetime-local` field for an instant in a time zone. */
export function fieldOf(ms: number, zone: string): string {
  return withOffset(ms, zone).slice(0, 16);
}

/** The full hour that such a field means in a time zone; undefined where it means none, as in the hour that a spring night lacks. */
export function hourOf(field: string, zone: string): number | undefined {
  const [day, clock] = field.split('T');
  if (day === undefined || clock === undefined || !/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:00/.test(clock)) {
    return undefined;
  }
  const [from, to] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
  for (let at = from; at < to; at += hourMs) {
    if (dayAt(at, zone) === day && fieldOf(at, zone).endsWith(clock.slice(0, 5))) {
      return at;
    }
  }
  return undefined;
}
