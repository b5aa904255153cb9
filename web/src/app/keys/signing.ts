import { type Call } from '../../ledger/messages.ts';
import { findKey } from './keyStore.ts';
import { HttpLedgerAccess } from './ledgerAccess.ts';
import { type MemberKey } from './memberKey.ts';
import { type TransactionOutcome } from './transactionOutcome.ts';
import { TransactionSender } from './transactionSender.ts';

const ledger = new HttpLedgerAccess();
const senders = new Map<string, TransactionSender>();

/**
 * Has calls executed in the name of the person who is signed in, all or none.
 * @param purpose What they are for: nothing else is signed for it while it may still happen. Calls that are the same are for the same.
 */
export async function signAndSend(person: string, calls: readonly Call[], purpose?: string): Promise<TransactionOutcome> {
  const own = await findKey(person);
  return own === undefined ? { kind: 'not-sent', code: 'no-key' } : senderOf(own.key).signAndSend(calls, purpose);
}

/** Sends again what has no answer yet; for the start of the pages, and from time to time. */
export async function settlePending(person: string): Promise<readonly TransactionOutcome[]> {
  const own = await findKey(person);
  return own === undefined ? [] : senderOf(own.key).settle();
}

// One sender a key: it is what keeps transactions in turn.
function senderOf(key: MemberKey): TransactionSender {
  const known = senders.get(key.address);
  if (known !== undefined) {
    return known;
  }
  const sender = new TransactionSender(key, { ledger });
  senders.set(key.address, sender);
  return sender;
}
