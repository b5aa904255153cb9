import { eventLineKinds, type EventLine, type EventParty, type ReadEvent } from '../../ledger/marketEvents.ts';
import { clock, dateTime, energy, exactMoney, power, price } from '../kit/format.ts';
import { type proofWords } from '../words/proofWords.ts';
import { type WantedLine } from './proofLink.ts';

type Say = (key: keyof typeof proofWords & string, values?: Readonly<Record<string, string | number>>) => string;

/** One thing that a receipt says, in words. */
export interface Statement {
  readonly text: string;
  /** The money it is about, in micro-units of the currency; undefined where it is about none. */
  readonly amount?: number;
  readonly deliveryMs?: number;
  readonly members: readonly number[];
  readonly line: WantedLine;
}

/** What statements are written with. */
export interface Telling {
  readonly say: Say;
  /** The name of a member, where this reader may know it. */
  readonly nameOf: (member: number) => string | undefined;
  /** How long a delivery is. */
  readonly periodMs: number;
}

/** What an event says, one statement for each line of it. */
export function statementsOf(event: ReadEvent, { say, nameOf, periodMs }: Telling): readonly Statement[] {
  const who = (member: number): string => nameOf(member) ?? say('member', { number: member });
  const delivery = (ms: number): string => `${dateTime(ms)}–${clock(ms + periodMs)}`;
  switch (event.kind) {
    case 'cleared':
      return event.trades.map(({ buyer, seller, quantityWh, price: at, amount }) => ({
        text: say('traded', { buyer: who(buyer), seller: who(seller), energy: energy(quantityWh), amount: exactMoney(amount), price: price(at), delivery: delivery(event.deliveryMs) }),
        amount,
        deliveryMs: event.deliveryMs,
        members: [buyer, seller],
        line: { kind: 'trade', amount, quantityWh },
      }));
    case 'settled':
    case 'corrected':
      return event.lines.map((line) => ({
        text: `${say(lineWords[line.kind], { from: payer(line.from, say, who), to: payee(line.to, say, nameOf), amount: exactMoney(line.amount), energy: energy(line.quantityWh), delivery: delivery(event.deliveryMs) })}${marks(line, say)}`,
        amount: line.amount,
        deliveryMs: event.deliveryMs,
        members: [line.from, line.to].flatMap((party) => (party.kind === 'member' ? [party.member] : [])),
        line: { kind: line.kind, amount: line.amount, quantityWh: line.quantityWh },
      }));
    case 'order-placed': {
      const values = { member: who(event.member), energy: energy(event.quantityWh), price: price(event.price), delivery: delivery(event.deliveryMs) };
      return [{ text: say(event.side === 'buy' ? 'wouldBuy' : 'wouldSell', values), deliveryMs: event.deliveryMs, members: [event.member], line: {} }];
    }
    case 'order-withdrawn':
      return [{ text: say('withdrew', { member: who(event.member), label: event.label, delivery: delivery(event.deliveryMs) }), deliveryMs: event.deliveryMs, members: [event.member], line: {} }];
    case 'invoice-issued': {
      const owed = event.sums.reduce((sum, { paid, received }) => sum + paid - received, 0);
      const values = { member: who(event.member), from: dateTime(event.fromMs), until: dateTime(event.untilMs), amount: exactMoney(Math.abs(owed)) };
      return [{ text: say(owed >= 0 ? 'invoiceOwed' : 'invoiceCredit', values), amount: Math.abs(owed), members: [event.member], line: {} }];
    }
    case 'reported': {
      const values = { member: who(event.member), import: energy(event.importWh), export: energy(event.exportWh), delivery: delivery(event.deliveryMs) };
      return [{ text: say('counted', values), deliveryMs: event.deliveryMs, members: [event.member], line: {} }];
    }
    case 'member-registered':
      return [{ text: say('registered', { member: who(event.member), power: power(event.connectionW), address: event.address }), members: [event.member], line: {} }];
    case 'transferred':
      return [{ text: say('transferred', { amount: exactMoney(event.amount), from: event.from, to: event.to }), amount: event.amount, members: [], line: { amount: event.amount } }];
  }
}

/** Those that a reader came for: the line that he followed here, or else those that are about himself. */
export function chosenStatements(all: readonly Statement[], wanted: WantedLine, own: number | undefined): readonly Statement[] {
  const mine = all.filter(({ members }) => own !== undefined && members.includes(own));
  if (wanted.amount === undefined) {
    return mine.length > 0 ? mine : all.length === 1 ? all : [];
  }
  const fits = ({ line }: Statement): boolean =>
    line.amount === wanted.amount &&
    (wanted.quantityWh === undefined || line.quantityWh === wanted.quantityWh) &&
    (wanted.kind === undefined || !(eventLineKinds as readonly string[]).includes(wanted.kind) || line.kind === wanted.kind);
  const found = mine.filter(fits);
  return found.length > 0 ? found : all.filter(fits);
}

const lineWords = {
  trade: 'paidTrade',
  'grid-fee': 'paidGridFee',
  imbalance: 'paidImbalance',
  'utility-import': 'paidImport',
  'utility-export': 'paidExport',
  penalty: 'paidPenalty',
} as const satisfies Record<EventLine['kind'], keyof typeof proofWords>;

function payer(party: EventParty, say: Say, who: (member: number) => string): string {
  return party.kind === 'member' ? who(party.member) : say(({ utility: 'utility', dso: 'dso', fund: 'fund' } as const)[party.kind]);
}

function payee(party: EventParty, say: Say, nameOf: Telling['nameOf']): string {
  if (party.kind !== 'member') {
    return say(({ utility: 'toUtility', dso: 'toDso', fund: 'toFund' } as const)[party.kind]);
  }
  const name = nameOf(party.member);
  return name === undefined ? say('toMember', { number: party.member }) : say('toName', { name });
}

function marks({ isEstimated, isCorrection }: EventLine, say: Say): string {
  const found = [...(isEstimated ? [say('estimated')] : []), ...(isCorrection ? [say('correction')] : [])];
  return found.length === 0 ? '' : ` (${found.join(', ')})`;
}
