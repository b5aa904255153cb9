import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clock, dateTime, digitsOf, duration, energy, exactMoney, kilowattHours, money, month, percent, power, price, smallMoney } from '../../src/app/kit/format.ts';
import { setCommunity } from '../../src/app/kit/place.svelte.ts';
import { type Community } from '../../src/app/kit/types.ts';
import { setLanguage } from '../../src/app/kit/words.svelte.ts';

// Narrow and unbreakable spaces are a matter of looks.
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const inCommunity = (timeZone: string, currency: string) => setCommunity({ timeZone, currency } as Community);

describe('Numbers and times', () => {
  beforeEach(() => {
    inCommunity('Europe/Lisbon', 'EUR');
    setLanguage('en');
  });
  afterEach(() => setLanguage('en'));

  it('take the unit that fits', () => {
    expect([0, 812, 999, 1000, 1234, 12_340, 123_400, 1_500_000].map((w) => plain(power(w)))).toEqual(['0 W', '812 W', '999 W', '1 kW', '1.23 kW', '12.3 kW', '123 kW', '1.5 MW']);
    expect(plain(power(-850))).toBe('-850 W');
    expect(plain(energy(999_999))).toBe('1 MWh');
    expect(plain(energy(2_370))).toBe('2.37 kWh');
    expect(kilowattHours(61, 3)).toBe('0.061');
  });

  it('have a dash for what is unknown, and never a zero', () => {
    expect([power(null), energy(undefined), money(null), price(null), percent(null)]).toEqual(['–', '–', '–', '–', '–']);
  });

  it('write prices in cents where the currency has them', () => {
    expect(plain(price(142_000))).toBe('14.2 ct/kWh');
    expect(plain(price(85_310))).toBe('8.53 ct/kWh');
    inCommunity('Europe/Zurich', 'CHF');
    expect(plain(price(142_000))).toBe('0.142 CHF/kWh');
  });

  it('write money to the cent, small sums in cents, and exact ones to the millionth', () => {
    expect(money(24_310_000)).toBe('€24.31');
    expect(money(-1_000)).toBe('€0.00');
    expect(money(180_000, { sign: true })).toBe('+€0.18');
    expect(plain(smallMoney(8_712))).toBe('+0.87 ct');
    expect(smallMoney(-30_000_000)).toBe('-€30.00');
    expect(exactMoney(-9_888)).toBe('-€0.009888');
  });

  it('write a column of exact amounts with as many digits each', () => {
    const column = [-9_888, 1_500_000, 0, 20_000];
    expect(column.map((micro) => exactMoney(micro, digitsOf(column)))).toEqual(['-€0.009888', '€1.500000', '€0.000000', '€0.020000']);
    expect([digitsOf([]), digitsOf([1_230_000]), digitsOf([-1_234_000])]).toEqual([2, 2, 3]);
  });

  it('are in the reader’s language', () => {
    setLanguage('de');
    expect([plain(power(1234)), plain(money(1_234_560_000)), plain(price(142_000))]).toEqual(['1,23 kW', '1.234,56 €', '14,2 ct/kWh']);
    expect(month('2026-03')).toBe('März 2026');
    setLanguage('pt');
    expect(plain(energy(2_370))).toBe('2,37 kWh');
  });

  it('are in the community’s time zone, wherever the reader is', () => {
    expect(clock('2026-07-01T12:00:00Z')).toBe('13:00');
    expect(clock('2026-10-25T00:30:00Z')).toBe('01:30');
    expect(clock('2026-10-25T01:30:00Z')).toBe('01:30');
    inCommunity('Europe/Berlin', 'EUR');
    expect(dateTime('2026-12-31T23:30:00Z')).toBe('1 Jan, 00:30');
  });

  it('tell how long something is in its largest unit', () => {
    expect([5, 59.9, 60, 3599, 3600, 86_400 * 3].map((seconds) => plain(duration(seconds)))).toEqual(['5 s', '59 s', '1 min', '59 min', '1 h', '3 d']);
  });
});
