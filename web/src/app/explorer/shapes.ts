/** A block, as lists show it. */
export interface BlockSummary {
  readonly height: number;
  readonly time: string;
  readonly hash: string;
  readonly transactions: number;
  /** Calls of the ledger's own schedule. */
  readonly scheduled: number;
  readonly events: number;
  readonly proposer: string;
  readonly signatures: number;
  readonly batchBytes: number;
}

/** What became of a transaction or of a call of the schedule, as lists show it. */
export interface ReceiptShown {
  readonly id: string;
  readonly height: number;
  readonly index: number;
  readonly scheduled: boolean;
  /** Null for the schedule. */
  readonly sender: string | null;
  /** What is called first, such as `market.place`; null for the schedule. */
  readonly call: string | null;
  readonly calls: number;
  readonly outcome: { readonly code: string; readonly sentence: string } | null;
}

export interface BlockShown {
  readonly block: BlockSummary;
  readonly header: Readonly<Record<string, string>>;
  readonly items: readonly ReceiptShown[];
  readonly next: string | null;
}

/** Fields by name; null where the node does not know what the bytes mean. */
export type FieldsShown = Readonly<Record<string, unknown>> | null;

export interface TransactionShown {
  readonly receipt: ReceiptShown;
  readonly time: string;
  readonly nonce: string | null;
  readonly expiresAt: string | null;
  readonly arguments: readonly { readonly contract: string; readonly method: string; readonly arguments: FieldsShown; readonly hex: string }[];
  readonly events: readonly { readonly index: number; readonly name: string; readonly fields: FieldsShown; readonly hex: string }[];
}

export interface AddressShown {
  readonly address: string;
  readonly kinds: readonly string[];
  readonly memberNumber: number | null;
  readonly power: number | null;
  readonly items: readonly ReceiptShown[];
  readonly next: string | null;
}
