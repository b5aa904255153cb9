import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concat, equal, toHex, u32, utf8 } from '../src/ledger/bytes.ts';
import { readHeader } from '../src/ledger/header.ts';
import { leafHash, treeRoot } from '../src/ledger/merkleTree.ts';
import { Transaction, TransactionBody } from '../src/ledger/messages.ts';
import { checkProof, longestProof, proofMark } from '../src/ledger/proof.ts';
import { Proof, type ReceiptProof, type StateProof, type TransactionProof } from '../src/ledger/proofMessages.ts';
import { readReceipt, writeReceipt } from '../src/ledger/receipt.ts';
import { type TrustedValidators } from '../src/ledger/trustedValidators.ts';
import { Draws } from './support/draws.ts';
import { madeUpLedger, type MadeUpBlock, Signers, stateProofFile, writeHeader } from './support/madeUpLedger.ts';
import { MadeUpMap } from './support/madeUpMap.ts';
import { SeedKey } from './support/seedKey.ts';
import { example, examples, exampleTrust } from './support/specification.ts';
import { treePath } from './support/treePath.ts';

let trusted: TrustedValidators;
let signers: Signers;
let block: MadeUpBlock;

beforeAll(async () => {
  trusted = await exampleTrust();
  signers = await Signers.of({ alice: 1 });
  block = (await madeUpLedger(signers, 1, new Map()))[0]!;
});

const fileOf = ({ transaction, state, receipt }: { transaction?: TransactionProof; state?: StateProof; receipt?: ReceiptProof }) =>
  concat(proofMark, Proof.encode({ transaction, state, receipt }));
const readTransaction = () => Proof.decode(example('proof-of-transaction').subarray(proofMark.length)).transaction!;
const readState = () => Proof.decode(example('proof-of-absence').subarray(proofMark.length)).state!;
const whyNot = async (file: Bytes) => {
  const outcome = await checkProof(file, trusted);
  return outcome.holds ? 'it holds' : outcome.why;
};

describe('A proof of a transaction', () => {
  it('is refused when any of its bytes is changed', async () => {
    const draws = new Draws(13);
    const proof = example('proof-of-transaction');
    for (let at = 0; at < proof.length; at++) {
      const outcome = await checkProof(proof.with(at, proof[at]! ^ (1 + draws.below(255))), trusted);
      expect(outcome.holds, `byte ${at}`).toBe(false);
    }
  });

  it('is refused when bytes are left out or put in', async () => {
    const draws = new Draws(14);
    const proof = example('proof-of-transaction');
    for (let i = 0; i < 300; i++) {
      const changed = draws.changed(proof);
      // One of two equal neighbours may be left out or put in on either side.
      expect((await checkProof(changed, trusted)).holds).toBe(equal(changed, proof));
    }
    for (const other of [new Uint8Array(), proof.slice(0, 18), proof.slice(0, -1), concat(proof, Uint8Array.of(0)), proof.slice(18)]) {
      expect((await checkProof(other, trusted)).holds).toBe(false);
    }
  });

  it('is of the place that the header gives it', async () => {
    const proof = readTransaction();
    // The same transaction stands twice in this block; the receipt tells the places apart.
    expect(await whyNot(fileOf({ transaction: { ...proof, index: 1 } }))).toContain('The receipt does not stand at place 2');
    expect(await whyNot(fileOf({ transaction: { ...proof, index: 2 } }))).toContain('of a block that has 2');
    expect(await whyNot(fileOf({ transaction: { ...proof, receipt: example('receipt-refused') } }))).toContain('The receipt does not stand');
  });

  it('is of the ledger and the validators that are trusted', async () => {
    const other = await Signers.of({ bob: 1 });
    const proof = example('proof-of-transaction');
    expect(await checkProof(proof, { ...trusted, validators: other.set })).toMatchObject({ why: expect.stringContaining('other validators') });
    expect(await checkProof(proof, { ...trusted, ledgerId: new Uint8Array(32) })).toMatchObject({ why: expect.stringContaining('another ledger') });
  });

  it('has the receipt of that transaction, also where the validators put another one there', async () => {
    for (const change of [{ subject: new Uint8Array(32) }, { origin: 'schedule' }] as const) {
      const receipt = writeReceipt({ ...readReceipt(example('receipt-done')), ...change });
      expect(await whyNot(await proofOver(Transaction.encode(exampleTransaction()), receipt))).toContain('something else than the transaction');
    }
  });

  it('tells what can be said of the signature', async () => {
    const transaction = exampleTransaction();
    const bob = await SeedKey.of('bob');
    const nothing = new Uint8Array();
    for (const [changed, signature] of [
      [transaction, 'valid'],
      [{ ...transaction, publicKey: nothing, signature: nothing }, 'none'],
      [{ ...transaction, signature: new Uint8Array(64) }, 'invalid'],
      [{ ...transaction, publicKey: bob.publicKey.bytes }, 'invalid'],
      [{ ...transaction, publicKey: transaction.publicKey.with(0, 7) }, 'invalid'],
      [{ ...transaction, signature: transaction.signature.with(9, transaction.signature[9]! ^ 1) }, 'invalid'],
    ] as const) {
      const file = await proofOver(Transaction.encode(changed), example('receipt-done'));
      expect(await checkProof(file, trusted)).toMatchObject({ holds: true, value: { signature } });
    }
  });

  it('is of a transaction in its form', async () => {
    const transaction = exampleTransaction();
    const body = TransactionBody.decode(transaction.body);
    const nothing = new Uint8Array();
    const [call] = body.calls;
    const withBody = (changed: Partial<TransactionBody>) => ({ ...transaction, body: TransactionBody.encode({ ...body, ...changed }) });
    for (const [changed, why] of [
      [{ ...transaction, signature: nothing }, 'a key without a signature'],
      [{ ...transaction, publicKey: nothing }, 'a signature without a key'],
      [withBody({ calls: [] }), 'has 1 to 256 calls; this one has 0'],
      [withBody({ calls: Array.from({ length: 257 }, () => call!) }), 'has 1 to 256 calls; this one has 257'],
      [withBody({ expiresAtMs: 253402300800000n }), 'after the year 9999'],
      [withBody({ calls: [{ ...call!, arguments: new Uint8Array(65536) }] }), 'at most 65536 bytes'],
    ] as const) {
      expect(await whyNot(await proofOver(Transaction.encode(changed), example('receipt-done')))).toContain(why);
    }
  });

  it('holds at every place of a block with many transactions and scheduled calls', async () => {
    const transaction = Transaction.encode(exampleTransaction());
    for (const [count, scheduled] of [[1, 0], [5, 3], [8, 8], [13, 100]] as const) {
      for (let index = 0; index < count; index++) {
        expect((await checkProof(await proofOver(transaction, example('receipt-done'), index, count, scheduled), trusted)).holds).toBe(true);
      }
    }
  });
});

