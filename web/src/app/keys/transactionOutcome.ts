/** How it ended that somebody wanted something done on the ledger, as far as it is known. */
export type TransactionOutcome =
  /** It is done, in that final block. */
  | { readonly kind: 'done'; readonly id: string; readonly height: number }
  /** It was not done and will not be; where there is a height, that final block says so. */
  | { readonly kind: 'refused'; readonly id: string; readonly height: number | null; readonly code: string; readonly sentence: string }
  /** It may be in a block to come, until it expires. Its bytes are sent again; nothing else is signed for the same purpose. */
  | { readonly kind: 'waiting'; readonly id: string; readonly expiresAtMs: number }
  /** It can no longer happen, and this node does not know whether it did: the ledger's pages or a proof show it. */
  | { readonly kind: 'unclear'; readonly id: string }
  /** It never left this browser, or no node took it on: nothing will come of it. */
  | { readonly kind: 'not-sent'; readonly code: 'offline' | 'busy' | 'no-key' };
