import { type Bytes, compare, equal, toHex } from '../../src/ledger/bytes.ts';
import { sha256 } from '../../src/ledger/hash.ts';
import { bitAt, type Branch, type EntryProof, isPosition, longestKey, mapBranchHash, mapLeafHash } from '../../src/ledger/merkleMap.ts';

interface Leaf {
  readonly key: Bytes;
  readonly value: Bytes;
  readonly hash: Bytes;
}

interface Parting {
  readonly position: number;
  readonly left: Node;
  readonly right: Node;
  readonly hash: Bytes;
}

type Node = Leaf | Parting;

/** A Merkle map of few entries, built as docs/ledger.md defines it: a branch where not all keys agree, and so on below. */
export class MadeUpMap {
  private constructor(
    readonly entries: readonly (readonly [Bytes, Bytes])[],
    readonly root: Bytes,
    readonly top: Node | undefined,
  ) {}

  static async of(entries: readonly (readonly [Bytes, Bytes])[]): Promise<MadeUpMap> {
    const top = entries.length === 0 ? undefined : await nodeOf(entries);
    return new MadeUpMap(entries, top?.hash ?? (await sha256()), top);
  }

  /** The leaf at the end of the key's way, and the way. */
  prove(key: Bytes): EntryProof {
    const path: Branch[] = [];
    let node = this.top;
    while (node !== undefined && 'position' in node) {
      const [near, far]: [Node, Node] = bitAt(key, node.position) === 1 ? [node.right, node.left] : [node.left, node.right];
      path.push({ position: node.position, sibling: far.hash });
      node = near;
    }
    return { leafKey: node?.key ?? new Uint8Array(), leafValue: node?.value ?? new Uint8Array(), path };
  }

  get(key: Bytes): Bytes | undefined {
    return this.entries.find(([candidate]) => equal(candidate, key))?.[1];
  }
}

async function nodeOf(entries: readonly (readonly [Bytes, Bytes])[]): Promise<Node> {
  const [[key, value]] = entries as [readonly [Bytes, Bytes]];
  if (entries.length === 1) {
    return { key, value, hash: await mapLeafHash(key, value) };
  }
  const position = firstParting(entries.map(([candidate]) => candidate));
  const left = await nodeOf(entries.filter(([candidate]) => bitAt(candidate, position) === 0));
  const right = await nodeOf(entries.filter(([candidate]) => bitAt(candidate, position) === 1));
  return { position, left, right, hash: await mapBranchHash(position, left.hash, right.hash) };
}

function firstParting(keys: readonly Bytes[]): number {
  for (let position = 0; position < 16 * longestKey; position++) {
    if (isPosition(position) && keys.some((key) => bitAt(key, position) !== bitAt(keys[0]!, position))) {
      return position;
    }
  }
  throw new Error(`A key stands twice in a map: ${[...keys].sort(compare).map(toHex).join(', ')}.`);
}
