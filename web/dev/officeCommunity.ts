import { printAddress } from '../src/ledger/address.ts';
import { Draws } from '../tests/support/draws.ts';
import { SeedKey } from '../tests/support/seedKey.ts';
import { iso, type OfficeLedger } from './officeLedger.ts';

const hour = 3_600_000;
const names = ['Alves', 'Becker', 'Costa', 'Dias', 'Engel', 'Ferreira', 'Gomes', 'Hoffmann'];
const streets = ['Home', 'Bakery', 'School'];

interface Step {
  readonly price: number;
  readonly wh: number;
}

/** Made-up answers for the pages of managers, the operator of the grid and auditors. The same time gives the same answers. */
export class OfficeCommunity {
  readonly invitations: Record<string, unknown>[] = [];
  readonly clients: Record<string, unknown>[] = [{ id: 'gateway-1', name: 'Meter gateway, Green Street 4', scopes: ['readings:write'], createdAt: '2026-10-02T08:00:00Z', lastUsedAt: '2026-11-21T12:58:40Z' }];

  constructor(
    private readonly ledger: OfficeLedger,
    private readonly nowMs: () => number,
  ) {}

  overview(): object {
    const now = this.nowMs();
    return {
      selfSufficiency: 0.612,
      selfConsumption: 0.784,
      tradedWh: 184_300,
      importedWh: 96_400,
      exportedWh: 41_200,
      saved: 38_640_000,
      today: { selfSufficiency: 0.612, selfConsumption: 0.784, tradedWh: 184_300, importedWh: 96_400, exportedWh: 41_200, saved: 38_640_000 },
      month: { selfSufficiency: 0.548, selfConsumption: 0.811, tradedWh: 3_412_000, importedWh: 2_210_000, exportedWh: 702_000, saved: 702_310_000 },
      alerts: [
        { code: 'stale-meters', severity: 'warning', values: { count: 2, amount: null, seconds: null, month: null, meters: [{ memberNumber: 5 }, { memberNumber: 7 }] }, at: iso(now) },
        { code: 'other-gateway', severity: 'info', values: { count: 1, meters: [{ memberNumber: 3 }], gateway: 'cw00112233445566778899aabbccddeeff0011223344556677' }, at: iso(now) },
        { code: 'members-in-debt', severity: 'warning', values: { count: 1, amount: 1_240_000, seconds: null, month: null }, at: iso(now) },
        { code: 'no-invoice-boundary', severity: 'info', values: { count: null, amount: null, seconds: null, month: '2026-12' }, at: iso(now) },
      ],
      meters: { total: 8, stale: 1, never: 1 },
    };
  }

  async meters(): Promise<object> {
    const now = this.nowMs();
    const items = await Promise.all(
      this.ledger.members.map(async (_, i) => ({
        meter: await addressOf(`meter ${i + 1}`),
        memberNumber: i + 1,
        lastReadingAt: i === 6 ? null : iso(now - (i === 4 ? 42 * 60_000 : 4000 + i * 900)),
        intervalSeconds: 10,
        state: i === 6 ? 'never' : i === 4 ? 'stale' : 'live',
      })),
    );
    return { items, next: null };
  }

  periods(from: number, to: number): object {
    const items: object[] = [];
    for (let start = floor(from); start < to && items.length < 500; start += hour) {
      const { demand: _, supply: __, ...summary } = this.period(start) as Record<string, unknown>;
      items.push(summary);
    }
    return { items, next: null };
  }

  period(start: number): object {
    const now = this.nowMs();
    const draws = new Draws(start / hour);
    const sun = Math.max(0, Math.sin(((new Date(start).getUTCHours() - 6) / 12) * Math.PI));
    const demand = cumulative(draws, 7, 260_000, -18_000, 2200);
    const supply = cumulative(draws, 1 + Math.round(sun * 6), 82_000, 14_000, 2600);
    const isCleared = start - 5 * 60_000 <= now;
    const clearing = isCleared ? cross(demand, supply) : null;
    const phase = phaseOf(start, now);
    const isCurtailed = start === floor(now) - 5 * hour;
    return {
      start: iso(start),
      end: iso(start + hour),
      phase,
      times: {
        opened: iso(start - hour),
        gate: iso(start - 5 * 60_000),
        cleared: isCleared ? iso(start - 5 * 60_000 + 4000) : null,
        deliveryStart: iso(start),
        deliveryEnd: iso(start + hour),
        deadline: iso(start + hour + 30 * 60_000),
        settled: phase === 'settled' || phase === 'corrected' ? iso(start + hour + 31 * 60_000) : null,
      },
      price: clearing === null || clearing.wh === 0 ? null : clearing.price,
      tradedWh: isCurtailed ? Math.min(clearing!.wh, 5200) : (clearing?.wh ?? 0),
      demand,
      supply,
      curtailed: isCurtailed ? { limitW: 5200, beforeWh: clearing!.wh, afterWh: Math.min(clearing!.wh, 5200) } : null,
      orders: demand.length + supply.length,
      trades: isCleared ? Math.min(demand.length, supply.length) : 0,
    };
  }

