import { describe, expect, it } from 'vitest';
import { type Bytes, concat, equal, toHex } from '../src/ledger/bytes.ts';
import { absent, bitAt, isPosition, longestWay, mapLeafHash, present } from '../src/ledger/merkleMap.ts';
import { Draws } from './support/draws.ts';
import { MadeUpMap } from './support/madeUpMap.ts';

describe('A Merkle map', () => {
  it('asks at each position for a byte or for one of its bits', () => {
    const key = Uint8Array.of(0b1010_0000, 0b0000_0001);
    const ones = Array.from({ length: 64 }, (_, position) => position).filter((position) => bitAt(key, position) === 1);
    expect(ones).toEqual([0, 1, 3, 16, 24]);
    expect([0, 8, 16, 16 * 254 + 8].map(isPosition)).toEqual([true, true, true, true]);
    expect([-1, 9, 15, 25, 16 * 255].map(isPosition)).toEqual([false, false, false, false, false]);
  });

  it('shows every entry that it has, and no other', async () => {
    const draws = new Draws(7);
    for (let round = 0; round < 40; round++) {
      const map = await drawMap(draws, round);
      for (const [key, value] of map.entries) {
        const proof = map.prove(key);
        expect(await present(map.root, key, value, proof)).toBe(true);
        expect(await absent(map.root, key, proof)).toBe(false);
        const longer = concat(value, Uint8Array.of(7));
        expect(await present(map.root, key, longer, proof)).toBe(false);
        expect(await present(map.root, key, longer, { ...proof, leafValue: longer })).toBe(false);
      }
      for (let i = 0; i < 20; i++) {
        const key = drawKey(draws);
        const isThere = map.get(key) !== undefined;
        expect(await absent(map.root, key, map.prove(key)), toHex(key)).toBe(!isThere);
        expect(await present(map.root, key, map.prove(key).leafValue, map.prove(key))).toBe(isThere);
      }
    }
  });

  it('cannot be shown to lack an entry by the way to another one', async () => {
    const draws = new Draws(8);
    for (let round = 0; round < 30; round++) {
      const map = await drawMap(draws, 12);
      for (const [key] of map.entries) {
        for (const [other] of map.entries) {
          expect(await absent(map.root, key, map.prove(other))).toBe(false);
        }
      }
    }
  });

  it('is the same whatever the order of its entries', async () => {
    const draws = new Draws(9);
    const map = await drawMap(draws, 30);
    const backwards = await MadeUpMap.of([...map.entries].reverse());
    expect(toHex(backwards.root)).toBe(toHex(map.root));
  });

  it('refuses ways that were changed', async () => {
    const draws = new Draws(10);
    for (let round = 0; round < 300; round++) {
      const map = await drawMap(draws, 2 + draws.below(30));
      const [key, value] = draws.one(map.entries);
      const proof = map.prove(key);
      const at = draws.below(proof.path.length);
      const branch = proof.path[at]!;
      const path = draws.one([
        proof.path.with(at, { ...branch, sibling: draws.bytes(32) }),
        proof.path.with(at, { ...branch, position: branch.position + 1 }),
        proof.path.toSpliced(at, 1),
        proof.path.toSpliced(at, 0, branch),
        proof.path.toSpliced(0, 0, { position: 0, sibling: draws.bytes(32) }),
      ]);
      expect(await present(map.root, key, value, { ...proof, path })).toBe(false);
    }
  });

  it('that is empty lacks everything, and is shown by nothing', async () => {
    const map = await MadeUpMap.of([]);
    const key = Uint8Array.of(1);
    expect(await absent(map.root, key, map.prove(key))).toBe(true);
    expect(await present(map.root, key, new Uint8Array(), map.prove(key))).toBe(false);
    const other = await MadeUpMap.of([[key, key]]);
    expect(await absent(other.root, Uint8Array.of(2), map.prove(key))).toBe(false);
  });

  // The hash of a leaf has the key's length in 16 bits. A key of 65,536 bytes more, taken from the value, would have the same hash.
  it('does not take a part of a long value for the end of another key', async () => {
    const key = Uint8Array.of(1, 2, 3);
    const value = new Uint8Array(70_000);
    const map = await MadeUpMap.of([[key, value]]);
    const proof = { leafKey: concat(key, value.subarray(0, 65_536)), leafValue: value.slice(65_536), path: [] };
    expect(await absent(map.root, key, proof)).toBe(false);
  });

  it('takes a key of 255 bytes and none that is longer', async () => {
    for (const [size, holds] of [[255, true], [256, false]] as const) {
      const key = new Uint8Array(size).fill(3);
      const root = await mapLeafHash(key, key);
      expect(await absent(root, Uint8Array.of(3), { leafKey: key, leafValue: key, path: [] })).toBe(holds);
    }
  });

  it('takes no way with more branches than there are positions', async () => {
    const [key, hash] = [Uint8Array.of(0), new Uint8Array(32)];
    const path = Array.from({ length: longestWay + 1 }, () => ({ position: 0, sibling: hash }));
    expect(await present(hash, key, key, { leafKey: key, leafValue: key, path })).toBe(false);
  });
});

// Short keys over few letters, so that many begin alike or are another one's beginning.
function drawKey(draws: Draws): Bytes {
  return Uint8Array.from({ length: 1 + draws.below(5) }, () => draws.one([0, 1, 0x80, 0xff, 0x61]));
}

function drawMap(draws: Draws, size: number): Promise<MadeUpMap> {
  const entries: [Bytes, Bytes][] = [];
  while (entries.length < size) {
    const key = drawKey(draws);
    if (!entries.some(([other]) => equal(other, key))) {
      entries.push([key, draws.bytes(draws.below(20))]);
    }
  }
  return MadeUpMap.of(entries);
}
