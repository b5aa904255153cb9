import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayAt, firstOfWeek, hoursOfDay, isDay, startOfDay, withOffset } from '../../src/app/kit/calendar.ts';
import { wallHours } from '../../src/app/charts/axes.ts';

const lisbon = 'Europe/Lisbon';

describe('Days of a time zone', () => {
  it('have 23 hours in spring and 25 in autumn', () => {
    expect(hoursOfDay('2026-03-29', lisbon)).toBe(23);
    expect(hoursOfDay('2026-10-25', lisbon)).toBe(25);
    expect(hoursOfDay('2026-11-21', lisbon)).toBe(24);
    expect(hoursOfDay('2026-03-08', 'America/New_York')).toBe(23);
    expect(hoursOfDay('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
  });

  it('begin at one o’clock where the clock is put forward at midnight', () => {
    const start = startOfDay('2026-03-29', 'Atlantic/Azores');
    expect(withOffset(start, 'Atlantic/Azores')).toBe('2026-03-29T01:00+00:00');
    expect(dayAt(start - 1, 'Atlantic/Azores')).toBe('2026-03-28');
  });

  it('begin at the first of two midnights where the clock is put back over one', () => {
    const start = startOfDay('2026-10-25', 'Atlantic/Azores');
    expect(new Date(start).toISOString()).toBe('2026-10-25T00:00:00.000Z');
  });

  it('follow each other without a gap, in every zone, for years', () => {
    for (const zone of [lisbon, 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Auckland', 'Atlantic/Azores']) {
      for (let day = '2025-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
        const start = startOfDay(day, zone);
        expect(dayAt(start, zone)).toBe(day);
        expect(dayAt(start - 1, zone)).toBe(addDays(day, -1));
      }
    }
  });

  it('tell the two hours of an autumn night apart', () => {
    const first = Date.parse('2026-10-25T00:30:00Z');
    expect(withOffset(first, lisbon)).toBe('2026-10-25T01:30+01:00');
    expect(withOffset(first + 3_600_000, lisbon)).toBe('2026-10-25T01:30+00:00');
  });

  it('name the hours of the clock on the wall below a chart', () => {
    const named = (day: string) => wallHours(startOfDay(day, lisbon), startOfDay(addDays(day, 1), lisbon), lisbon, 6).map((at) => withOffset(at, lisbon).slice(11, 16));
    expect(named('2026-03-29')).toEqual(['00:00', '06:00', '12:00', '18:00', '00:00']);
    expect(named('2026-10-25')).toEqual(['00:00', '06:00', '12:00', '18:00', '00:00']);
  });

  it('are counted in months and weeks as a calendar does', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
    expect(firstOfWeek('2026-11-22')).toBe('2026-11-16');
    expect(firstOfWeek('2026-11-23')).toBe('2026-11-23');
    expect(isDay('2026-02-30')).toBe(false);
    expect(isDay('2026-02-28')).toBe(true);
    expect(isDay('yesterday')).toBe(false);
  });
});
