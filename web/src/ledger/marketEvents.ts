import { addressSize, printAddress } from './address.ts';
import { LayoutReader } from './layout.ts';
import { Refused } from './outcome.ts';
import { type LedgerEvent } from './receipt.ts';

// Events of docs/contracts.md that say who gets or pays what: times are milliseconds since 1970, energy whole Wh, money whole
// micro-units of the community's currency, prices micro-units per kWh.

/** Who pays or is paid. */
export type EventParty = { readonly kind: 'member'; readonly member: number } | { readonly kind: 'utility' | 'dso' | 'fund' };

export const eventLineKinds = ['trade', 'grid-fee', 'imbalance', 'utility-import', 'utility-export', 'penalty'] as const;
export type EventLineKind = (typeof eventLineKinds)[number];

export interface EventLine {
  readonly from: EventParty;
  readonly to: EventParty;
  readonly kind: EventLineKind;
  readonly quantityWh: number;
  readonly price: number;
  readonly amount: number;
  readonly isEstimated: boolean;
  readonly isCorrection: boolean;
}

export interface EventTrade {
  readonly buyer: number;
  readonly seller: number;
  readonly quantityWh: number;
  readonly price: number;
  readonly amount: number;
}

export interface InvoiceSum {
  readonly paidForWh: number;
  readonly paid: number;
  readonly soldWh: number;
  readonly received: number;
}

/** An event, read. */
export type ReadEvent =
  | { readonly kind: 'order-placed'; readonly deliveryMs: number; readonly member: number; readonly label: number; readonly side: 'buy' | 'sell'; readonly quantityWh: number; readonly price: number }
  | { readonly kind: 'order-withdrawn'; readonly deliveryMs: number; readonly member: number; readonly label: number }
  | { readonly kind: 'cleared'; readonly deliveryMs: number; readonly trades: readonly EventTrade[] }
  | { readonly kind: 'settled' | 'corrected'; readonly deliveryMs: number; readonly lines: readonly EventLine[] }
  | { readonly kind: 'invoice-issued'; readonly member: number; readonly untilMs: number; readonly fromMs: number; readonly sums: readonly InvoiceSum[] }
  | { readonly kind: 'reported'; readonly member: number; readonly deliveryMs: number; readonly importWh: number; readonly exportWh: number }
  | { readonly kind: 'member-registered'; readonly member: number; readonly address: string; readonly connectionW: number }
  | { readonly kind: 'transferred'; readonly from: string; readonly to: string; readonly amount: number };

/** Reads an event; undefined where it is none of these. @throws Refused where its bytes are not in the layout. */
export async function readMarketEvent({ name, data }: LedgerEvent): Promise<ReadEvent | undefined> {
  const reader = new LayoutReader(data, `A ${name}`);
  const read = await readers[name]?.(reader);
  if (read !== undefined) {
    reader.end();
  }
  return read;
}

const readers: Readonly<Record<string, (reader: LayoutReader) => ReadEvent | Promise<ReadEvent>>> = {
  'market.order-placed': (reader) => {
    const [key, side, quantityWh, price] = [orderKey(reader), reader.u8() === 0 ? ('buy' as const) : ('sell' as const), whole(reader), whole(reader)];
    // The sequence, what is set aside, and who placed it for the member.
    reader.rest();
    return { kind: 'order-placed', ...key, side, quantityWh, price };
  },
  'market.order-withdrawn': (reader) => ({ kind: 'order-withdrawn', ...orderKey(reader) }),
  'market.cleared': (reader) => {
    const deliveryMs = whole(reader);
    // Whether there is one price for all, and which: each trade has its own as well.
    reader.u8();
    reader.i64();
    return { kind: 'cleared', deliveryMs, trades: many(reader, trade) };
  },
  'market.settled': (reader) => {
    const deliveryMs = whole(reader);
    // The utility's prices, the trades and the meters that the lines come from.
    reader.i64();
    reader.i64();
    many(reader, trade);
    many(reader, metered);
    return { kind: 'settled', deliveryMs, lines: many(reader, line) };
  },
  'market.corrected': (reader) => {
    const deliveryMs = whole(reader);
    many(reader, metered);
    return { kind: 'corrected', deliveryMs, lines: many(reader, line) };
  },
  'market.invoice-issued': (reader) => ({
    kind: 'invoice-issued',
    member: reader.u32(),
    untilMs: whole(reader),
    fromMs: whole(reader),
    sums: eventLineKinds.map(() => ({ paidForWh: whole(reader), paid: whole(reader), soldWh: whole(reader), received: whole(reader) })),
  }),
  'metering.reported': (reader) => {
    const reported = { member: reader.u32(), deliveryMs: whole(reader), importWh: whole(reader), exportWh: whole(reader) };
    reader.u8();
    return { kind: 'reported', ...reported };
  },
  'registry.member-registered': async (reader) => {
    const registered = { member: reader.u32(), address: await addressOf(reader), connectionW: whole(reader) };
    // What it generates, its share in what is left over, and whether it is suspended.
    reader.rest();
    return { kind: 'member-registered', ...registered };
  },
  'wallet.transferred': async (reader) => ({ kind: 'transferred', from: await addressOf(reader), to: await addressOf(reader), amount: whole(reader) }),
};

function orderKey(reader: LayoutReader): { deliveryMs: number; member: number; label: number } {
  return { deliveryMs: whole(reader), member: reader.u32(), label: reader.u8() };
}

function trade(reader: LayoutReader): EventTrade {
  return { buyer: reader.u32(), seller: reader.u32(), quantityWh: whole(reader), price: whole(reader), amount: whole(reader) };
}

function metered(reader: LayoutReader): void {
  reader.u32();
  reader.i64();
  reader.u8();
}

function line(reader: LayoutReader): EventLine {
  const [from, to, kind] = [party(reader), party(reader), eventLineKinds[reader.u8()] ?? unknown('kind of line')];
  return { from, to, kind, quantityWh: whole(reader), price: whole(reader), amount: whole(reader), isEstimated: reader.u8() === 1, isCorrection: reader.u8() === 1 };
}

function party(reader: LayoutReader): EventParty {
  const [kind, member] = [reader.u8(), reader.u32()];
  switch (kind) {
    case 0:
      return { kind: 'member', member };
    case 1:
      return { kind: 'utility' };
    case 2:
      return { kind: 'dso' };
    case 3:
      return { kind: 'fund' };
    default:
      return unknown('party');
  }
}

function many<T>(reader: LayoutReader, one: (reader: LayoutReader) => T): readonly T[] {
  const found: T[] = [];
  for (let left = reader.u32(); left > 0; left--) {
    found.push(one(reader));
  }
  return found;
}

function unknown(what: string): never {
  throw new Refused(`An event has an unknown ${what}.`);
}

const addressOf = (reader: LayoutReader): Promise<string> => printAddress(reader.take(addressSize));

// Shown to people: what is beyond the browser's exact numbers is more than a community has.
const whole = (reader: LayoutReader): number => Number(reader.i64());
