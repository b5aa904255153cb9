import { energy, exactMoney, power } from '../kit/format.ts';
import { type AmountField } from './amountField.ts';

// The bounds are the ledger's own.
const mostMoney = 1_000_000_000_000_000;
const mostPower = 1_000_000_000;

/** Money that changes hands. */
export const paymentField = (name: string): AmountField => ({ name, example: 20, factor: 1_000_000, digits: 2, least: 10_000, most: mostMoney, write: exactMoney });

/** How far an account may go below zero. */
export const creditField = (name: string): AmountField => ({ name, example: 50, factor: 1_000_000, digits: 2, least: 0, most: mostMoney, write: exactMoney });

/** What a connection or a device can do. */
export const powerField = (name: string, example: number): AmountField => ({ name, example, factor: 1000, digits: 3, least: 1, most: mostPower, write: power });

/** Energy of an order or a mandate. */
export const energyField = (name: string, most: number): AmountField => ({ name, example: 1.5, factor: 1000, digits: 3, least: 1, most, write: energy });
