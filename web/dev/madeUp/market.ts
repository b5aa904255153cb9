import { isoOf } from '../../src/app/kit/range.ts';
import { type Mandate, type Order, type PriceRow, type Trade } from '../../src/app/kit/types.ts';
import { feedIn, noise, retail, stepMs, stepsBetween } from './household.ts';
import { hash, linesBetween } from './money.ts';

/** Prices cleared up to the next hour, and forecasts from there on. */
export function priceRows(from: number, to: number, now: number): readonly PriceRow[] {
  const cleared = Math.ceil(now / stepMs) * stepMs + 3 * stepMs;
  return stepsBetween(from, Math.min(to, now + 36 * 3_600_000)).map(({ start, price, share }) => {
    const isKnown = start < cleared;
    const width = 8_000 + 26_000 * Math.min(1, (start - now) / 86_400_000);
    const middle = price + (noise(start / 11) - 0.5) * 9_000;
    return {
      start: isoOf(start),
      end: isoOf(start + stepMs),
      price: isKnown ? price : null,
      retail,
      feedIn,
      tradedWh: isKnown ? Math.round(2400 * share) : null,
      phase: start + stepMs < now ? 'settled' : start < now ? 'delivering' : isKnown ? 'cleared' : start < cleared + 3_600_000 ? 'open' : 'planned',
      forecast: isKnown ? null : { low: Math.round(Math.max(feedIn, middle - width)), middle: Math.round(middle), high: Math.round(Math.min(retail, middle + width)) },
    };
  });
}

export function orders(now: number): readonly Order[] {
  const next = Math.ceil(now / stepMs) * stepMs + 4 * stepMs;
  const order = (place: number, side: 'buy' | 'sell', quantityWh: number, price: number, state: Order['state'], filledWh: number): Order => ({
    delivery: isoOf(next - place * 4 * stepMs),
    label: 1,
    side,
    quantityWh,
    price,
    locked: state === 'open' && side === 'buy' ? (quantityWh * (price + 20_000)) / 1000 : 0,
    placedAt: isoOf(next - place * 4 * stepMs - 5_400_000),
    state,
    filledWh,
    transaction: hash(900 + place),
  });
  return [order(0, 'buy', 500, 180_000, 'open', 0), order(1, 'sell', 800, 90_000, 'filled', 800), order(2, 'sell', 750, 90_000, 'partly-filled', 420), order(3, 'sell', 600, 150_000, 'not-filled', 0), order(4, 'buy', 300, 120_000, 'withdrawn', 0)];
}

export function trades(from: number, to: number, now: number): readonly Trade[] {
  return linesBetween(from, Math.min(to, now))
    .filter(({ kind }) => kind === 'trade')
    .map(({ delivery, quantityWh, price, amount, counterparty, transaction, block, eventIndex }): Trade => ({
      delivery,
      side: amount > 0 ? 'sell' : 'buy',
      quantityWh,
      price,
      amount: Math.abs(amount),
      counterparty: Number(counterparty.slice(7)),
      transaction,
      block,
      eventIndex,
    }))
    .reverse();
}

export function mandate(now: number): Mandate {
  return {
    agent: 'cw8a40b17c3be0d2a53b5a72b3e0c3c19b1e2f64a61f9d0277',
    sides: 'both',
    lowest: 80_000,
    highest: 200_000,
    mostWhPerHour: 5_000,
    from: isoOf(now - 3 * 86_400_000),
    until: isoOf(Math.ceil(now / 3_600_000) * 3_600_000 + 4 * 86_400_000),
    granted: { block: 18_901, transaction: hash(77) },
    usedWhThisHour: 1_250,
  };
}
