import { addMonths, startOfDay } from '../../src/app/kit/calendar.ts';
import { isoOf } from '../../src/app/kit/range.ts';
import { type Bill, type Invoice, type InvoiceGroup, type InvoiceLine, type InvoiceSummary, type WalletEntry } from '../../src/app/kit/types.ts';
import { netOf, wh } from './energy.ts';
import { feedIn, retail, stepsBetween, zone } from './household.ts';

const fee = 20_000;

export const hash = (seed: number): string => Array.from({ length: 8 }, (_, i) => ((seed * 2654435761 + i * 40503 * (seed % 977)) >>> 0).toString(16).padStart(8, '0')).join('');

/** The lines of the house's account between two times. */
export function linesBetween(from: number, to: number): readonly InvoiceLine[] {
  return stepsBetween(from, to).flatMap((step) => {
    const net = wh(netOf(step));
    const traded = Math.round(Math.abs(net) * step.share);
    const rest = Math.abs(net) - traded;
    const block = 12_000 + Math.floor((step.start - Date.UTC(2026, 8, 1)) / 900_000) * 3;
    const line = (kind: string, quantityWh: number, price: number, sign: 1 | -1, place: number): InvoiceLine => ({
      delivery: isoOf(step.start),
      kind,
      quantityWh,
      price,
      amount: sign * Math.trunc((quantityWh * price) / 1000),
      estimated: step.start % (86_400_000 * 3) === 0,
      correction: false,
      counterparty: kind === 'trade' ? `member ${1 + (step.start / 900_000) % 23}` : kind === 'grid-fee' ? 'dso' : 'utility',
      transaction: kind === 'trade' ? hash(step.start / 900_000) : null,
      block,
      eventIndex: place,
    });
    const lines = net > 0
      ? [line('trade', traded, step.price, -1, 0), line('grid-fee', traded, fee, -1, 1), line('utility-import', rest, retail, -1, 2)]
      : [line('trade', traded, step.price, 1, 0), line('utility-export', rest, feedIn, 1, 2)];
    return lines.filter(({ quantityWh }) => quantityWh !== 0);
  });
}

export function billOf(month: string, now: number): Bill {
  const [from, to] = [startOfDay(`${month}-01`, zone), startOfDay(addMonths(`${month}-01`, 1), zone)];
  const lines = linesBetween(from, Math.min(to, now));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const withoutCommunity = stepsBetween(from, Math.min(to, now)).reduce((sum, step) => {
    const net = wh(netOf(step));
    return sum - Math.trunc((net * (net > 0 ? retail : feedIn)) / 1000);
  }, 0);
  return { month, from: isoOf(from), to: isoOf(to), status: to < now ? 'final' : 'running', groups: groupsOf(lines), total, withoutCommunity, saved: total - withoutCommunity };
}

export const invoiceMonths = ['2026-10', '2026-09'];

export function invoiceSummaries(now: number): readonly InvoiceSummary[] {
  return ['2026-11', ...invoiceMonths].map((month, place) => {
    const { from, to, total, withoutCommunity, saved } = billOf(month, now);
    return { id: `${month}-7`, number: `RDF-${month}-007`, month, from, to, total, withoutCommunity, saved, status: place === 0 ? 'running' : 'final', hasCorrections: month === '2026-10' };
  });
}

export function invoiceOf(id: string, now: number): Invoice | undefined {
  const month = id.slice(0, 7);
  if (!invoiceSummaries(now).some((one) => one.id === id)) {
    return undefined;
  }
  const bill = billOf(month, now);
  const lines = linesBetween(Date.parse(bill.from), Math.min(Date.parse(bill.to), now));
  const corrections: readonly InvoiceLine[] = month === '2026-10' ? [{ ...lines[40]!, kind: 'utility-import', quantityWh: 340, price: retail, amount: -75_140, correction: true, counterparty: 'utility', transaction: null }] : [];
  const total = bill.total + corrections.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...bill,
    total,
    saved: total - bill.withoutCommunity,
    id,
    number: `RDF-${month}-007`,
    timeZone: zone,
    currency: 'EUR',
    issuer: 'Rua das Flores',
    member: { number: 7, name: 'Ana Sousa', address: 'cw5b1c03c86a3be0d2a53b5a72b3e0c3c19b1e2f64a6d1c33a' },
    corrections,
    lines,
    ledgerInvoice: month === '2026-11' ? null : { height: 18_230, eventIndex: 4, total, matches: true },
  };
}

export function walletEntries(now: number): readonly WalletEntry[] {
  const lines = [...linesBetween(now - 2 * 86_400_000, now)].reverse();
  const entries = lines.map((line): WalletEntry => ({ ...line, at: isoOf(Date.parse(line.delivery) + 3_600_000) }));
  return [...entries.slice(0, 9), { at: isoOf(now - 9 * 3_600_000), kind: 'deposit', amount: 30_000_000, quantityWh: null, price: null, counterparty: 'outside', estimated: false, delivery: null, transaction: hash(4711), block: 19_100, eventIndex: 0 }, ...entries.slice(9)];
}

function groupsOf(lines: readonly InvoiceLine[]): readonly InvoiceGroup[] {
  return ['trade', 'grid-fee', 'utility-import', 'utility-export'].map((kind) => {
    const own = lines.filter((line) => line.kind === kind);
    const [paid, received] = [own.filter(({ amount }) => amount < 0), own.filter(({ amount }) => amount > 0)];
    const energy = (of: readonly InvoiceLine[]) => of.reduce((sum, { quantityWh }) => sum + (quantityWh), 0);
    const amount = (of: readonly InvoiceLine[]) => of.reduce((sum, line) => sum + Math.abs(line.amount), 0);
    return { kind, energyPaidWh: energy(paid), paid: amount(paid), energySoldWh: energy(received), received: amount(received) };
  });
}
