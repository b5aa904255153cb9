import { type Address, parseAddress } from '../../ledger/address.ts';
import { type Call } from '../../ledger/messages.ts';
import { callOf } from '../../ledger/contracts.ts';

// Calls in the terms of the pages: times as ISO 8601 or milliseconds, addresses as they are printed, whole numbers of Wh, W and
// micro-units of the currency. An address with a typing error is refused with a sentence.

/** A time as the API has it, or in milliseconds since 1970. */
export type Time = string | number;

export interface OrderTerms {
  /** The start of the delivery period. */
  readonly delivery: Time;
  /** The member's own number for the order, 1 to 16. */
  readonly label: number;
  readonly side: 'buy' | 'sell';
  readonly quantityWh: number;
  /** The most to pay or the least to get, in micro-units of the currency per kWh. */
  readonly price: number;
}

export interface MandateTerms {
  /** The agent's address. */
  readonly agent: string;
  readonly sides: 'buy' | 'sell' | 'both';
  readonly lowest: number;
  readonly highest: number;
  readonly mostWhPerHour: number;
  readonly from: Time;
  /** On the hour. */
  readonly until: Time;
}

export interface MarketRules {
  /** On the hour; the rules hold for deliveries from then on. */
  readonly from: Time;
  readonly periodMinutes: number;
  readonly listingLeadMinutes: number;
  readonly gateLeadMinutes: number;
  readonly readingDeadlineMinutes: number;
  readonly correctionWindowDays: number;
  readonly mechanism: string;
  readonly rationsProRata: boolean;
  readonly paysUniform: boolean;
  readonly imbalance: 'pooled' | 'utility';
  readonly shortfallPenalty: number;
  readonly localGridFee: number;
  readonly sharingKey: 'dynamic' | 'static' | 'tiered';
  readonly fixedPrice: number | null;
}

const nobodyElse = new Uint8Array(0);

export const placeOrder = (terms: OrderTerms): Call => callOf('market', 'place', orderOf(terms));
export const replaceOrder = (terms: OrderTerms): Call => callOf('market', 'replace', orderOf(terms));

export function withdrawOrder(delivery: Time, label: number): Call {
  return callOf('market', 'withdraw', { deliveryMs: msOf(delivery), label, forMember: nobodyElse });
}

export async function grantMandate({ agent, sides, lowest, highest, mostWhPerHour, from, until }: MandateTerms): Promise<Call> {
  return callOf('mandate', 'grant', {
    agent: await parseAddress(agent),
    sides: { buy: 1, sell: 2, both: 3 }[sides],
    lowestPrice: BigInt(lowest),
    highestPrice: BigInt(highest),
    mostWhPerHour: BigInt(mostWhPerHour),
    fromMs: msOf(from),
    untilMs: msOf(until),
  });
}

export const withdrawMandate = (): Call => callOf('mandate', 'withdraw', {});

export async function transfer(to: string, amount: number): Promise<Call> {
  return callOf('wallet', 'transfer', { to: await parseAddress(to), amount: BigInt(amount) });
}

export const deposit = async (member: string, amount: number): Promise<Call> => callOf('wallet', 'deposit', await amountOf(member, amount));
export const payOut = async (member: string, amount: number): Promise<Call> => callOf('wallet', 'withdraw', await amountOf(member, amount));
export const setCreditLine = async (member: string, amount: number): Promise<Call> => callOf('wallet', 'set-credit-line', await amountOf(member, amount));

export async function registerMember(member: string, connectionW: number, sharingWeight = 1, sharingTier = 0): Promise<Call> {
  const terms = { connectionW: BigInt(connectionW), sharingWeight: BigInt(sharingWeight), sharingTier };
  return callOf('registry', 'register-member', { member: await parseAddress(member), ...terms });
}

export async function suspendMember(member: string, suspended: boolean): Promise<Call> {
  return callOf('registry', 'suspend-member', { member: await parseAddress(member), suspended });
}

export async function registerAsset(member: string, name: string, kind: string, powerW: number): Promise<Call> {
  return callOf('registry', 'register-asset', { member: await parseAddress(member), name, kind, powerW: BigInt(powerW) });
}

export async function removeAsset(member: string, name: string): Promise<Call> {
  return callOf('registry', 'remove-asset', { member: await parseAddress(member), name });
}

/** @param gateway Who may report for the meter, besides itself. */
export async function registerMeter(meter: string, member: string, gateway?: string): Promise<Call> {
  const reporter: Address | typeof nobodyElse = gateway === undefined ? nobodyElse : await parseAddress(gateway);
  return callOf('registry', 'register-meter', { meter: await parseAddress(meter), member: await parseAddress(member), gateway: reporter });
}

export async function grantRole(holder: string, role: 'manager' | 'dso'): Promise<Call> {
  return callOf('governance', 'grant-role', { holder: await parseAddress(holder), role });
}

export async function revokeRole(holder: string, role: 'manager' | 'dso'): Promise<Call> {
  return callOf('governance', 'revoke-role', { holder: await parseAddress(holder), role });
}

export function setTariffs(changes: readonly { readonly from: Time; readonly retail: number; readonly feedIn: number }[]): Call {
  return callOf('governance', 'set-tariffs', {
    changes: changes.map(({ from, retail, feedIn }) => ({ fromMs: msOf(from), retail: BigInt(retail), feedIn: BigInt(feedIn) })),
  });
}

export function setRules(rules: MarketRules): Call {
  const { rationsProRata, paysUniform, imbalance, sharingKey, mechanism, periodMinutes, fixedPrice } = rules;
  return callOf('governance', 'set-parameters', {
    fromMs: msOf(rules.from),
    periodMinutes,
    listingLeadMs: minutes(rules.listingLeadMinutes),
    gateLeadMs: minutes(rules.gateLeadMinutes),
    readingDeadlineMs: minutes(rules.readingDeadlineMinutes),
    correctionWindowMs: minutes(rules.correctionWindowDays * 24 * 60),
    mechanism,
    rationsProRata,
    paysUniform,
    imbalance,
    shortfallPenalty: BigInt(rules.shortfallPenalty),
    localGridFee: BigInt(rules.localGridFee),
    sharingKey,
    hasFixedPrice: fixedPrice !== null,
    fixedPrice: BigInt(fixedPrice ?? 0),
  });
}

export const setNetworkLimit = (delivery: Time, powerW: number): Call => callOf('market', 'set-network-limit', { deliveryMs: msOf(delivery), powerW: BigInt(powerW) });
export const startMarket = (firstDelivery: Time): Call => callOf('market', 'start', { firstDeliveryMs: msOf(firstDelivery) });
export const stopMarket = (lastDelivery: Time): Call => callOf('market', 'stop', { lastDeliveryMs: msOf(lastDelivery) });

/** Where the ledger ends its own invoices; all ahead. */
export const setInvoiceBoundaries = (at: readonly Time[]): Call => callOf('market', 'set-invoice-boundaries', { atMs: at.map(msOf) });

function orderOf({ delivery, label, side, quantityWh, price }: OrderTerms) {
  return { deliveryMs: msOf(delivery), label, side, quantityWh: BigInt(quantityWh), limitPrice: BigInt(price), forMember: nobodyElse };
}

async function amountOf(member: string, amount: number) {
  return { member: await parseAddress(member), amount: BigInt(amount) };
}

function msOf(time: Time): bigint {
  return BigInt(typeof time === 'number' ? time : Date.parse(time));
}

function minutes(count: number): bigint {
  return BigInt(Math.round(count * 60_000));
}
