import { type Bytes, concat, toUnsigned, unsigned } from './bytes.ts';
import { halfOrder, order } from './curve.ts';
import { cryptography } from './hash.ts';
import { type Call, Transaction, TransactionBody } from './messages.ts';
import { type PublicKey } from './publicKey.ts';
import { readTransaction, signedBySender, transactionId } from './transaction.ts';

/** Whoever signs: a key of which only the public half is known here. */
export interface Signer {
  readonly publicKey: PublicKey;
  /** The signature over SHA-256 of what is given, r and s in 32 bytes each, in the form that the ledger takes. */
  sign(signed: Bytes): Promise<Bytes>;
}

/** What a transaction says, but for the sender, who is the signer. */
export interface TransactionTerms {
  readonly ledgerId: Bytes;
  /** Greater than the sender's last. */
  readonly nonce: bigint;
  /** After block time, and at most 24 hours after it; milliseconds since 1970. */
  readonly expiresAtMs: bigint;
  readonly calls: readonly Call[];
}

/** A transaction that can be sent, as often as need be. */
export interface SignedTransaction {
  readonly id: Bytes;
  /** The encoded `Transaction`. */
  readonly bytes: Bytes;
}

/** Signs a transaction; refused is one that no ledger would read, such as one that is too long. */
export async function signTransaction({ ledgerId, nonce, expiresAtMs, calls }: TransactionTerms, signer: Signer): Promise<SignedTransaction> {
  const body = TransactionBody.encode({ ledgerId, sender: signer.publicKey.address, nonce, expiresAtMs, calls });
  const signature = await signer.sign(signedBySender(body));
  const bytes = Transaction.encode({ body, publicKey: signer.publicKey.bytes, signature });
  readTransaction(bytes);
  return { id: await transactionId(body), bytes };
}

/** Signs with a key of the browser's or Node's own cryptography. */
export async function signWith(privateKey: CryptoKey, signed: Bytes): Promise<Bytes> {
  return withSmallerS(new Uint8Array(await cryptography().sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signed)));
}

/** Of the two signatures that differ in the sign of s, the one that the ledger takes. */
export function withSmallerS(signature: Bytes): Bytes {
  const s = toUnsigned(signature.subarray(32));
  return s <= halfOrder ? signature : concat(signature.subarray(0, 32), unsigned(order - s, 32));
}