  settlement(from: number, to: number, kind: string | null, member: string | null): object {
    const items: Record<string, unknown>[] = [];
    const last = Math.min(to, floor(this.nowMs()) - hour);
    for (let start = floor(from); start < last && items.length < 400; start += hour) {
      items.push(...this.#lines(start));
    }
    const wanted = items.filter((line) => (kind === null || line['kind'] === kind) && (member === null || line['from'] === `member ${member}` || line['to'] === `member ${member}`));
    return { items: wanted.slice(0, 100), next: wanted.length > 100 ? 'more' : null };
  }

  #lines(start: number): Record<string, unknown>[] {
    const draws = new Draws(start / hour + 9);
    const line = (fields: object, i: number) => ({
      delivery: iso(start),
      estimated: false,
      correction: false,
      block: start / hour,
      eventIndex: i,
      line: i,
      ...fields,
    });
    const [price, traded] = [120_000 + 1000 * draws.below(60), 400 + draws.below(2600)];
    const [late, quantity] = [draws.below(6) === 0, 300 + draws.below(1700)];
    return [
      line({ kind: 'trade', from: `member ${1 + draws.below(4)}`, to: `member ${5 + draws.below(4)}`, quantityWh: traded, price, amount: Math.round((traded * price) / 1000) }, 0),
      line({ kind: 'grid-fee', from: 'member 2', to: 'dso', quantityWh: traded, price: 20_000, amount: Math.round(traded * 20) }, 1),
      line({ kind: 'imbalance', from: 'member 3', to: 'member 7', quantityWh: 120, price: 150_000, amount: 18_000, estimated: late }, 2),
      line({ kind: 'utility-import', from: 'member 5', to: 'utility', quantityWh: quantity, price: 280_000, amount: Math.round(quantity * 280), correction: late }, 3),
      line({ kind: 'utility-export', from: 'utility', to: 'member 1', quantityWh: 640, price: 70_000, amount: 44_800 }, 4),
    ];
  }

  async members(withNames: boolean): Promise<object> {
    const items = await Promise.all(
      this.ledger.members.map(async ({ publicKey }, i) => ({
        number: i + 1,
        address: await printAddress(publicKey.address),
        ...(withNames ? { name: `${streets[i % 3]} ${names[i]}` } : {}),
        connectionW: 6900 + 2300 * (i % 3),
        generationW: i % 2 === 0 ? 4200 + 400 * i : 0,
        sharingWeight: 1,
        sharingTier: 0,
        suspended: i === 6,
        since: '2026-09-01T00:00:00Z',
        assets: i % 2 === 0 ? [{ name: 'Roof', kind: 'pv', powerW: 4200 + 400 * i }, ...(i === 4 ? [{ name: 'Cellar', kind: 'battery', powerW: 3000 }] : [])] : [],
        meter: await addressOf(`meter ${i + 1}`),
        creditLine: 50_000_000,
        balance: 12_000_000 + 1_700_000 * i,
      })),
    );
    return { items, next: null };
  }

  async gateway(): Promise<object> {
    return { address: await addressOf('gateway') };
  }

  async admissions(): Promise<object> {
    const meter = await addressOf('meter 9');
    return {
      items: [
        {
          personId: 'p-9',
          name: 'Inês Lopes',
          address: await addressOf('home 9'),
          connectionW: 6900,
          assets: [{ name: 'Roof', kind: 'pv', powerW: 5200 }],
          creditLine: 50_000_000,
          meter,
        },
      ],
      next: null,
    };
  }