describe('A proof of a receipt', () => {
  it('holds at its place, where it has the origin that the place gives it', async () => {
    const origins = ['schedule', 'schedule', 'transaction', 'transaction'] as const;
    for (const [height, scheduled] of [[7n, 'schedule'], [0n, 'genesis']] as const) {
      for (const [index, origin] of origins.map((one) => (one === 'schedule' ? scheduled : one)).entries()) {
        const receipt = { ...readReceipt(example('receipt-done')), origin };
        const file = await receiptProofOver(writeReceipt(receipt), index, 2, 4, height);
        expect(await checkProof(file, trusted)).toMatchObject({ holds: true, value: { kind: 'receipt', index, receipt } });
        for (const other of (['transaction', 'schedule', 'genesis'] as const).filter((one) => one !== origin)) {
          const wrong = await receiptProofOver(writeReceipt({ ...receipt, origin: other }), index, 2, 4, height);
          expect(await whyNot(wrong)).toContain(`says that its origin is ${other}, and at this place it is ${origin}`);
        }
      }
    }
  });

  it('is refused at another place', async () => {
    const file = await receiptProofOver(example('receipt-done'), 3, 2, 4, 7n);
    const proof = Proof.decode(file.subarray(proofMark.length)).receipt!;
    for (const index of [0, 1, 2]) {
      expect(await whyNot(fileOf({ receipt: { ...proof, index } }))).toContain(`does not stand at place ${index}`);
    }
    expect(await whyNot(fileOf({ receipt: { ...proof, index: 4 } }))).toContain('of a block that has 4');
  });

  it('is what docs/ledger.md shows, and is refused when any of its bytes is changed', async (test) => {
    test.skip(!examples.has('proof-of-receipt'), 'docs/ledger.md has no such proof');
    const draws = new Draws(20);
    const proof = example('proof-of-receipt');
    expect(await checkProof(proof, trusted)).toMatchObject({ holds: true, value: { kind: 'receipt', index: 0, receipt: { origin: 'schedule' } } });
    for (let at = 0; at < proof.length; at++) {
      expect((await checkProof(proof.with(at, proof[at]! ^ (1 + draws.below(255))), trusted)).holds, `byte ${at}`).toBe(false);
    }
  });
});

