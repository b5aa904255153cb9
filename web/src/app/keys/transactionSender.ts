import { fromHex, toHex } from '../../ledger/bytes.ts';
import { sha256 } from '../../ledger/hash.ts';
import { Call } from '../../ledger/messages.ts';
import { signTransaction } from '../../ledger/signing.ts';
import { type LedgerAccess, type NodeAnswer, Unreached } from './ledgerAccess.ts';
import { type MemberKey } from './memberKey.ts';
import { forgetPending, keepPending, pendingOf, type PendingTransaction } from './pendingTransactions.ts';
import { type TransactionOutcome } from './transactionOutcome.ts';

/** How long a transaction is good for, in the community's time. The ledger takes at most 24 hours. */
export const goodForMs = 2 * 3_600_000;

const mostGoodForMs = 23 * 3_600_000;
const leastRealMs = 600_000;
const mostAttempts = 4;

/** What stands around a sender, so that tests need no node and no clock. */
export interface SenderSettings {
  readonly ledger: LedgerAccess;
  /** Waits before the same bytes are sent again. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/**
 * Signs and sends one person's transactions, one after the other, so that no two take the same nonce.
 *
 * While it is not known what became of a transaction, its bytes are kept and sent again, and no other one is signed for the same
 * purpose: both might happen.
 */
export class TransactionSender {
  readonly #key: MemberKey;
  readonly #ledger: LedgerAccess;
  readonly #pause: (milliseconds: number) => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(key: MemberKey, { ledger, pause = usualPause }: SenderSettings) {
    this.#key = key;
    this.#ledger = ledger;
    this.#pause = pause;
  }

  /**
   * Has the calls executed, all or none.
   * @param purpose What they are for; those with the same calls are for the same where nothing is given.
   */
  signAndSend(calls: readonly Call[], purpose?: string): Promise<TransactionOutcome> {
    return this.#inTurn(async () => this.#signAndSend(calls, purpose ?? (await purposeOf(calls))));
  }

  /** Sends again what has no answer yet, and tells what became of each. */
  settle(): Promise<readonly TransactionOutcome[]> {
    return this.#inTurn(() => this.#settleAll());
  }

  async #signAndSend(calls: readonly Call[], purpose: string): Promise<TransactionOutcome> {
    try {
      const before = await pendingOf(this.#key.address);
      for (const pending of before) {
        const outcome = await this.#attempt(pending);
        // What is known not to have happened may be tried anew.
        if (pending.purpose === purpose && outcome.kind !== 'refused') {
          return outcome;
        }
      }
      return await this.#signAnew(calls, purpose);
    } catch (error) {
      // Only what comes before signing is unreached here: a transaction that was sent is waited for instead.
      if (error instanceof Unreached) {
        return { kind: 'not-sent', code: 'offline' };
      }
      throw error;
    }
  }

