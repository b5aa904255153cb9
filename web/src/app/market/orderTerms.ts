import { type Community, type Order, type Side } from '../kit/types.ts';

/** What somebody wants to buy or sell. */
export interface OrderWish {
  readonly side: Side;
  readonly quantityWh: number;
  /** Micro-units of the currency per kWh. */
  readonly price: number;
}

/** An amount in micro-units of the currency, cut off after them as the ledger does. */
export const amountOf = (quantityWh: number, price: number): number => Number((BigInt(quantityWh) * BigInt(price)) / 1000n);

/** What an order sets aside: for a buyer what it can cost at most, with the local grid fee. */
export function mostOf({ side, quantityWh, price }: OrderWish, { localGridFee }: Pick<Community, 'localGridFee'>): number {
  return side === 'buy' ? amountOf(quantityWh, price) + amountOf(quantityWh, localGridFee) : 0;
}

const mostLabels = 16;

/** A number for a new order of a period that none of the others has; undefined where there are as many as there may be. */
export function freeLabel(orders: readonly Order[], delivery: string): number | undefined {
  // What is withdrawn leaves its number free; what the market answered belongs to periods that take no orders any more.
  const taken = new Set(orders.filter((order) => order.delivery === delivery && order.state === 'open').map(({ label }) => label));
  return Array.from({ length: mostLabels }, (_, place) => place + 1).find((label) => !taken.has(label));
}
