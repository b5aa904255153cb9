import { type walletWords } from '../words/walletWords.ts';

const known = {
  trade: 'trade',
  'grid-fee': 'gridFee',
  imbalance: 'imbalance',
  'utility-import': 'utilityImport',
  'utility-export': 'utilityExport',
  penalty: 'penalty',
  correction: 'correction',
  deposit: 'deposit',
  withdrawal: 'withdrawal',
  'transfer-in': 'transferIn',
  'transfer-out': 'transferOut',
  stake: 'stake',
  'stake-return': 'stakeReturn',
} as const satisfies Record<string, keyof typeof walletWords>;

/** What a kind of line or movement is called. */
export function kindName(kind: string): keyof typeof walletWords {
  return kind in known ? known[kind as keyof typeof known] : 'other';
}

/** The other side of a line: `member 3`, `utility`, `dso`, `fund`, `outside`; as a name of the words and the number of a member. */
export function partyName(party: string): { readonly key: keyof typeof walletWords; readonly number: string } {
  const member = /^member (\d+)$/.exec(party);
  const key = member !== null ? 'member' : (['utility', 'dso', 'fund', 'outside'] as const).find((one) => one === party);
  return { key: key ?? 'other', number: member?.[1] ?? '' };
}
