import { type Bytes, equal } from './bytes.ts';
import { sha256 } from './hash.ts';

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** The most hashes that a path may have. */
export const longestPath = 32;

export function leafHash(data: Uint8Array): Promise<Bytes> {
  return sha256(leafPrefix, data);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(nodePrefix, left, right);
}

/** The root over the hashes of leaves (RFC 9162, 2.1.1). */
export async function treeRoot(leaves: readonly Bytes[]): Promise<Bytes> {
  if (leaves.length === 0) {
    return sha256();
  }
  if (leaves.length === 1) {
    return leaves[0]!;
  }
  const split = leftSize(leaves.length);
  return nodeHash(await treeRoot(leaves.slice(0, split)), await treeRoot(leaves.slice(split)));
}

/** How many of n leaves are on the left side, for n above 1: the largest power of two below n. */
export function leftSize(leaves: number): number {
  let size = 1;
  while (size * 2 < leaves) {
    size *= 2;
  }
  return size;
}

/** One step on the way from a leaf to a root: the hash beside it, on which side that stands, and the hash of both. */
export interface PathStep {
  readonly side: 'left' | 'right';
  readonly sibling: Bytes;
  readonly hash: Bytes;
}

/** Whether the leaf stands at the index of a tree of that many leaves, below 2^31, with that root (RFC 9162, 2.1.3.2). */
export async function included(leaf: Bytes, index: number, size: number, path: readonly Bytes[], root: Bytes): Promise<boolean> {
  const steps = await climbed(leaf, index, size, path);
  return steps !== undefined && equal(steps.at(-1)?.hash ?? leaf, root);
}

/** The steps of a path, up to the hash that must be the root; undefined where no tree of that many leaves has such a path. */
export async function climbed(leaf: Bytes, index: number, size: number, path: readonly Bytes[]): Promise<readonly PathStep[] | undefined> {
  if (index >= size || path.length > longestPath) {
    return undefined;
  }
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  const steps: PathStep[] = [];
  for (const sibling of path) {
    if (sn === 0) {
      return undefined;
    }
    const side = (fn & 1) === 1 || fn === sn ? 'left' : 'right';
    if (side === 'left') {
      hash = await nodeHash(sibling, hash);
      while ((fn & 1) === 0 && fn !== 0) {
        fn >>>= 1;
        sn >>>= 1;
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    steps.push({ side, sibling, hash });
    fn >>>= 1;
    sn >>>= 1;
  }
  return sn === 0 ? steps : undefined;
}
