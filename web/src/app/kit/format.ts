import { language } from './words.svelte.ts';

const zone = 'Europe/Lisbon';
const currency = 'EUR';
const locale = () => ({ en: 'en-GB', pt: 'pt-PT', de: 'de-DE' })[language()];

export const number = (value: number, digits = 0): string => value.toLocaleString(locale(), { maximumFractionDigits: digits });
export const percent = (share: number): string => share.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 });
export const money = (micro: number): string => (micro / 1e6).toLocaleString(locale(), { style: 'currency', currency });
export const price = (micro: number): string => `${(micro / 1e6).toLocaleString(locale(), { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 4 })}/kWh`;
export const energy = (wh: number): string => scaled(wh, 'Wh');
export const power = (w: number): string => scaled(w, 'W');
export const dateTime = (iso: string): string => new Date(iso).toLocaleString(locale(), { timeZone: zone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
export const clock = (iso: string): string => new Date(iso).toLocaleTimeString(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit' });
export const clockWithSeconds = (iso: string): string => new Date(iso).toLocaleTimeString(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const month = (yearAndMonth: string): string => new Date(`${yearAndMonth}-15T12:00:00Z`).toLocaleDateString(locale(), { month: 'long', year: 'numeric' });

function scaled(value: number, unit: string): string {
  const size = Math.abs(value);
  const [by, prefix] = size >= 1e6 ? [1e6, 'M'] : size >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${(value / by).toLocaleString(locale(), { maximumFractionDigits: by === 1 ? 0 : 2 })} ${prefix}${unit}`;
}