  async #signAnew(calls: readonly Call[], purpose: string): Promise<TransactionOutcome> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(await this.#sign(calls, purpose));
      // Another device of the same person took the nonce; what has no height was passed on by nobody.
      const wasOvertaken = outcome.kind === 'refused' && outcome.code === 'nonce-used' && outcome.height === null;
      if (!wasOvertaken || attempt === mostAttempts) {
        return outcome;
      }
    }
  }

  async #sign(calls: readonly Call[], purpose: string): Promise<PendingTransaction> {
    const [{ ledgerId, nowMs, speed }, last, pending] = await Promise.all([
      this.#ledger.community(),
      this.#ledger.lastNonce(this.#key.address),
      pendingOf(this.#key.address),
    ]);
    const nonce = pending.reduce((greatest, one) => (one.nonce > greatest ? one.nonce : greatest), last) + 1n;
    const expiresAtMs = nowMs + Math.min(mostGoodForMs, Math.max(goodForMs, leastRealMs * speed));
    const { id, bytes } = await signTransaction({ ledgerId: fromHex(ledgerId), nonce, expiresAtMs: BigInt(Math.floor(expiresAtMs)), calls }, this.#key);
    return { id: toHex(id), address: this.#key.address, purpose, nonce, expiresAtMs, bytes, maybeTaken: false };
  }

  /** Sends the bytes until there is an answer that ends the doubt, or patience does. */
  async #attempt(transaction: PendingTransaction): Promise<TransactionOutcome> {
    const { id } = transaction;
    let { maybeTaken } = transaction;
    // It must be found again after the page was closed in the middle of sending.
    await keepPending({ ...transaction, maybeTaken: true });
    for (let attempt = 1; ; attempt++) {
      const answer = await orUndefined(this.#ledger.send(transaction.bytes));
      if (answer !== undefined) {
        const end = await this.#endOf(id, answer, maybeTaken);
        if (end !== undefined) {
          await forgetPending(id);
          return end;
        }
      }
      const isPassedOver = answer !== undefined && answer.status === 'refused' && answer.height === null;
      maybeTaken ||= !isPassedOver;
      if (maybeTaken && (await this.#isOver(transaction))) {
        const found = await this.#find(id);
        await forgetPending(id);
        return found ?? { kind: 'refused', id, height: null, code: 'expired', sentence: 'The transaction expired before it was in a block.' };
      }
      if (attempt === mostAttempts || answer === undefined || answer.status === 'unknown') {
        return this.#withoutEnd(transaction, maybeTaken);
      }
      await this.#pause(1000 * attempt);
    }
  }

  async #withoutEnd({ id, expiresAtMs }: PendingTransaction, maybeTaken: boolean): Promise<TransactionOutcome> {
    if (maybeTaken) {
      return { kind: 'waiting', id, expiresAtMs };
    }
    await forgetPending(id);
    return { kind: 'not-sent', code: 'busy' };
  }

  /** The end that an answer tells, or undefined where it leaves the doubt; docs/federation.md, "What answers mean". */
  async #endOf(id: string, { status, height, code, sentence, mayStillHappen }: NodeAnswer, maybeTaken: boolean): Promise<TransactionOutcome | undefined> {
    if (status === 'final' && height !== null) {
      return { kind: 'done', id, height };
    }
    if (status === 'refused' && height !== null) {
      return { kind: 'refused', id, height, code: code ?? 'refused', sentence: sentence ?? '' };
    }
    if (status === 'unknown' && !mayStillHappen) {
      return (await orUndefined(this.#find(id))) ?? { kind: 'unclear', id };
    }
    // A refusal without a block is this node's word on what it was given now, and not on what another one, or it, took before.
    const isForGood = status === 'refused' && !temporary.has(code ?? '') && !maybeTaken;
    return isForGood ? { kind: 'refused', id, height: null, code: code ?? 'refused', sentence: sentence ?? '' } : undefined;
  }

  /** Whether a final block's time is past the expiry, so that no later one takes the transaction. */
  async #isOver({ expiresAtMs }: PendingTransaction): Promise<boolean> {
    const newest = await orUndefined(this.#ledger.newestBlockTimeMs());
    return newest !== undefined && newest >= expiresAtMs;
  }

  async #find(id: string): Promise<TransactionOutcome | undefined> {
    const found = await this.#ledger.find(id);
    if (found === undefined) {
      return undefined;
    }
    const { height, code, sentence } = found;
    return code === null ? { kind: 'done', id, height } : { kind: 'refused', id, height, code, sentence: sentence ?? '' };
  }

  async #settleAll(): Promise<readonly TransactionOutcome[]> {
    const outcomes: TransactionOutcome[] = [];
    for (const pending of await pendingOf(this.#key.address)) {
      outcomes.push(await this.#attempt(pending));
    }
    return outcomes;
  }

  /** One thing after the other, also when two pages of this browser are open. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const locks = globalThis.navigator?.locks;
    const alone = () => (locks === undefined ? work() : (locks.request(`commonwatt-${this.#key.address}`, work) as Promise<T>));
    const turn = this.#last.then(alone, alone);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

// Not passed on for now: the same bytes may be taken a moment later.
const temporary: ReadonlySet<string> = new Set(['busy', 'stopping', 'not-validator', 'too-many-waiting']);

async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Unreached) {
      return undefined;
    }
    throw error;
  }
}

async function purposeOf(calls: readonly Call[]): Promise<string> {
  return toHex(await sha256(...calls.map((call) => Call.encode(call))));
}

function usualPause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
