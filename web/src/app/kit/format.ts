import { currency, timeZone } from './place.svelte.ts';
import { locale } from './words.svelte.ts';

// Numbers and times as the reader writes them. What is unknown is a dash, never a zero.

type Known = number | null | undefined;
const unknown = '–';
// The narrow space keeps a number and its unit on one line.
const space = '\u202f';
// Portuguese leaves four digits together; in a column of money they read better apart.
const grouped = { useGrouping: 'always' } as const;
const centCurrencies: Readonly<Record<string, string>> = { EUR: 'ct', USD: '¢' };

export const number = (value: Known, digits = 0): string => (isKnown(value) ? value.toLocaleString(locale(), { maximumFractionDigits: digits, ...grouped }) : unknown);

export const percent = (share: Known): string => (isKnown(share) ? share.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 }) : unknown);

/** Micro-units of the currency as an amount of money. */
export function money(micro: Known, { sign = false }: { sign?: boolean } = {}): string {
  if (!isKnown(micro)) {
    return unknown;
  }
  // Less than half a cent, either way, is written as zero without a sign.
  const value = Math.abs(micro) < 5_000 ? 0 : micro / 1e6;
  return value.toLocaleString(locale(), { style: 'currency', currency: currency(), ...grouped, signDisplay: sign ? 'exceptZero' : 'auto' });
}

/** An amount with its sign, in hundredths below one of the currency: a period's energy costs a few cents. */
export function smallMoney(micro: number): string {
  const cent = centCurrencies[currency()];
  return cent === undefined || Math.abs(micro) >= 1_000_000
    ? money(micro, { sign: true })
    : `${(micro / 10_000).toLocaleString(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' })}${space}${cent}`;
}

/**
 * An amount to the millionth, for where every digit matters.
 *
 * @param digits How many digits a column has, by `digitsOf`; left out, as many as this amount needs.
 */
export function exactMoney(micro: Known, digits?: number): string {
  return isKnown(micro) ? (micro / 1e6).toLocaleString(locale(), { style: 'currency', currency: currency(), ...grouped, minimumFractionDigits: digits ?? 2, maximumFractionDigits: digits ?? 6 }) : unknown;
}

/** How many digits amounts need, so that each is exact and all have as many: 2 to 6. */
export function digitsOf(amounts: readonly number[]): number {
  return amounts.reduce((most, micro) => {
    const fraction = String(Math.abs(micro) % 1_000_000).padStart(6, '0').replace(/0+$/, '');
    return Math.max(most, fraction.length);
  }, 2);
}

/** Micro-units of the currency per kWh, in hundredths where the currency has them: 14.2 ct/kWh. */
export function price(micro: Known): string {
  return isKnown(micro) ? `${inUnits(micro, 1)}${space}${priceUnit()}` : unknown;
}

/** The number that stands before `priceUnit()`, for tables: all with as many digits. */
export function priceNumber(micro: Known): string {
  return isKnown(micro) ? inUnits(micro, 2) : unknown;
}

export const priceUnit = (): string => `${centCurrencies[currency()] ?? currency()}/kWh`;

/** How many micro-units one of `priceUnit()` is. */
export const priceDivisor = (): number => (hasCents() ? 10_000 : 1_000_000);

export const energy = (wh: Known): string => scaled(wh, 'Wh');
export const power = (w: Known): string => scaled(w, 'W');

/** kWh as a bare number, for tables whose heads name the unit. */
export const kilowattHours = (wh: Known, digits = 2): string =>
  isKnown(wh) ? (wh / 1000).toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits, ...grouped }) : unknown;

export const dateTime = (at: string | number): string => inZone(at, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
export const date = (at: string | number): string => inZone(at, { day: 'numeric', month: 'short', year: 'numeric' });
export const weekday = (at: string | number): string => inZone(at, { weekday: 'short', day: 'numeric', month: 'short' });
export const clock = (at: string | number): string => inZone(at, { hour: '2-digit', minute: '2-digit' });
export const clockWithSeconds = (at: string | number): string => inZone(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** A month such as 2026-11, in words. */
export const month = (yearAndMonth: string): string =>
  new Date(`${yearAndMonth}-15T12:00:00Z`).toLocaleDateString(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** How long something is, in its largest unit: 40 s, 12 min, 3 h, 2 d. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [value, unit] = whole < 60 ? [whole, 's'] : whole < 3600 ? [Math.floor(whole / 60), 'min'] : whole < 86_400 ? [Math.floor(whole / 3600), 'h'] : [Math.floor(whole / 86_400), 'd'];
  return `${number(value)}${space}${unit}`;
}

/** Minutes in the largest units that make them up, none left out: 45 min, 18 h, 1 h 30 min, 2 d. */
export function wholeDuration(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts = ([[days, 'd'], [hours, 'h'], [rest, 'min']] as const).filter(([count]) => count > 0).map(([count, unit]) => `${number(count)}${space}${unit}`);
  return parts.length === 0 ? `0${space}min` : parts.join(' ');
}

function inUnits(micro: number, leastDigits: number): string {
  // A hundredth of a cent is a ten-thousandth of the currency.
  const more = hasCents() ? 0 : 2;
  return (micro / priceDivisor()).toLocaleString(locale(), { minimumFractionDigits: leastDigits + more, maximumFractionDigits: 2 + more });
}

function scaled(value: Known, unit: string): string {
  if (!isKnown(value)) {
    return unknown;
  }
  const size = Math.abs(value);
  const [by, prefix, digits] = size >= 999_500 ? [1e6, 'M', 2] : size >= 999.5 ? [1e3, 'k', size >= 99_950 ? 0 : size >= 9_995 ? 1 : 2] : [1, '', 0];
  return `${(value / by).toLocaleString(locale(), { maximumFractionDigits: digits, minimumFractionDigits: 0 })}${space}${prefix}${unit}`;
}

function inZone(at: string | number, parts: Intl.DateTimeFormatOptions): string {
  return formatter(locale(), timeZone(), parts).format(new Date(at));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

// Making one takes longer than using it a thousand times.
function formatter(forLocale: string, zone: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${forLocale} ${zone} ${JSON.stringify(parts)}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(forLocale, { ...parts, hourCycle: 'h23', timeZone: zone });
  formatters.set(key, made);
  return made;
}

const hasCents = (): boolean => currency() in centCurrencies;
const isKnown = (value: Known): value is number => value !== null && value !== undefined;
