import { type Bytes, bytesField, equal, textField } from './bytes.ts';
import { sha256, underDomain } from './hash.ts';
import { latestTime } from './header.ts';
import { type Call, Transaction, TransactionBody } from './messages.ts';
import { Refused } from './outcome.ts';
import { keyOrNone } from './publicKey.ts';

/** The most bytes and the most calls of a transaction. */
export const longestTransaction = 65536;
export const mostCalls = 256;

/** A transaction in its form, whatever its signature is worth. */
export function readTransaction(encoded: Uint8Array): { readonly transaction: Transaction; readonly body: TransactionBody } {
  if (encoded.length > longestTransaction) {
    throw new Refused(`A transaction has at most ${longestTransaction} bytes; this one has ${encoded.length}.`);
  }
  const transaction = Transaction.decode(encoded);
  const body = TransactionBody.decode(transaction.body);
  if ((transaction.publicKey.length === 0) !== (transaction.signature.length === 0)) {
    throw new Refused('A transaction has a key without a signature, or a signature without a key.');
  }
  if (body.calls.length < 1 || body.calls.length > mostCalls) {
    throw new Refused(`A transaction has 1 to ${mostCalls} calls; this one has ${body.calls.length}.`);
  }
  if (body.expiresAtMs > latestTime) {
    throw new Refused('A transaction expires after the year 9999.');
  }
  return { transaction, body };
}

/** The id of the transaction: nobody can give it a second one, because its signature has no part in it. */
export function transactionId(body: Bytes): Promise<Bytes> {
  return sha256(body);
}

/** What a sender puts through SHA-256 and signs. */
export function signedBySender(body: Bytes): Bytes {
  return underDomain('commonwatt/tx/1', body);
}

/** What a proposer puts through SHA-256 and signs. */
export function signedByProposer(batchBody: Bytes): Bytes {
  return underDomain('commonwatt/batch/1', batchBody);
}

/** The id of the ledger that starts with this genesis. */
export function ledgerIdOf(genesis: Bytes): Promise<Bytes> {
  return sha256(underDomain('commonwatt/genesis/1', genesis));
}

/** What the receipt of a scheduled call, or of one of the genesis, is about. */
export function callDigest(call: Call): Promise<Bytes> {
  return sha256(underDomain('commonwatt/call/1', textField(call.contract), textField(call.method), bytesField(call.arguments)));
}

/** What can be said of a transaction's signature by whoever has the transaction alone. */
export type SenderSignature = 'valid' | 'invalid' | 'none';

/** Checks the sender's signature: the key's address must be the sender, and the signature the key's. */
export async function senderSignature(transaction: Transaction, body: TransactionBody): Promise<SenderSignature> {
  if (transaction.publicKey.length === 0) {
    return 'none';
  }
  const key = await keyOrNone(transaction.publicKey);
  const isSenders = key !== undefined && equal(key.address, body.sender);
  return isSenders && (await key.verifies(signedBySender(transaction.body), transaction.signature)) ? 'valid' : 'invalid';
}
