import { type Bytes, equal, u16 } from './bytes.ts';
import { sha256 } from './hash.ts';
import { type PathStep } from './merkleTree.ts';

const leafPrefix = Uint8Array.of(0);
const branchPrefix = Uint8Array.of(1);

/** The most bytes of a key. */
export const longestKey = 255;

/** The most branches on the way to an entry: nine positions for each byte of the longest key. */
export const longestWay = 9 * longestKey;

/** A branch on the way from the root to a leaf: where keys part, and the hash of the side that the way does not take. */
export interface Branch {
  readonly position: number;
  readonly sibling: Bytes;
}

/** A proof of an entry: one leaf, and the way to it from the root down. For an empty map all three are empty. */
export interface EntryProof {
  readonly leafKey: Bytes;
  readonly leafValue: Bytes;
  readonly path: readonly Branch[];
}

export function mapLeafHash(key: Uint8Array, value: Uint8Array): Promise<Bytes> {
  return sha256(leafPrefix, u16(key.length), key, value);
}

export function mapBranchHash(position: number, left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(branchPrefix, u16(position), left, right);
}

/** Whether keys can part at the position: 16 i asks whether there is a byte i, the next eight are its bits. */
export function isPosition(position: number): boolean {
  return position >= 0 && position < 16 * longestKey && position % 16 <= 8;
}

/** What the key has at the position: 0 or 1. */
export function bitAt(key: Uint8Array, position: number): 0 | 1 {
  const byte = key[Math.floor(position / 16)];
  if (byte === undefined) {
    return 0;
  }
  const place = position % 16;
  return place === 0 || (byte & (0x80 >> (place - 1))) !== 0 ? 1 : 0;
}

/** Whether the entry is in the map with that root. */
export async function present(root: Bytes, asked: Bytes, value: Bytes, proof: EntryProof): Promise<boolean> {
  return equal(proof.leafKey, asked) && equal(proof.leafValue, value) && (await leads(root, asked, proof));
}

/** Whether the map with that root has no entry of that key. */
export async function absent(root: Bytes, asked: Bytes, proof: EntryProof): Promise<boolean> {
  if (proof.leafKey.length === 0 && proof.leafValue.length === 0 && proof.path.length === 0) {
    return equal(root, await sha256());
  }
  return !equal(proof.leafKey, asked) && (await leads(root, asked, proof));
}

async function leads(root: Bytes, asked: Bytes, proof: EntryProof): Promise<boolean> {
  const steps = await climbedInMap(asked, proof);
  return steps !== undefined && equal(steps.at(-1)?.hash ?? (await mapLeafHash(proof.leafKey, proof.leafValue)), root);
}

/** The steps from the leaf to the hash that must be the root; undefined where the way is not that of the asked key's bits. */
export async function climbedInMap(asked: Bytes, { leafKey, leafValue, path }: EntryProof): Promise<readonly PathStep[] | undefined> {
  // The hash holds the key's length in 16 bits: a longer key could pass for another one with a part of its value.
  if (leafKey.length > longestKey || path.length > longestWay) {
    return undefined;
  }
  let hash = await mapLeafHash(leafKey, leafValue);
  let below = Number.POSITIVE_INFINITY;
  const steps: PathStep[] = [];
  for (const { position, sibling } of [...path].reverse()) {
    if (!isPosition(position) || position >= below || bitAt(asked, position) !== bitAt(leafKey, position)) {
      return undefined;
    }
    const side = bitAt(asked, position) === 1 ? 'left' : 'right';
    hash = await (side === 'left' ? mapBranchHash(position, sibling, hash) : mapBranchHash(position, hash, sibling));
    steps.push({ side, sibling, hash });
    below = position;
  }
  return steps;
}
