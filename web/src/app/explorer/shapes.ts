/** A block, as lists show it. */
export interface BlockSummary {
  readonly height: number;
  readonly time: string;
  readonly hash: string;
  readonly transactions: number;
  readonly events: number;
  readonly proposer: string;
  readonly signatures: number;
  readonly batchBytes: number;
}

export interface LedgerEventShown {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Its place among the receipts of its block, where the API tells it. */
  readonly index?: number;
}

export interface CallShown {
  readonly contract: string;
  readonly method: string;
  /** By name, or in hexadecimal digits where the node does not know the method. */
  readonly arguments: Readonly<Record<string, unknown>> | string;
}

export interface TransactionShown {
  readonly id: string;
  readonly height: number;
  readonly index: number;
  readonly sender: string;
  readonly nonce: number;
  readonly expiresAt: string;
  readonly calls: readonly CallShown[];
  readonly outcome: { readonly code: string; readonly sentence: string } | null;
  readonly events: readonly LedgerEventShown[];
}

/** A transaction, as lists show it. */
export interface TransactionSummary {
  readonly id: string;
  readonly height: number;
  readonly sender: string;
  readonly calls: readonly Pick<CallShown, 'contract' | 'method'>[];
  readonly outcome: { readonly code: string } | null;
  readonly time?: string;
}

export interface BlockShown extends Omit<BlockSummary, 'transactions' | 'events'> {
  readonly transactions: readonly TransactionSummary[];
  /** What happened by the schedule, without a transaction. */
  readonly events: readonly LedgerEventShown[];
}

export interface AddressShown {
  readonly address: string;
  readonly is: readonly { readonly kind: string; readonly number?: number }[];
  readonly transactions: readonly TransactionSummary[];
  readonly next: string | null;
}

export interface ListOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
