import { type Bytes } from '../../src/ledger/bytes.ts';
import { leftSize, treeRoot } from '../../src/ledger/merkleTree.ts';

/** The path of a leaf, from the leaf up (RFC 9162, 2.1.3.1). */
export async function treePath(index: number, leaves: readonly Bytes[]): Promise<Bytes[]> {
  if (leaves.length === 1) {
    return [];
  }
  const split = leftSize(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...(await treePath(index, left)), await treeRoot(right)] : [...(await treePath(index - split, right)), await treeRoot(left)];
}