  rules(): object {
    const now = floor(this.nowMs());
    const base = {
      periodMinutes: 60,
      listingLeadMinutes: 1440,
      gateLeadMinutes: 5,
      readingDeadlineMinutes: 30,
      correctionWindowMinutes: 86_400,
      mechanism: 'pay-as-clear',
      rationing: 'pro-rata',
      reverseAuction: 'as-offered',
      imbalance: 'pooled',
      shortfallPenalty: 50_000,
      localGridFee: 20_000,
      sharingKey: 'dynamic',
      fixedPrice: null,
    };
    return {
      inForce: { from: '2026-09-01T00:00:00Z', ...base },
      scheduled: [{ from: iso(now + 34 * hour), ...base, periodMinutes: 15, localGridFee: 18_000 }],
      tariff: { from: '2026-09-01T00:00:00Z', retail: 280_000, feedIn: 70_000 },
      tariffsAhead: [
        { from: iso(now + 10 * hour), retail: 310_000, feedIn: 70_000 },
        { from: iso(now + 15 * hour), retail: 240_000, feedIn: 65_000 },
      ],
    };
  }

  grid(from: number, to: number): object {
    const now = this.nowMs();
    const items: object[] = [];
    for (let start = floor(from); start < to && items.length < 400; start += hour) {
      const isPast = start + hour <= now;
      const clock = new Date(start).getUTCHours();
      const sun = Math.max(0, Math.sin(((clock - 6) / 12) * Math.PI));
      const evening = Math.exp(-(((clock - 19) / 2.4) ** 2));
      const draws = new Draws(start / hour + 3);
      const importWh = isPast ? Math.round(5200 + 11_000 * evening + draws.below(1500)) : null;
      const exportWh = isPast ? Math.round(15_500 * sun + draws.below(900)) : null;
      const isCurtailed = start === floor(now) - 5 * hour;
      items.push({
        start: iso(start),
        importWh,
        exportWh,
        netW: isPast ? importWh! - exportWh! : null,
        limitW: clock >= 10 && clock < 20 ? 14_000 : null,
        curtailed: isCurtailed ? { limitW: 14_000, beforeWh: 17_200, afterWh: 14_000 } : null,
      });
    }
    return { items, connectionTotalW: 69_000 };
  }

  invoices(): object {
    const items = names.flatMap((name, i) => [
      { id: `2026-10-${i + 1}`, number: `2026-10-00${i + 1}`, month: '2026-10', member: i + 1, name, from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z', total: -23_400_000 + 4_100_000 * i, withoutCommunity: -31_900_000 + 3_000_000 * i, status: 'final', hasCorrections: i === 2 },
    ]);
    return { items, next: null };
  }

  invite(body: Record<string, unknown>): object {
    const id = `i-${this.invitations.length + 1}`;
    const expiresAt = iso(this.nowMs() + 7 * 24 * hour);
    this.invitations.push({ id, name: body['name'], roles: body['roles'], expiresAt, state: 'open' });
    return { id, link: `http://localhost:5080/invitation/${id}-5f0c2b1d9a7e44d8`, expiresAt };
  }

  addClient(body: Record<string, unknown>): object {
    const id = `client-${this.clients.length + 1}`;
    this.clients.push({ id, name: body['name'], scopes: body['scopes'], createdAt: iso(this.nowMs()), lastUsedAt: null });
    return { id, secret: 'sZ4n0t-a-real-secret-7Qd2', ...body };
  }
}

function floor(ms: number): number {
  return Math.floor(ms / hour) * hour;
}

function phaseOf(start: number, now: number): string {
  if (now < start - 5 * 60_000) {
    return 'open';
  }
  if (now < start) {
    return 'cleared';
  }
  if (now < start + hour) {
    return 'delivering';
  }
  return now < start + hour + 30 * 60_000 ? 'awaiting-readings' : start % (7 * hour) === 0 ? 'corrected' : 'settled';
}

function cumulative(draws: Draws, count: number, first: number, step: number, most: number): Step[] {
  const steps: Step[] = [];
  let wh = 0;
  for (let i = 0; i < count; i++) {
    wh += 300 + draws.below(most);
    steps.push({ price: first + step * i + draws.below(6000), wh });
  }
  return steps;
}

function cross(demand: readonly Step[], supply: readonly Step[]): Step {
  let best: Step = { price: 0, wh: 0 };
  for (const { wh } of [...demand, ...supply].sort((a, b) => a.wh - b.wh)) {
    const [bid, ask] = [demand.find((step) => step.wh >= wh), supply.find((step) => step.wh >= wh)];
    if (bid !== undefined && ask !== undefined && bid.price >= ask.price) {
      best = { wh, price: Math.round((bid.price + ask.price) / 2) };
    }
  }
  return best;
}

async function addressOf(seed: string): Promise<string> {
  return printAddress((await SeedKey.of(seed)).publicKey.address);
}

