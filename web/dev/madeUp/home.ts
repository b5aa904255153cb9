import { dayAt, startOfDay } from '../../src/app/kit/calendar.ts';
import { isoOf } from '../../src/app/kit/range.ts';
import { type Home, type LivePower } from '../../src/app/kit/types.ts';
import { netOf, wh } from './energy.ts';
import { feedIn, noise, retail, stepAt, stepMs, zone } from './household.ts';
import { billOf, linesBetween } from './money.ts';

export function powerAt(now: number): LivePower {
  const step = stepAt(now);
  const waver = (w: number, seed: number) => Math.round(w * (0.96 + 0.08 * noise(now / 5000 + seed)));
  const [loadW, pvW, batteryW, evW] = [waver(step.loadW, 1), waver(step.pvW, 2), step.batteryW, step.evW];
  const net = loadW + evW + batteryW - pvW;
  const at = Math.floor(now / 10_000) * 10_000;
  return { importW: Math.max(0, net), exportW: Math.max(0, -net), pvW, batteryW, evW, loadW, at: isoOf(at), ageSeconds: Math.round((now - at) / 1000) };
}

export function homeAt(now: number): Home {
  const step = stepAt(now);
  const power = powerAt(now);
  const traded = Math.round(Math.abs(wh(netOf(step))) * step.share);
  const isSelling = netOf(step) < 0;
  const bill = billOf(dayAt(now, zone).slice(0, 7), now);
  const today = linesBetween(startOfDay(dayAt(now, zone), zone), now);
  const savedToday = today.filter(({ kind }) => kind === 'trade').reduce((sum, { amount, quantityWh, price }) => sum + (quantityWh * (amount > 0 ? price - feedIn : retail - price - 20_000)) / 1000, 0);
  return {
    now: isoOf(now),
    power,
    price: { price: step.price, retail, feedIn, periodStart: isoOf(Math.floor(now / stepMs) * stepMs) },
    period: { start: isoOf(step.start), end: isoOf(step.start + stepMs), boughtWh: isSelling ? 0 : traded, soldWh: isSelling ? traded : 0, counterparties: 2 },
    balance: 24_310_000,
    available: 23_180_000,
    locked: 1_130_000,
    savedThisMonth: bill.saved,
    savedToday: Math.round(savedToday),
    sentence: { code: isSelling ? 'selling' : 'buying', values: { powerW: Math.min(traded * 4, power.exportW + power.importW), gridW: Math.max(0, power.exportW + power.importW - traded * 4), neighbours: 2, price: step.price } },
  };
}
