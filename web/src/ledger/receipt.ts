import { type Bytes, bytesField, concat, hashSize, textField, u32 } from './bytes.ts';
import { LayoutReader } from './layout.ts';
import { Refused } from './outcome.ts';

// In UTF-16 units, as strings are counted here anyway.
const longestCode = 64;
const longestSentence = 1000;

/** Where what was executed came from; the place is the number on the wire. */
export const origins = ['transaction', 'schedule', 'genesis'] as const;
export type Origin = (typeof origins)[number];

/** Why something was not done. */
export interface Refusal {
  /** A word for programs. */
  readonly code: string;
  /** A sentence for people. */
  readonly sentence: string;
}

/** What a contract told the world. */
export interface LedgerEvent {
  readonly name: string;
  /** The contract's fixed layout. */
  readonly data: Bytes;
}

/** What became of a transaction or a call. */
export interface Receipt {
  readonly origin: Origin;
  /** The transaction's id, or the digest of the call. */
  readonly subject: Bytes;
  /** Undefined where it was done. */
  readonly refusal: Refusal | undefined;
  readonly events: readonly LedgerEvent[];
}

export function readReceipt(encoded: Uint8Array): Receipt {
  const reader = new LayoutReader(encoded, 'A receipt');
  const origin = origins[reader.u8()];
  if (origin === undefined) {
    throw new Refused('A receipt has an unknown origin.');
  }
  const subject = reader.take(hashSize);
  const refusal = readRefusal(reader);
  const count = reader.u32();
  const events: LedgerEvent[] = [];
  for (let i = 0; i < count; i++) {
    events.push({ name: reader.text(), data: reader.bytes() });
  }
  reader.end();
  return { origin, subject, refusal, events };
}

function readRefusal(reader: LayoutReader): Refusal | undefined {
  const done = reader.u8();
  if (done > 1) {
    throw new Refused('A receipt says neither done nor refused.');
  }
  if (done === 1) {
    return undefined;
  }
  const refusal = { code: reader.text(), sentence: reader.text() };
  const { code, sentence } = refusal;
  if (code === '' || code.length > longestCode || sentence === '' || sentence.length > longestSentence) {
    throw new Refused(`A refusal has a code of 1 to ${longestCode} characters and a sentence of 1 to ${longestSentence}.`);
  }
  return refusal;
}

export function writeReceipt(receipt: Receipt): Bytes {
  const { origin, subject, refusal, events } = receipt;
  return concat(
    Uint8Array.of(origins.indexOf(origin)),
    subject,
    Uint8Array.of(refusal === undefined ? 1 : 0),
    ...(refusal === undefined ? [] : [textField(refusal.code), textField(refusal.sentence)]),
    u32(events.length),
    ...events.flatMap(({ name, data }) => [textField(name), bytesField(data)]),
  );
}

// docs/ledger.md, "Transactions": a transaction refused with one of these was not admitted.
const admissionCodes: ReadonlySet<string> = new Set([
  'wrong-ledger',
  'bad-signature',
  'expired',
  'expires-too-late',
  'unknown-sender',
  'nonce-used',
  'block-full',
]);

/** Whether the transaction was admitted, so that no other receipt on this ledger says what became of it. */
export function wasAdmitted(receipt: Receipt): boolean {
  return receipt.refusal === undefined || !admissionCodes.has(receipt.refusal.code);
}
