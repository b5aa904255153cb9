import { managerWords } from '../words/managerWords.ts';

type Say = (key: keyof typeof managerWords, values?: Readonly<Record<string, string | number>>) => string;

/** Somebody that a line of a settlement pays or charges: a member's number, or `member 3`, `utility`, `dso`, `fund`. */
export type Party = number | string;

/** A party in words; a name is put before the number where the reader may know it. */
export function partyName(party: Party, say: Say, names: ReadonlyMap<number, string> = new Map()): string {
  if (typeof party === 'number') {
    const name = names.get(party);
    return name === undefined ? say('memberNumber', { number: party }) : `${name} (${party})`;
  }
  const member = /^member (\d+)$/.exec(party);
  if (member !== null) {
    return partyName(Number(member[1]), say, names);
  }
  return party === 'utility' ? say('utility') : party === 'dso' ? say('dsoParty') : party === 'fund' ? say('fund') : party;
}

const kinds: Readonly<Record<string, keyof typeof managerWords>> = {
  trade: 'kindTrade',
  'grid-fee': 'kindGridFee',
  imbalance: 'kindImbalance',
  'utility-import': 'kindUtilityImport',
  'utility-export': 'kindUtilityExport',
  penalty: 'kindPenalty',
};

/** The kinds of lines that can be asked for. */
export const lineKinds: readonly string[] = Object.keys(kinds);

export function kindName(kind: string, say: Say): string {
  const word = kinds[kind];
  return word === undefined ? kind : say(word);
}
