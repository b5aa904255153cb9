import { printAddress } from '../src/ledger/address.ts';
import { type Bytes, concat, copyOf, toHex, u64, utf8 } from '../src/ledger/bytes.ts';
import { argumentsOf } from '../src/ledger/contracts.ts';
import { sha256 } from '../src/ledger/hash.ts';
import { type Header, readHeader } from '../src/ledger/header.ts';
import { leafHash, treeRoot } from '../src/ledger/merkleTree.ts';
import { type Call, Genesis } from '../src/ledger/messages.ts';
import { proofMark } from '../src/ledger/proof.ts';
import { Proof } from '../src/ledger/proofMessages.ts';
import { writeReceipt } from '../src/ledger/receipt.ts';
import { signTransaction } from '../src/ledger/signing.ts';
import { ledgerIdOf, readTransaction, transactionId } from '../src/ledger/transaction.ts';
import { accountKey } from '../src/app/explorer/proofRequest.ts';
import { placeOrder, setCreditLine, transfer, withdrawOrder } from '../src/app/keys/calls.ts';
import { Draws } from '../tests/support/draws.ts';
import { Signers, writeHeader } from '../tests/support/madeUpLedger.ts';
import { MadeUpMap } from '../tests/support/madeUpMap.ts';
import { SeedKey } from '../tests/support/seedKey.ts';
import { treePath } from '../tests/support/treePath.ts';

interface MadeTransaction {
  readonly id: string;
  readonly height: number;
  readonly index: number;
  readonly sender: string;
  readonly nonce: number;
  readonly expiresAt: string;
  readonly bytes: Bytes;
  readonly receipt: Bytes;
  readonly calls: readonly object[];
  readonly outcome: { code: string; sentence: string } | null;
  readonly events: readonly { name: string; fields: object }[];
}

interface MadeBlock {
  readonly header: Header;
  readonly hash: string;
  readonly certificate: Bytes;
  readonly transactions: readonly MadeTransaction[];
  readonly receipts: readonly Bytes[];
  readonly state: MadeUpMap;
}

const memberCount = 8;

/** A small ledger with real signatures, trees and certificates, so that its proofs hold in the pages. */
export class OfficeLedger {
  readonly blocks: MadeBlock[] = [];
  readonly members: SeedKey[] = [];
  ledgerId: Bytes = new Uint8Array(32);
  #genesis: Bytes = new Uint8Array(0);
  #signers!: Signers;
  readonly #draws = new Draws(77);
  readonly #nonces = new Map<string, bigint>();

