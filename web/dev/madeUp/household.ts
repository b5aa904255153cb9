import { dayAt, startOfDay, addDays } from '../../src/app/kit/calendar.ts';

// A house with 4 kW of sun, a battery of 7 kWh and a car, as smooth and as uneven as houses are. The same for the same day, always.

export const zone = 'Europe/Lisbon';
export const stepMs = 15 * 60_000;
export const retail = 221_000;
export const feedIn = 52_000;

export interface Step {
  readonly start: number;
  readonly loadW: number;
  readonly evW: number;
  readonly pvW: number;
  /** Charging is above zero. */
  readonly batteryW: number;
  readonly price: number;
  /** The part of what is imported or exported that neighbours trade. */
  readonly share: number;
}

const days = new Map<string, readonly Step[]>();

export function stepAt(ms: number): Step {
  const steps = stepsOfDay(dayAt(ms, zone));
  return steps[Math.min(steps.length - 1, Math.floor((ms - steps[0]!.start) / stepMs))]!;
}

export function stepsBetween(from: number, to: number): readonly Step[] {
  const found: Step[] = [];
  for (let day = dayAt(from, zone); startOfDay(day, zone) < to; day = addDays(day, 1)) {
    found.push(...stepsOfDay(day).filter(({ start }) => start >= from && start < to));
  }
  return found;
}

function stepsOfDay(day: string): readonly Step[] {
  const known = days.get(day);
  if (known !== undefined) {
    return known;
  }
  const [start, end] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
  const clouds = 0.35 + 0.65 * noise(start / 1000);
  const carComesHome = noise(start / 777) > 0.55;
  let stored = 1400;
  const steps: Step[] = [];
  for (let at = start; at < end; at += stepMs) {
    const hour = (at - start) / 3_600_000;
    const loadW = Math.round(190 + 620 * bump(hour, 7.6, 0.9) + 380 * bump(hour, 13, 1) + 1250 * bump(hour, 20, 1.7) + 180 * noise(at) + (noise(at / 3) > 0.93 ? 1500 : 0));
    const evW = carComesHome && hour >= 19 && hour < 21.75 ? 3680 : 0;
    const passing = 0.72 + 0.28 * noise(at / 2);
    const pvW = hour > 7.3 && hour < 17.4 ? Math.round(3900 * clouds * passing * Math.sin((Math.PI * (hour - 7.3)) / 10.1) ** 1.3) : 0;
    const surplus = pvW - loadW - evW;
    const wanted = surplus > 0 ? Math.min(surplus, 2300, (7000 - stored) * 4) : hour >= 17 ? -Math.min(-surplus, 2300, Math.max(0, stored - 700) * 4) : 0;
    const batteryW = Math.round(wanted);
    stored += batteryW / 4;
    const price = Math.round((168_000 - 82_000 * bump(hour, 12.8, 3) + 34_000 * bump(hour, 20, 1.6) - 24_000 * bump(hour, 3, 2.2) + 14_000 * (noise(at / 5) - 0.5)) / 100) * 100;
    steps.push({ start: at, loadW, evW, pvW, batteryW, price: Math.max(feedIn + 4000, Math.min(retail - 3000, price)), share: 0.35 + 0.5 * noise(at / 7) });
  }
  days.set(day, steps);
  return steps;
}

/** A bell round an hour. */
function bump(hour: number, middle: number, width: number): number {
  return Math.exp(-((hour - middle) ** 2) / (2 * width * width));
}

/** From 0 to 1, the same for the same number. */
export function noise(seed: number): number {
  const x = Math.sin(seed * 12.9898 + 78.233) * 43758.5453;
  return x - Math.floor(x);
}
