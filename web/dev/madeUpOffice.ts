import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Connect, type Plugin } from 'vite';
import { parseAddress } from '../src/ledger/address.ts';
import { toHex } from '../src/ledger/bytes.ts';
import { OfficeCommunity } from './officeCommunity.ts';
import { OfficeLedger } from './officeLedger.ts';

const bytesType = 'application/octet-stream';

/** What the ledger's pages and those of managers and of the grid's operator ask for, from a small ledger in memory. */
export function madeUpOffice(): Plugin {
  let office: Promise<Office> | undefined;
  const answer: Connect.NextHandleFunction = (request, response, next) => {
    office ??= Office.open();
    void office.then(async (opened) => ((await opened.answer(request, response)) ? undefined : next())).catch(next);
  };
  return {
    name: 'made-up-office',
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => void server.middlewares.use(answer),
  };
}

type Handler = (part: Readonly<Record<string, string>>, query: URLSearchParams, body: Record<string, unknown>) => unknown;

class Office {
  readonly #handlers: readonly (readonly [string, RegExp, Handler])[];

  private constructor(
    private readonly ledger: OfficeLedger,
    private readonly community: OfficeCommunity,
  ) {
    this.#handlers = this.#routes();
  }

  static async open(): Promise<Office> {
    const ledger = await OfficeLedger.of(60, Date.now());
    return new Office(ledger, new OfficeCommunity(ledger, () => Date.now()));
  }

  /** Answers what is its own; false for what is not. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/transactions' && request.method === 'POST') {
      await this.ledger.take(await bodyOf(request), Date.now()).then(({ id, height }) => send(response, { id, status: 'final', height, code: null, sentence: null, mayStillHappen: false }));
      return true;
    }
    for (const [method, pattern, handler] of this.#handlers) {
      const found = request.method === method ? pattern.exec(url.pathname) : null;
      if (found !== null) {
        const text = new TextDecoder().decode(await bodyOf(request));
        const answer = await handler(found.groups ?? {}, url.searchParams, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
        send(response, answer);
        return true;
      }
    }
    return false;
  }

  #routes(): readonly (readonly [string, RegExp, Handler])[] {
    const { ledger, community } = this;
    const ms = (text: string | null) => Date.parse(text ?? '');
    const on = (method: string, path: string, handler: Handler) =>
      [method, new RegExp(`^${path.startsWith('/validator') ? '' : '/api/v1'}${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), handler] as const;
    return [
      on('GET', '/ledger/blocks', async (_, query) => this.#blocks(Number(query.get('cursor') ?? ledger.blocks.length), Number(query.get('limit') ?? 100))),
      on('GET', '/ledger/blocks/:height', ({ height }) => ledger.detailOf(Number(height))),
      on('GET', '/ledger/transactions/:id', ({ id }) => ledger.transactionOf(id!)),
      on('GET', '/ledger/transactions/:id/proof', ({ id }) => ledger.proofOf(id!)),
      on('GET', '/ledger/events/:height/:index/proof', ({ height, index }) => ledger.receiptProof(Number(height), Number(index))),
      on('GET', '/ledger/addresses/:address', ({ address }) => ledger.addressOf(address!)),
      on('GET', '/ledger/accounts/:address', async ({ address }) => ({ address, kinds: [], nonce: String(ledger.nonceOf(await parseAddress(address!))) })),
      on('GET', '/ledger/accounts/:address/proof', async ({ address }) => ledger.accountProof(await parseAddress(address!))),
      on('GET', '/ledger/search', async (_, query) => this.#search(query.get('q') ?? '')),
      on('GET', '/ledger/genesis', () => ledger.genesis),
      on('GET', '/validator-changes', () => new Uint8Array(0)),
      on('GET', '/overview', () => community.overview()),
      on('GET', '/meters', () => community.meters()),
      on('GET', '/market/periods', (_, query) => community.periods(ms(query.get('from')), ms(query.get('to')))),
      on('GET', '/market/periods/:start', ({ start }) => community.period(Date.parse(decodeURIComponent(start!)))),
      on('GET', '/settlement', (_, query) => community.settlement(ms(query.get('from')), ms(query.get('to')), query.get('kind'), query.get('member'))),
      on('GET', '/members', () => community.members(true)),
      on('GET', '/people', async () => ({ items: (await community.members(true) as { items: { number: number; address: string; name: string }[] }).items.map(({ number, address, name }) => ({ id: `p-${number}`, name, roles: ['member'], address, memberNumber: number })), next: null })),
      on('POST', '/people/:id/erase', () => null),
      on('GET', '/admissions', () => community.admissions()),
      on('GET', '/gateway', () => community.gateway()),
      on('GET', '/invitations', () => ({ items: community.invitations, next: null })),
      on('POST', '/invitations', (_, __, body) => community.invite(body)),
      on('DELETE', '/invitations/:id', ({ id }) => without(community.invitations, id!)),
      on('GET', '/clients', () => ({ items: community.clients, next: null })),
      on('POST', '/clients', (_, __, body) => community.addClient(body)),
      on('DELETE', '/clients/:id', ({ id }) => without(community.clients, id!)),
      on('GET', '/rules', () => community.rules()),
      on('GET', '/grid', (_, query) => community.grid(ms(query.get('from')), ms(query.get('to')))),
      on('GET', '/invoices', () => community.invoices()),
    ];
  }

  async #blocks(below: number, limit: number): Promise<object> {
    const heights = Array.from({ length: Math.min(limit, below) }, (_, place) => below - 1 - place);
    const last = heights.at(-1) ?? 0;
    return { items: await Promise.all(heights.map((height) => this.ledger.summaryOf(height))), next: last === 0 ? null : String(last) };
  }

  async #search(text: string): Promise<object> {
    if (/^\d{1,9}$/.test(text) && Number(text) < this.ledger.blocks.length) {
      return { kind: 'block', key: text };
    }
    if (this.ledger.find(text) !== undefined) {
      return { kind: 'transaction', key: text };
    }
    return /^cw[0-9a-f]{48}$/.test(text) ? { kind: 'address', key: text } : { kind: 'none', key: null };
  }

  /** The ledger's id, for who tells of the community. */
  get ledgerId(): string {
    return toHex(this.ledger.ledgerId);
  }
}

function without(list: Record<string, unknown>[], id: string): object {
  list.splice(0, list.length, ...list.filter((one) => one['id'] !== id));
  return {};
}

function send(response: ServerResponse, answer: unknown): void {
  if (answer instanceof Uint8Array) {
    response.setHeader('content-type', bytesType);
    response.end(answer);
    return;
  }
  response.statusCode = answer === undefined ? 404 : 200;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer ?? { detail: 'There is no such thing here.', code: 'not-found' }));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Uint8Array.from(Buffer.concat(parts));
}
