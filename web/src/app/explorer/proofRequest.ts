import { parseAddress } from '../../ledger/address.ts';
import { type Bytes, concat, equal, toHex, utf8 } from '../../ledger/bytes.ts';
import { type ProofClaim } from '../../ledger/proof.ts';

/** What a proof is asked of. */
export type ProofSubject =
  | { readonly of: 'transaction'; readonly id: string }
  | { readonly of: 'event'; readonly height: string; readonly index: string }
  | { readonly of: 'account'; readonly address: string };

/** Where the API has the proof, below its prefix. */
export function pathOfProof(subject: ProofSubject): string {
  switch (subject.of) {
    case 'transaction':
      return `/ledger/transactions/${subject.id}/proof`;
    case 'event':
      return `/ledger/events/${subject.height}/${subject.index}/proof`;
    case 'account':
      return `/ledger/accounts/${subject.address}/proof`;
  }
}

/** The name of the file that the reader keeps. */
export function fileOfProof(subject: ProofSubject): string {
  const named = subject.of === 'transaction' ? subject.id.slice(0, 12) : subject.of === 'event' ? `${subject.height}-${subject.index}` : subject.address.slice(0, 14);
  return `${subject.of}-${named}.proof`;
}

/** What the parts of a page's path ask a proof of. */
export function subjectOf({ id, address, height, index }: { id?: string; address?: string; height?: string; index?: string }): ProofSubject {
  if (id !== undefined) {
    return { of: 'transaction', id };
  }
  return address === undefined ? { of: 'event', height: height!, index: index! } : { of: 'account', address };
}

/** Whether a proof that holds is of what was asked: a node may answer with a right proof of something else. Where an event stands among those of its block no receipt says. */
export async function isOf(subject: ProofSubject, claim: ProofClaim): Promise<boolean> {
  switch (subject.of) {
    case 'transaction':
      return claim.kind === 'transaction' && toHex(claim.id) === subject.id.toLowerCase();
    case 'event':
      return claim.kind === 'receipt' && /^\d+$/.test(subject.height) && claim.block.height === BigInt(subject.height);
    case 'account':
      return claim.kind === 'state' && equal(claim.key, accountKey(await parseAddress(subject.address)));
  }
}

/** The key of somebody's account in the ledger's state. */
export function accountKey(holder: Uint8Array): Bytes {
  return concat(utf8('wallet.accounts\0'), holder);
}
