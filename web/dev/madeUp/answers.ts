import { type Resolution } from '../../src/app/kit/range.ts';
import { type Session } from '../../src/app/kit/types.ts';
import { dayAt, startOfDay, addDays } from '../../src/app/kit/calendar.ts';
import { energyRows } from './energy.ts';
import { homeAt } from './home.ts';
import { feedIn, retail, zone } from './household.ts';
import { mandate, orders, priceRows, trades } from './market.ts';
import { billOf, invoiceOf, invoiceSummaries, linesBetween, walletEntries } from './money.ts';

/** A request, as far as the answers depend on it. */
export interface Asked {
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly parameters: readonly string[];
  readonly now: number;
  /** Who is signed in: the id of one of the people, or nobody. */
  readonly who: string | null;
}

/** A status with a body, or with undefined for none; `who` signs somebody in or out. */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly who?: string | null;
}

type Answerer = (asked: Asked) => Answer;

const people = [
  { id: 'ana', name: 'Ana Sousa', role: 'member', home: 'sun, battery and a car' },
  { id: 'rui', name: 'Rui Lopes', role: 'member', home: 'a flat without a roof' },
  { id: 'marta', name: 'Marta Reis', role: 'manager', home: null },
  { id: 'dso', name: 'Norte Distribution', role: 'dso', home: null },
] as const;

export function sessionOf(who: string | null): Session {
  const found = people.find(({ id }) => id === who);
  if (found === undefined) {
    return { signedIn: false, person: null, demo: true };
  }
  const isMember = found.role === 'member';
  return {
    signedIn: true,
    demo: true,
    person: { id: found.id, name: found.name, roles: [found.role], address: isMember ? 'cw5b1c03c86a3be0d2a53b5a72b3e0c3c19b1e2f64a6d1c33a' : null, memberNumber: isMember ? 7 : null, language: null, timeZone: null, hasPasskey: true, hasPassword: false },
  };
}

