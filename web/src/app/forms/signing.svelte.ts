import { type Call } from '../../ledger/messages.ts';
import { Refused } from '../../ledger/outcome.ts';
import { findKey } from '../keys/keyStore.ts';
import { signAndSend } from '../keys/signing.ts';
import { sentenceOf } from '../keys/outcomeSentences.ts';
import { type TransactionOutcome } from '../keys/transactionOutcome.ts';
import { signedIn } from '../kit/session.svelte.ts';
import { language } from '../kit/words.svelte.ts';

/** What somebody signs on a page: whether he can, whether it is under way, and how it ended. */
export class Signing {
  /** False where this browser has no key of the person's; undefined until that is known. */
  canSign = $state<boolean>();
  isBusy = $state(false);
  outcome = $state.raw<TransactionOutcome>();
  /** Why it was not even signed. */
  fault = $state<string>();

  /** To be made while a component is. */
  constructor() {
    $effect(() => {
      const own = signedIn();
      void (own === null ? Promise.resolve(undefined) : findKey(own.id)).then((key) => (this.canSign = key !== undefined));
    });
  }

  /** What to tell the person, in his language. */
  get sentence(): string | undefined {
    return this.fault ?? (this.outcome === undefined ? undefined : sentenceOf(this.outcome, language()));
  }

  get isDone(): boolean {
    return this.outcome?.kind === 'done';
  }

  /** How the last one ended is of no interest any more: what it was about is being changed. */
  forget(): void {
    if (!this.isBusy) {
      this.outcome = undefined;
      this.fault = undefined;
    }
  }

  /** Has the calls executed; true where they are done. An address with a typing error is told of instead. */
  async run(calls: Call | readonly (Call | Promise<Call>)[] | Promise<Call>, purpose?: string): Promise<boolean> {
    const signer = signedIn();
    this.outcome = undefined;
    this.fault = undefined;
    if (signer === null || this.isBusy) {
      return false;
    }
    this.isBusy = true;
    try {
      const wanted = await Promise.all(Array.isArray(calls) ? calls : [calls as Call]);
      this.outcome = await signAndSend(signer.id, wanted, purpose);
      return this.isDone;
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      this.fault = error.message;
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}
