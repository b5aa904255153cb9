import { type Bytes } from '../../ledger/bytes.ts';
import { inTable, pendingTable } from './keyDatabase.ts';

/** A transaction that was signed and whose end is not known: it may be in a block to come. */
export interface PendingTransaction {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** The sender, as it is printed. */
  readonly address: string;
  /** What it is for: nothing else is signed for the same purpose before its end is known. */
  readonly purpose: string;
  readonly nonce: bigint;
  /** Milliseconds since 1970, in the community's time. */
  readonly expiresAtMs: number;
  /** What was sent, and may be sent again. */
  readonly bytes: Bytes;
  /** Whether it left this browser and a node may have it; until then nobody else has it. */
  readonly maybeTaken: boolean;
}

/** Keeps or renews what is known of a transaction; it is on the disk afterwards. */
export async function keepPending(transaction: PendingTransaction): Promise<void> {
  await inTable(pendingTable, 'readwrite', (table) => table.put(transaction));
}

/** Those of an address, by ascending nonce. */
export async function pendingOf(address: string): Promise<readonly PendingTransaction[]> {
  const all = await inTable<PendingTransaction[]>(pendingTable, 'readonly', (table) => table.getAll());
  return all.filter((one) => one.address === address).sort((a, b) => (a.nonce < b.nonce ? -1 : 1));
}

export async function forgetPending(id: string): Promise<void> {
  await inTable(pendingTable, 'readwrite', (table) => table.delete(id));
}