const refusal = (status: number, code: string, detail: string, field?: string): Answer => ({ status, body: { type: 'about:blank', title: code, status, detail, code, field } });
const missing = refusal(404, 'not-found', 'There is no such thing here.');
const between = ({ query, now }: Asked): [number, number] => {
  const today = dayAt(now, zone);
  return [Date.parse(query.get('from') ?? '') || startOfDay(today, zone), Date.parse(query.get('to') ?? '') || startOfDay(addDays(today, 1), zone)];
};
const pageOf = <T>(all: readonly T[], { query }: Asked, usual = 50) => {
  const [start, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit') ?? usual)];
  return { items: all.slice(start, start + limit), next: start + limit < all.length ? String(start + limit) : null };
};

/** Each with a method, a path as a regular expression below /api/v1, and whether one must be signed in. */
export const answers: readonly (readonly [string, RegExp, Answerer])[] = [
  ['GET', /^\/session$/, ({ who }) => ({ body: sessionOf(who) })],
  ['DELETE', /^\/session$/, () => ({ status: 204, who: null })],
  ['GET', /^\/session\/all$/, ({ now }) => ({ body: { items: [
    { id: 's1', device: 'Firefox on Linux', createdAt: new Date(now - 3e8).toISOString(), lastSeenAt: new Date(now - 4e4).toISOString(), current: true },
    { id: 's2', device: 'Safari on iPhone', createdAt: new Date(now - 9e8).toISOString(), lastSeenAt: new Date(now - 8e6).toISOString(), current: false },
  ] } })],
  ['DELETE', /^\/session\/all\/(.+)$/, () => ({ status: 204 })],
  ['POST', /^\/session\/password$/, ({ body }) => (body['code'] === '123456' ? { body: sessionOf('ana'), who: 'ana' } : refusal(401, 'wrong-sign-in', 'The e-mail address, the password or the code is wrong.'))],
  ['GET', /^\/demo\/people$/, () => ({ body: people })],
  ['POST', /^\/demo\/sign-in$/, ({ body }) => ({ body: { ...sessionOf(String(body['person'])), privateKey: null }, who: String(body['person']) })],
  ['GET', /^\/invitations\/by-token\/([^/]+)$/, ({ parameters, now }) => (parameters[0] === 'gone' ? refusal(404, 'not-found', 'This invitation does not hold any more. Ask the manager for a new link.') : { body: { community: 'Rua das Flores', name: 'Inês Costa', roles: ['member'], expiresAt: new Date(now + 5e8).toISOString() } })],
  ['GET', /^\/invitations\/by-token\/([^/]+)\/totp$/, () => ({ body: { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Commonwatt:ines?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Commonwatt' } })],
  ['GET', /^\/account$/, ({ who }) => ({ body: { ...sessionOf(who).person, email: 'ana@example.org' } })],
  ['PATCH', /^\/account$/, ({ who, body }) => ({ body: { ...sessionOf(who).person, ...body, email: 'ana@example.org' } })],
  ['GET', /^\/account\/passkeys$/, ({ now }) => ({ body: { items: [{ id: 'p1', name: 'Laptop', createdAt: new Date(now - 3e9).toISOString(), lastUsedAt: new Date(now - 4e7).toISOString() }] } })],
  ['GET', /^\/community$/, ({ now }) => ({ body: {
    name: 'Rua das Flores', timeZone: zone, currency: 'EUR', ledgerId: 'e98add6417e8573c48ec65e66fe3535feb2368077ce1f0023ab6038476b3e95e', mechanism: 'pay-as-clear', periodMinutes: 15, listingLeadMinutes: 60, gateLeadMinutes: 5, readingDeadlineMinutes: 60,
    imbalance: 'pooled', shortfallPenalty: 20_000, localGridFee: 20_000, now: new Date(now).toISOString(), speed: 1, tariff: { retail, feedIn }, members: 24, started: '2026-09-01T00:00:00Z',
  } })],
  ['GET', /^\/prices$/, (asked) => ({ body: { items: priceRows(...between(asked), asked.now) } })],
  ['GET', /^\/me\/home$/, ({ now }) => ({ body: homeAt(now) })],
  ['GET', /^\/me\/today$/, (asked) => ({ body: { items: energyRows(...between(asked), 'period', asked.now) } })],
  ['GET', /^\/me\/energy$/, (asked) => ({ body: { items: energyRows(...between(asked), (asked.query.get('resolution') ?? 'hour') as Resolution, asked.now) } })],
  ['GET', /^\/me\/orders$/, ({ now }) => ({ body: { items: orders(now), next: null } })],
  ['GET', /^\/me\/trades$/, (asked) => ({ body: pageOf(trades(...between(asked), asked.now), asked) })],
  ['GET', /^\/me\/mandate$/, ({ now, who }) => ({ body: who === 'rui' ? null : mandate(now) })],
  ['GET', /^\/agent$/, () => ({ body: { address: 'cw8a40b17c3be0d2a53b5a72b3e0c3c19b1e2f64a61f9d0277' } })],
  ['GET', /^\/me\/wallet$/, () => ({ body: { balance: 24_310_000, locked: 1_130_000, creditLine: 10_000_000, available: 33_180_000 } })],
  ['GET', /^\/me\/wallet\/entries$/, (asked) => ({ body: pageOf(walletEntries(asked.now), asked, 20) })],
  ['GET', /^\/me\/bills$/, ({ query, now }) => ({ body: billOf(query.get('month') ?? dayAt(now, zone).slice(0, 7), now) })],
  ['GET', /^\/me\/bills\/lines$/, (asked) => {
    const { from, to } = billOf(asked.query.get('month') ?? '2026-11', asked.now);
    return { body: pageOf([...linesBetween(Date.parse(from), Math.min(Date.parse(to), asked.now))].reverse(), asked, 20) };
  }],
  ['GET', /^\/me\/invoices$/, ({ now }) => ({ body: { items: invoiceSummaries(now) } })],
  ['GET', /^\/me\/invoices\/(.+)$/, ({ parameters, now }) => {
    const found = invoiceOf(parameters[0]!, now);
    return found === undefined ? missing : { body: found };
  }],
];

/** What is answered to a request below /api/v1. */
export function answerTo(method: string, path: string, asked: Omit<Asked, 'parameters'>): Answer {
  for (const [forMethod, pattern, answer] of answers) {
    const found = method === forMethod ? pattern.exec(path) : null;
    if (found !== null) {
      return path.startsWith('/me/') && asked.who === null ? refusal(401, 'signed-out', 'Sign in first.') : answer({ ...asked, parameters: found.slice(1).map(decodeURIComponent) });
    }
  }
  return missing;
}