describe('A proof of the state', () => {
  it('that is changed shows at most that another key is absent', async () => {
    const draws = new Draws(15);
    const proof = example('proof-of-absence');
    for (let at = 0; at < proof.length; at++) {
      const outcome = await checkProof(proof.with(at, proof[at]! ^ (1 + draws.below(255))), trusted);
      if (outcome.holds) {
        expect(outcome.value).toMatchObject({ kind: 'state', value: undefined, block: { hash: (await readHeader(example('proved-header'))).hash } });
        expect(outcome.value.kind === 'state' && toHex(outcome.value.key)).not.toBe(toHex(example('asked-key')));
      }
    }
  });

  it('shows an entry with its value', async () => {
    const file = fileOf({ state: { ...readState(), key: example('nonce-key') } });
    expect(await checkProof(file, trusted)).toMatchObject({ holds: true, value: { key: example('nonce-key'), value: example('nonce-value') } });
    const changed = fileOf({ state: { ...readState(), key: example('nonce-key'), leafValue: example('nonce-value').with(7, 2) } });
    expect(await whyNot(changed)).toContain('does not have the entry');
  });

  it('does not show that an entry is absent which is there', async () => {
    expect(await whyNot(fileOf({ state: { ...readState(), key: example('rules-key') } }))).toContain('is not shown to lack the entry');
  });

  it('asks for a key of 1 to 255 bytes', async () => {
    for (const size of [0, 256]) {
      expect(await whyNot(fileOf({ state: { ...readState(), key: new Uint8Array(size) } }))).toContain('keys have 1 to 255');
    }
  });

  it('holds for drawn states', async () => {
    const draws = new Draws(16);
    const ledger = { ledgerId: block.header.ledgerId, validators: signers.set };
    for (let round = 0; round < 10; round++) {
      const entries = Array.from({ length: round * 3 }, (_, i) => [concat(utf8('t.x'), Uint8Array.of(0), u32(i), draws.bytes(draws.below(3))), draws.bytes(8)] as const);
      const state = await MadeUpMap.of(entries);
      const header = await readHeader(writeHeader({ ...block.header, stateRoot: state.root }));
      const changed = { header, state, certificate: await signers.certify(header) };
      for (const [key, value] of [...entries, [utf8('t.x'), undefined] as const]) {
        expect(await checkProof(stateProofFile(changed, key), ledger)).toMatchObject({ holds: true, value: { key, value } });
      }
    }
  });
});

describe('A proof file', () => {
  it('is of one thing', async () => {
    expect(await whyNot(fileOf({}))).toContain('is of one thing');
    expect(await whyNot(fileOf({ transaction: readTransaction(), state: readState() }))).toContain('is of one thing');
  });

  it('starts as it should and is not too long', async () => {
    expect(await whyNot(utf8('commonwatt/proof/2'))).toContain('This is no proof');
    expect(await whyNot(new Uint8Array(longestProof + 1))).toContain('at most 16777216');
  });
});

function exampleTransaction() {
  return Transaction.decode(readTransaction().transaction);
}

/** A proof over a block that has this transaction at one place and others round it, signed by the example's validator. */
async function proofOver(transaction: Bytes, receipt: Bytes, index = 0, count = 1, scheduled = 0): Promise<Bytes> {
  const transactions = await leavesWith(transaction, index, count);
  const receipts = await leavesWith(receipt, scheduled + index, scheduled + count);
  const header = await readHeader(
    writeHeader({
      ...(await readHeader(example('proved-header'))),
      transactionsRoot: await treeRoot(transactions),
      receiptsRoot: await treeRoot(receipts),
      transactionCount: count,
      scheduledCount: scheduled,
    }),
  );
  return fileOf({
    transaction: {
      block: { header: header.bytes, certificate: await signers.certify(header) },
      index,
      transaction,
      transactionPath: await treePath(index, transactions),
      receipt,
      receiptPath: await treePath(scheduled + index, receipts),
    },
  });
}

/** A proof over a block of that many receipts that has this one at one place, signed by the example's validator. */
async function receiptProofOver(receipt: Bytes, index: number, scheduled: number, count: number, height: bigint): Promise<Bytes> {
  const receipts = await leavesWith(receipt, index, count);
  const counts = { transactionCount: count - scheduled, scheduledCount: scheduled };
  const header = await readHeader(writeHeader({ ...(await readHeader(example('proved-header'))), ...counts, height, receiptsRoot: await treeRoot(receipts) }));
  const block = { header: header.bytes, certificate: await signers.certify(header) };
  return fileOf({ receipt: { block, index, receipt, receiptPath: await treePath(index, receipts) } });
}

function leavesWith(data: Bytes, place: number, count: number): Promise<Bytes[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => leafHash(i === place ? data : u32(i))));
}
