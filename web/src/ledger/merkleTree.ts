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

/** Whether the leaf stands at the index of a tree of that many leaves, below 2^31, with that root (RFC 9162, 2.1.3.2). */
export async function included(leaf: Bytes, index: number, size: number, path: readonly Bytes[], root: Bytes): Promise<boolean> {
  if (index >= size || path.length > longestPath) {
    return false;
  }
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0) {
      return false;
    }
    if ((fn & 1) === 1 || fn === sn) {
      hash = await nodeHash(sibling, hash);
      while ((fn & 1) === 0 && fn !== 0) {
        fn >>>= 1;
        sn >>>= 1;
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    fn >>>= 1;
    sn >>>= 1;
  }
  return sn === 0 && equal(hash, root);
}
