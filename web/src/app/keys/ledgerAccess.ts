import { type Bytes } from '../../ledger/bytes.ts';

/** A node's answer to a transaction; docs/federation.md, "What answers mean". */
export interface NodeAnswer {
  readonly status: 'final' | 'refused' | 'unknown';
  readonly height: number | null;
  readonly code: string | null;
  readonly sentence: string | null;
  readonly mayStillHappen: boolean;
}

/** What the sender of transactions needs of a node. */
export interface LedgerAccess {
  /** The last nonce that the ledger has of an address; 0n where it never sent anything. */
  lastNonce(address: string): Promise<bigint>;
  /** Which ledger, its time now, and how fast that goes: 1, or more in a demo, where two hours are soon over. */
  community(): Promise<{ readonly ledgerId: string; readonly nowMs: number; readonly speed: number }>;
  /** The time of the newest final block that `find` knows; undefined where there is none. */
  newestBlockTimeMs(): Promise<number | undefined>;
  /**
   * Sends an encoded transaction, and waits some seconds for its block.
   * @throws Unreached where nobody can say whether the node has it.
   */
  send(bytes: Bytes): Promise<NodeAnswer>;
  /** What the tables of blocks have of a transaction; undefined where it is in none. */
  find(id: string): Promise<{ readonly height: number; readonly code: string | null; readonly sentence: string | null } | undefined>;
}

/** The node did not answer, or not with anything that says what became of it. */
export class Unreached extends Error {
  override readonly name = 'Unreached';
}

/** The node that this page came from. */
export class HttpLedgerAccess implements LedgerAccess {
  readonly #fetch: typeof fetch;

  constructor(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  async lastNonce(address: string): Promise<bigint> {
    return BigInt((await this.#json<{ nonce: number | string }>(`/api/v1/ledger/accounts/${address}`))?.nonce ?? 0);
  }

  async community(): Promise<{ ledgerId: string; nowMs: number; speed: number }> {
    const community = await this.#json<{ ledgerId: string; now: string; speed?: number }>('/api/v1/community');
    if (community === undefined) {
      throw new Unreached('The node does not tell which community it is of.');
    }
    return { ledgerId: community.ledgerId, nowMs: Date.parse(community.now), speed: community.speed ?? 1 };
  }

  async newestBlockTimeMs(): Promise<number | undefined> {
    const newest = (await this.#json<{ items: { time: string }[] }>('/api/v1/ledger/blocks?limit=1'))?.items[0];
    return newest === undefined ? undefined : Date.parse(newest.time);
  }

  async send(bytes: Bytes): Promise<NodeAnswer> {
    const headers = { 'content-type': 'application/octet-stream', 'x-commonwatt': '1' };
    const response = await this.#reach('/transactions?wait=10', { method: 'POST', body: bytes, headers });
    const answer = (await response.json().catch(() => undefined)) as Partial<NodeAnswer> | undefined;
    if (answer?.status === undefined) {
      throw new Unreached(`The node answered with ${response.status}, which says nothing about the transaction.`);
    }
    const { status, height = null, code = null, sentence = null, mayStillHappen = true } = answer;
    return { status, height, code, sentence, mayStillHappen };
  }

  async find(id: string): Promise<{ height: number; code: string | null; sentence: string | null } | undefined> {
    const found = await this.#json<{ receipt: { height: number; outcome: { code: string; sentence: string } | null } }>(`/api/v1/ledger/transactions/${id}`);
    if (found === undefined) {
      return undefined;
    }
    const { height, outcome } = found.receipt;
    return { height, code: outcome?.code ?? null, sentence: outcome?.sentence ?? null };
  }

  async #json<T>(path: string): Promise<T | undefined> {
    const response = await this.#reach(path, { headers: { accept: 'application/json' } });
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw new Unreached(`The node answered ${path} with ${response.status}.`);
    }
    return (await response.json()) as T;
  }

  async #reach(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(path, init);
    } catch {
      throw new Unreached('The node cannot be reached.');
    }
  }
}
