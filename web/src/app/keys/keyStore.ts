import { type KeptKey, MemberKey } from './memberKey.ts';
import { inTable, keysTable } from './keyDatabase.ts';

interface KeptEntry extends KeptKey {
  readonly person: string;
  readonly hasPhrase: boolean;
}

/** A person's key in this browser. */
export interface OwnKey {
  readonly key: MemberKey;
  /** Whether it comes from a phrase, so that it can be brought back. */
  readonly hasPhrase: boolean;
}

/** The person's key, or undefined where this browser has none of his. */
export async function findKey(person: string): Promise<OwnKey | undefined> {
  const entry = await inTable<KeptEntry | undefined>(keysTable, 'readonly', (table) => table.get(person));
  return entry === undefined ? undefined : { key: await MemberKey.of(entry), hasPhrase: entry.hasPhrase };
}

/** Keeps the key for the person, in place of the one before. */
export async function keepKey(person: string, { key, hasPhrase }: OwnKey): Promise<void> {
  const entry: KeptEntry = { person, ...key.kept, hasPhrase };
  await inTable(keysTable, 'readwrite', (table) => table.put(entry));
}

/** Takes the key out of this browser. Without a phrase it is gone for good. */
export async function forgetKey(person: string): Promise<void> {
  await inTable(keysTable, 'readwrite', (table) => table.delete(person));
}

/** Asks the browser not to delete the keys when its disk gets full; false where it would not promise. */
export async function keepForGood(): Promise<boolean> {
  return (await globalThis.navigator?.storage?.persist?.()) ?? false;
}