  /** @param newestMs The time of the newest block. */
  static async of(length: number, newestMs: number): Promise<OfficeLedger> {
    const ledger = new OfficeLedger();
    ledger.#signers = await Signers.of({ 'green street': 1, 'school': 1, 'utility': 1, 'town hall': 1 });
    for (let i = 0; i < memberCount; i++) {
      ledger.members.push(await SeedKey.of(`home ${i + 1}`));
    }
    const start = newestMs - (length - 1) * 5000;
    const validators = ledger.#signers.members.map(({ key, power }) => ({ publicKey: key.publicKey.bytes, power }));
    ledger.#genesis = Genesis.encode({ name: 'green-street', timeMs: BigInt(start), validators, rules: 1, withoutSignatures: false, calls: [] });
    ledger.ledgerId = await ledgerIdOf(ledger.#genesis);
    for (let height = 0; height < length; height++) {
      await ledger.addBlock(start + height * 5000, height === 0 ? 0 : [0, 1, 1, 2, 3, 0, 5][height % 7]!);
    }
    return ledger;
  }

  async addBlock(timeMs: number, count: number): Promise<MadeBlock> {
    const height = this.blocks.length;
    const transactions: MadeTransaction[] = [];
    for (let index = 0; index < count; index++) {
      transactions.push(await this.#transaction(height, index, timeMs));
    }
    const leaves = await Promise.all(transactions.map(({ bytes }) => leafHash(bytes)));
    const receipts = transactions.map(({ receipt }) => receipt);
    // Each account has 10 of the currency, nothing locked and no credit line.
    const entries = this.members.flatMap(({ publicKey: { address } }) => [
      [concat(utf8('ledger.nonces'), Uint8Array.of(0), address), u64(this.#nonces.get(toHex(address)) ?? 0n)] as const,
      [accountKey(address), concat(u64(10_000_000n), u64(0n), u64(0n))] as const,
    ]);
    const state = await MadeUpMap.of(entries);
    const header = await readHeader(
      writeHeader({
        ledgerId: this.ledgerId,
        height: BigInt(height),
        parent: this.blocks.at(-1)?.header.hash ?? new Uint8Array(32),
        time: BigInt(timeMs),
        proposer: this.#signers.members[height % 4]!.key.publicKey.address,
        transactionsRoot: await treeRoot(leaves),
        receiptsRoot: await treeRoot(await Promise.all(receipts.map(leafHash))),
        stateRoot: state.root,
        validatorsHash: this.#signers.set.hash,
        transactionCount: count,
        scheduledCount: 0,
        order: 0,
        position: BigInt(height),
        contentHash: await sha256(utf8(`batch ${height}`)),
      }),
    );
    const certificate = await this.#signers.certify(header, [0, 1, 3]);
    const block: MadeBlock = { header, hash: toHex(header.hash), certificate, transactions, receipts, state };
    this.blocks.push(block);
    return block;
  }

  async #transaction(height: number, index: number, timeMs: number): Promise<MadeTransaction> {
    const place = this.#draws.below(memberCount);
    const key = this.members[place]!;
    const { calls, event } = await this.#calls(place, timeMs);
    const hex = toHex(key.publicKey.address);
    const nonce = (this.#nonces.get(hex) ?? 0n) + 1n;
    this.#nonces.set(hex, nonce);
    const signed = await signTransaction({ ledgerId: this.ledgerId, nonce, expiresAtMs: BigInt(timeMs + 7_200_000), calls }, key);
    const isRefused = this.#draws.below(9) === 0;
    const outcome = isRefused ? { code: 'insufficient-funds', sentence: '12.4 is to be set aside, and 3.1 is free: 9.3 is missing.' } : null;
    const events = isRefused ? [] : [event];
    const receipt = writeReceipt({
      origin: 'transaction',
      subject: signed.id,
      refusal: outcome ?? undefined,
      events: events.map(({ name }) => ({ name, data: this.#draws.bytes(24) })),
    });
    return {
      id: toHex(signed.id),
      height,
      index,
      sender: await printAddress(key.publicKey.address),
      nonce: Number(nonce),
      expiresAt: iso(timeMs + 7_200_000),
      bytes: signed.bytes,
      receipt,
      calls: await Promise.all(calls.map(callAsJson)),
      outcome,
      events,
    };
  }

  async #calls(place: number, timeMs: number): Promise<{ calls: Call[]; event: { name: string; fields: object } }> {
    const delivery = iso(Math.ceil(timeMs / 3_600_000) * 3_600_000 + 3_600_000);
    const other = await printAddress(this.members[(place + 3) % memberCount]!.publicKey.address);
    const label = 1 + this.#draws.below(4);
    switch (this.#draws.below(6)) {
      case 0:
        return { calls: [await transfer(other, 2_500_000)], event: { name: 'wallet.transferred', fields: { from: place + 1, to: ((place + 3) % memberCount) + 1, amount: 2_500_000 } } };
      case 1:
        return { calls: [withdrawOrder(delivery, label)], event: { name: 'market.order-withdrawn', fields: { delivery, member: place + 1, label } } };
      case 2:
        return { calls: [await setCreditLine(other, 50_000_000)], event: { name: 'wallet.credit-line-set', fields: { member: ((place + 3) % memberCount) + 1, amount: 50_000_000 } } };
      default: {
        const side = this.#draws.below(2) === 0 ? 'buy' : 'sell';
        const quantityWh = 250 * (1 + this.#draws.below(12));
        const price = 90_000 + 5_000 * this.#draws.below(20);
        return {
          calls: [placeOrder({ delivery, label, side, quantityWh, price })],
          event: { name: 'market.order-placed', fields: { delivery, member: place + 1, label, side, quantityWh, price } },
        };
      }
    }
  }

  /** The proof file of a transaction, as a node sends it. */
  async proofOf(id: string): Promise<Bytes | undefined> {
    const transaction = this.find(id);
    if (transaction === undefined) {
      return undefined;
    }
    const block = this.blocks[transaction.height]!;
    const leaves = await Promise.all(block.transactions.map(({ bytes }) => leafHash(bytes)));
    const receipts = await Promise.all(block.receipts.map(leafHash));
    return concat(
      proofMark,
      Proof.encode({
        transaction: {
          block: { header: block.header.bytes, certificate: block.certificate },
          index: transaction.index,
          transaction: transaction.bytes,
          transactionPath: await treePath(transaction.index, leaves),
          receipt: transaction.receipt,
          receiptPath: await treePath(transaction.index, receipts),
        },
        state: undefined,
        receipt: undefined,
      }),
    );
  }

  /** The proof file of the receipt at a place of a block. */
  async receiptProof(height: number, index: number): Promise<Bytes | undefined> {
    const block = this.blocks[height];
    const receipt = block?.receipts[index];
    if (block === undefined || receipt === undefined) {
      return undefined;
    }
    const receiptPath = await treePath(index, await Promise.all(block.receipts.map(leafHash)));
    const proof = { block: { header: block.header.bytes, certificate: block.certificate }, index, receipt, receiptPath };
    return concat(proofMark, Proof.encode({ transaction: undefined, state: undefined, receipt: proof }));
  }

  /** The proof file of an address' last nonce in the newest block. */
  accountProof(address: Bytes): Bytes {
    const block = this.blocks.at(-1)!;
    const key = accountKey(address);
    const state = { block: { header: block.header.bytes, certificate: block.certificate }, key, ...block.state.prove(key) };
    return concat(proofMark, Proof.encode({ transaction: undefined, state, receipt: undefined }));
  }

  find(id: string): MadeTransaction | undefined {
    return this.blocks.flatMap(({ transactions }) => transactions).find((one) => one.id === id);
  }

  /** The encoded genesis. */
  get genesis(): Bytes {
    return this.#genesis;
  }

  async summaryOf(height: number): Promise<object | undefined> {
    const block = this.blocks[height];
    return block === undefined
      ? undefined
      : {
          height,
          time: iso(Number(block.header.time)),
          hash: block.hash,
          transactions: block.transactions.length,
          scheduled: 0,
          events: block.transactions.reduce((sum, { events }) => sum + events.length, 0),
          proposer: await printAddress(block.header.proposer),
          signatures: 3,
          batchBytes: 180 + block.transactions.reduce((sum, { bytes }) => sum + bytes.length, 0),
        };
  }

  async detailOf(height: number): Promise<object | undefined> {
    const block = this.blocks[height];
    if (block === undefined) {
      return undefined;
    }
    const { parent, transactionsRoot, receiptsRoot, stateRoot, validatorsHash, contentHash } = block.header;
    const roots = Object.entries({ parent, transactionsRoot, receiptsRoot, stateRoot, validatorsHash, contentHash });
    return {
      block: await this.summaryOf(height),
      header: Object.fromEntries(roots.map(([name, value]) => [name, toHex(value)])),
      items: block.transactions.map(receiptOf),
      next: null,
    };
  }

  transactionOf(id: string): object | undefined {
    const found = this.find(id);
    return found === undefined
      ? undefined
      : {
          receipt: receiptOf(found),
          time: iso(Number(this.blocks[found.height]!.header.time)),
          nonce: String(found.nonce),
          expiresAt: found.expiresAt,
          arguments: found.calls,
          events: found.events.map((event, index) => ({ index, ...event, hex: '' })),
        };
  }

  async addressOf(address: string): Promise<object> {
    const printed = await Promise.all(this.members.map(({ publicKey }) => printAddress(publicKey.address)));
    const place = printed.indexOf(address);
    const isValidator = (await this.validators()).some((one) => (one as { address: string }).address === address);
    const sent = this.blocks.flatMap(({ transactions }) => transactions).filter(({ sender }) => sender === address);
    return {
      address,
      kinds: [...(place >= 0 ? ['member'] : []), ...(isValidator ? ['validator'] : [])],
      memberNumber: place >= 0 ? place + 1 : null,
      power: isValidator ? 1 : null,
      items: sent.reverse().slice(0, 50).map(receiptOf),
      next: null,
    };
  }

  async validators(): Promise<readonly object[]> {
    return Promise.all(
      this.#signers.members.map(async ({ key, power }) => ({ address: await printAddress(key.publicKey.address), publicKey: toHex(key.publicKey.bytes), power: Number(power) })),
    );
  }

  /** Takes a transaction that a page sent, in a block of its own. */
  async take(bytes: Bytes, timeMs: number): Promise<{ id: string; height: number }> {
    const { transaction, body } = readTransaction(bytes);
    const id = toHex(await transactionId(transaction.body));
    this.#nonces.set(toHex(body.sender), body.nonce);
    const block = await this.addBlock(timeMs, 0);
    return { id, height: Number(block.header.height) };
  }

  nonceOf(address: Bytes): bigint {
    return this.#nonces.get(toHex(address)) ?? 0n;
  }
}

function receiptOf({ id, height, index, sender, calls, outcome }: MadeTransaction): object {
  const [first] = calls as readonly { contract: string; method: string }[];
  return { id, height, index, scheduled: false, sender, call: `${first!.contract}.${first!.method}`, calls: calls.length, outcome };
}

async function callAsJson(call: Call): Promise<object> {
  const values = Object.entries(argumentsOf(call)!).map(async ([name, value]) => [name.replace(/Ms$/, ''), await valueAsJson(name, value)] as const);
  return { contract: call.contract, method: call.method, arguments: Object.fromEntries(await Promise.all(values)), hex: toHex(call.arguments) };
}

async function valueAsJson(name: string, value: unknown): Promise<unknown> {
  if (typeof value === 'bigint') {
    return name.endsWith('Ms') ? iso(Number(value)) : Number(value);
  }
  return value instanceof Uint8Array ? (value.length === 20 ? printAddress(copyOf(value)) : toHex(value)) : value;
}

export function iso(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
