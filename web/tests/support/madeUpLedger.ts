import { type Bytes, compare, concat, i64, u32, u64 } from '../../src/ledger/bytes.ts';
import { sha256 } from '../../src/ledger/hash.ts';
import { type Header, readHeader, signedByValidators } from '../../src/ledger/header.ts';
import { validatorsKey } from '../../src/ledger/lightClient.ts';
import { Certificate } from '../../src/ledger/messages.ts';
import { proofMark } from '../../src/ledger/proof.ts';
import { Proof, type StateProof } from '../../src/ledger/proofMessages.ts';
import { ValidatorSet } from '../../src/ledger/validatorSet.ts';
import { MadeUpMap } from './madeUpMap.ts';
import { SeedKey } from './seedKey.ts';

/** What a made-up header has where nothing else is asked for. */
export interface HeaderFields {
  readonly ledgerId: Bytes;
  readonly height: bigint;
  readonly parent: Bytes;
  readonly time: bigint;
  readonly proposer: Bytes;
  readonly transactionsRoot: Bytes;
  readonly receiptsRoot: Bytes;
  readonly stateRoot: Bytes;
  readonly validatorsHash: Bytes;
  readonly transactionCount: number;
  readonly scheduledCount: number;
  readonly order: number;
  readonly position: bigint;
  readonly contentHash: Bytes;
}

export function writeHeader(fields: HeaderFields): Bytes {
  return concat(
    fields.ledgerId,
    u64(fields.height),
    fields.parent,
    i64(fields.time),
    fields.proposer,
    fields.transactionsRoot,
    fields.receiptsRoot,
    fields.stateRoot,
    fields.validatorsHash,
    u32(fields.transactionCount),
    u32(fields.scheduledCount),
    u32(fields.order),
    u64(fields.position),
    fields.contentHash,
  );
}

/** Validators that tests can sign for. */
export class Signers {
  private constructor(
    readonly members: readonly { readonly key: SeedKey; readonly power: bigint }[],
    readonly set: ValidatorSet,
  ) {}

  static async of(powers: Readonly<Record<string, number>>): Promise<Signers> {
    const members = await Promise.all(Object.entries(powers).map(async ([seed, power]) => ({ key: await SeedKey.of(seed), power: BigInt(power) })));
    members.sort((a, b) => compare(a.key.publicKey.address, b.key.publicKey.address));
    return new Signers(members, await ValidatorSet.of(members.map(({ key, power }) => ({ key: key.publicKey, power }))));
  }

  /** The certificate of all, or of those whose places are named. */
  async certify(header: Header, places?: readonly number[]): Promise<Bytes> {
    const signers = places === undefined ? this.members : places.map((place) => this.members[place]!);
    const signatures = await Promise.all(
      signers.map(async ({ key }) => ({ validator: key.publicKey.address, signature: await key.sign(signedByValidators(header)) })),
    );
    return Certificate.encode({ signatures });
  }
}

export interface MadeUpBlock {
  readonly header: Header;
  readonly certificate: Bytes;
  readonly state: MadeUpMap;
}

/** A ledger of empty blocks whose validators change: `changes` has the set that each change's block makes, in force two blocks later. */
export async function madeUpLedger(first: Signers, length: number, changes: ReadonlyMap<number, Signers>, id?: Bytes): Promise<MadeUpBlock[]> {
  const ledgerId = id ?? (await sha256(first.set.bytes));
  const nothing = await sha256();
  const inForce = new Map<number, Signers>([[0, first]]);
  const blocks: MadeUpBlock[] = [];
  for (let height = 0; height < length; height++) {
    const change = changes.get(height);
    if (change !== undefined) {
      inForce.set(height + 2, change);
    }
    // What no later block can need is removed when a change is put in; here it may stay, for nobody looks at it.
    const state = await MadeUpMap.of([...inForce].map(([from, signers]) => [validatorsKey(BigInt(from)), signers.set.bytes] as const));
    const signers = signersAt(inForce, height);
    const header = await readHeader(
      writeHeader({
        ledgerId,
        height: BigInt(height),
        parent: blocks.at(-1)?.header.hash ?? new Uint8Array(32),
        time: BigInt(1_717_200_000_000 + 1000 * height),
        proposer: first.members[0]!.key.publicKey.address,
        transactionsRoot: nothing,
        receiptsRoot: nothing,
        stateRoot: state.root,
        validatorsHash: signers.set.hash,
        transactionCount: 0,
        scheduledCount: 0,
        order: 0,
        position: BigInt(height),
        contentHash: nothing,
      }),
    );
    blocks.push({ header, certificate: await signers.certify(header), state });
  }
  return blocks;
}

export function signersAt(inForce: ReadonlyMap<number, Signers>, height: number): Signers {
  return [...inForce].filter(([from]) => from <= height).at(-1)![1];
}

/** The proof of what the state after the block has for the key. */
export function stateProof({ header, certificate, state }: MadeUpBlock, key: Bytes): StateProof {
  return { block: { header: header.bytes, certificate }, key, ...state.prove(key) };
}

export function stateProofFile(block: MadeUpBlock, key: Bytes): Bytes {
  return concat(proofMark, Proof.encode({ transaction: undefined, state: stateProof(block, key), receipt: undefined }));
}
