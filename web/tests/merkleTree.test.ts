import { describe, expect, it } from 'vitest';
import { type Bytes, fromHex, toHex, u32 } from '../src/ledger/bytes.ts';
import { included, leafHash, longestPath, treeRoot } from '../src/ledger/merkleTree.ts';
import { Draws } from './support/draws.ts';
import { treePath } from './support/treePath.ts';

// The leaves and roots that implementations of Certificate Transparency test with (the trees of RFC 6962 and RFC 9162 are the same).
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('A Merkle tree', () => {
  it('has the known roots', async () => {
    const hashes = await Promise.all(leaves.map((leaf) => leafHash(fromHex(leaf))));
    for (const [size, root] of roots.entries()) {
      expect(toHex(await treeRoot(hashes.slice(0, size)))).toBe(root);
    }
  });

  it('of 0 to 130 leaves shows each leaf at its place', async () => {
    const hashes = await hashesOf(130);
    for (let size = 0; size <= 130; size++) {
      const some = hashes.slice(0, size);
      const root = await treeRoot(some);
      // Every place of the small trees, and the edges of the others: the first, the last ones, and those next to powers of two.
      const places = some.map((_, i) => i).filter((i) => size <= 34 || i < 2 || i >= size - 3 || [31, 32, 63, 64, 127, 128].includes(i));
      for (const i of places) {
        const path = await treePath(i, some);
        expect(await included(some[i]!, i, size, path, root), `${i} of ${size}`).toBe(true);
        expect(await included(some[i]!, (i + 1) % (size + 1), size, path, root), `${i} of ${size} elsewhere`).toBe(false);
      }
    }
  });

  it('shows nothing with a path that was changed, cut or made longer', async () => {
    const draws = new Draws(6);
    const hashes = await hashesOf(100);
    for (let i = 0; i < 200; i++) {
      const some = hashes.slice(0, 2 + draws.below(99));
      const [index, root] = [draws.below(some.length), await treeRoot(some)];
      const path = await treePath(index, some);
      const at = draws.below(path.length);
      const bad = draws.one([
        path.with(at, draws.bytes(32)),
        path.toSpliced(at, 1),
        path.toSpliced(at, 0, draws.bytes(32)),
        [...path, root],
      ]);
      expect(await included(some[index]!, index, some.length, bad, root)).toBe(false);
      expect(await included(draws.bytes(32), index, some.length, path, root)).toBe(false);
    }
  });

  it('does not take an inner node for a leaf of a smaller tree, where the size is known', async () => {
    const hashes = await hashesOf(4);
    const root = await treeRoot(hashes);
    const left = await treeRoot(hashes.slice(0, 2));
    const right = await treeRoot(hashes.slice(2));
    expect(await included(left, 0, 2, [right], root)).toBe(true);
    expect(await included(left, 0, 4, [right], root)).toBe(false);
  });

  it('has no place outside of it and no path above the limit', async () => {
    const [leaf] = await hashesOf(1);
    expect(await included(leaf!, 0, 0, [], leaf!)).toBe(false);
    expect(await included(leaf!, 1, 1, [], leaf!)).toBe(false);
    expect(await included(leaf!, 0, 1, [], leaf!)).toBe(true);
    expect(await included(leaf!, 0, 2 ** 31 - 1, Array<Bytes>(longestPath + 1).fill(leaf!), leaf!)).toBe(false);
  });
});

function hashesOf(count: number): Promise<Bytes[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => leafHash(u32(i))));
}
