// The shapes of the API. Energy is in Wh, power in W, money in micro-units of the currency, prices in micro-units per kWh,
// times are ISO 8601 in UTC; null is what nobody knows.

export type Role = 'member' | 'manager' | 'dso' | 'auditor';
export type Side = 'buy' | 'sell';

export interface ListOf<T> {
  readonly items: readonly T[];
  readonly next?: string | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly address: string | null;
  readonly memberNumber: number | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly hasPasskey: boolean;
  readonly hasPassword: boolean;
  readonly email?: string | null;
}

export interface Session {
  readonly signedIn: boolean;
  readonly person: Person | null;
  readonly demo: boolean;
}

export interface OpenSession {
  readonly id: string;
  readonly device: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
}

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
}

export interface Invitation {
  readonly community: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly expiresAt: string;
  readonly language?: string;
}

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly home: string | null;
}

export interface Community {
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly ledgerId: string;
  readonly mechanism: string;
  readonly periodMinutes: number;
  readonly listingLeadMinutes: number;
  readonly gateLeadMinutes: number;
  readonly readingDeadlineMinutes: number;
  readonly imbalance: string;
  readonly shortfallPenalty: number;
  readonly localGridFee: number;
  readonly now: string;
  readonly speed: number;
  readonly tariff: { readonly retail: number; readonly feedIn: number } | null;
  readonly members: number;
  readonly started: string | null;
}

export interface LivePower {
  readonly importW: number;
  readonly exportW: number;
  readonly pvW: number | null;
  /** What the battery takes; below zero where it gives. */
  readonly batteryW: number | null;
  /** What vehicles take; below zero where they give. */
  readonly evW: number | null;
  readonly loadW: number | null;
  readonly at: string;
  readonly ageSeconds: number;
}

export type SentenceCode = 'selling' | 'buying' | 'self-sufficient' | 'importing-grid' | 'exporting-grid' | 'no-readings' | 'market-stopped';

/** What stands in the sentence; what does not is null or left out. */
export interface SentenceValues {
  readonly powerW?: number | null;
  /** What the utility's grid takes or gives besides. */
  readonly gridW?: number | null;
  readonly neighbours?: number | null;
  readonly price?: number | null;
  readonly at?: string | null;
}

export interface Home {
  readonly now: string;
  readonly power: LivePower | null;
  readonly price: { readonly price: number | null; readonly retail: number | null; readonly feedIn: number | null; readonly periodStart: string } | null;
  readonly period: { readonly start: string; readonly end: string; readonly boughtWh: number; readonly soldWh: number; readonly counterparties: number } | null;
  readonly balance: number;
  readonly available: number;
  readonly locked: number;
  readonly savedThisMonth: number | null;
  readonly savedToday: number | null;
  readonly sentence: { readonly code: SentenceCode; readonly values: SentenceValues };
}

export interface EnergyRow {
  readonly start: string;
  readonly end: string;
  readonly consumptionWh: number | null;
  readonly pvWh: number | null;
  readonly batteryChargeWh: number | null;
  readonly batteryDischargeWh: number | null;
  readonly importWh: number;
  readonly exportWh: number;
  readonly boughtWh: number;
  readonly soldWh: number;
  readonly gridImportWh: number;
  readonly gridExportWh: number;
  readonly price: number | null;
  readonly estimated: boolean;
}

export interface PriceRow {
  readonly start: string;
  readonly end: string;
  readonly price: number | null;
  readonly retail: number | null;
  readonly feedIn: number | null;
  readonly tradedWh: number | null;
  readonly phase: string | null;
  readonly forecast: { readonly low: number; readonly middle: number; readonly high: number } | null;
}

export type OrderState = 'open' | 'replaced' | 'withdrawn' | 'filled' | 'partly-filled' | 'not-filled';

export interface Order {
  readonly delivery: string;
  readonly label: number;
  readonly side: Side;
  readonly quantityWh: number;
  readonly price: number;
  readonly locked: number;
  readonly placedAt: string;
  readonly state: OrderState;
  readonly filledWh: number;
  readonly transaction: string | null;
}

export interface Trade {
  readonly delivery: string;
  readonly side: Side;
  readonly quantityWh: number;
  readonly price: number;
  readonly amount: number;
  readonly counterparty: number;
  readonly transaction: string | null;
  readonly block: number;
  readonly eventIndex: number;
}

export interface Wallet {
  readonly balance: number;
  readonly locked: number;
  readonly creditLine: number;
  readonly available: number;
}

export interface WalletEntry {
  readonly at: string;
  readonly kind: string;
  readonly amount: number;
  readonly quantityWh: number | null;
  readonly price: number | null;
  readonly counterparty: string | null;
  readonly estimated: boolean;
  readonly delivery: string | null;
  readonly transaction: string | null;
  readonly block: number;
  readonly eventIndex: number;
}

export interface InvoiceGroup {
  readonly kind: string;
  readonly energyPaidWh: number;
  readonly paid: number;
  readonly energySoldWh: number;
  readonly received: number;
}

export interface InvoiceLine {
  readonly delivery: string;
  readonly kind: string;
  readonly quantityWh: number;
  readonly price: number;
  /** Received is above zero, paid below. */
  readonly amount: number;
  readonly estimated: boolean;
  readonly correction: boolean;
  /** `member 3`, `utility`, `dso` or `fund`. */
  readonly counterparty: string;
  readonly transaction: string | null;
  readonly block: number;
  readonly eventIndex: number;
}

export interface Bill {
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly groups: readonly InvoiceGroup[];
  readonly total: number;
  readonly status: 'final' | 'running';
  readonly withoutCommunity: number;
  readonly saved: number;
}

export interface InvoiceSummary {
  readonly id: string;
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly number: string;
  readonly total: number;
  readonly withoutCommunity: number;
  readonly saved: number;
  readonly status: 'final' | 'running';
  readonly hasCorrections: boolean;
}

export interface Invoice extends Bill {
  readonly id: string;
  readonly number: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly issuer: string;
  readonly member: { readonly number: number; readonly name: string | null; readonly address: string };
  readonly corrections: readonly InvoiceLine[];
  readonly lines: readonly InvoiceLine[];
  readonly ledgerInvoice: { readonly height: number; readonly eventIndex: number; readonly total: number; readonly matches: boolean; readonly finding?: string | null } | null;
}

export interface Mandate {
  readonly agent: string;
  readonly sides: Side | 'both';
  readonly lowest: number;
  readonly highest: number;
  readonly mostWhPerHour: number;
  readonly from: string;
  readonly until: string;
  readonly granted: { readonly block: number; readonly transaction: string | null } | null;
  readonly usedWhThisHour: number;
}
