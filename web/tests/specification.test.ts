import { afterAll, describe, expect, it } from 'vitest';
import { addressOfName, parseAddress, printAddress } from '../src/ledger/address.ts';
import { bytesField, concat, toHex, u16, u64, utf8 } from '../src/ledger/bytes.ts';
import { requireFinal } from '../src/ledger/certificate.ts';
import { sha256 } from '../src/ledger/hash.ts';
import { followFromGenesis, headersMark } from '../src/ledger/headersFile.ts';
import { readHeader, signedByValidators } from '../src/ledger/header.ts';
import { readLogFile, writeLogFile } from '../src/ledger/logFile.ts';
import { bitAt, mapLeafHash } from '../src/ledger/merkleMap.ts';
import { leafHash, treeRoot } from '../src/ledger/merkleTree.ts';
import { Genesis, Transaction, TransactionBody } from '../src/ledger/messages.ts';
import { checkProof, proofMark } from '../src/ledger/proof.ts';
import { FollowStep, Proof } from '../src/ledger/proofMessages.ts';
import { readReceipt, writeReceipt } from '../src/ledger/receipt.ts';
import { ledgerIdOf, senderSignature, signedBySender, transactionId } from '../src/ledger/transaction.ts';
import { readTrustedValidators, writeTrustedValidators } from '../src/ledger/trustedValidators.ts';
import { ValidatorSet } from '../src/ledger/validatorSet.ts';
import { MadeUpMap } from './support/madeUpMap.ts';
import { blockThatStarts, example, examples, exampleText, exampleTrust } from './support/specification.ts';
import { SeedKey } from './support/seedKey.ts';
import { treePath } from './support/treePath.ts';
import { writeHeader } from './support/madeUpLedger.ts';

const computed = new Map<string, string>();

/** Compares what was computed with what docs/ledger.md prints under the name. */
function expectExample(name: string, value: Uint8Array | string): void {
  const text = typeof value === 'string' ? value : toHex(value);
  computed.set(name, text);
  expect(text, name).toBe(exampleText(name));
}

describe('The examples of docs/ledger.md are what this program computes', () => {
  it('keys and addresses', async () => {
    const alice = await SeedKey.of('alice');
    expectExample('private-key', alice.privateKey);
    expectExample('public-key', alice.publicKey.bytes);
    expectExample('address-bytes', alice.publicKey.address);
    expectExample('address', await printAddress(alice.publicKey.address));
    expectExample('contract-address', await printAddress(await addressOfName('contract/token')));
    expect(await parseAddress(exampleText('address'))).toEqual(alice.publicKey.address);
  });

  it('the genesis', async () => {
    const alice = await SeedKey.of('alice');
    const genesis = Genesis.encode({
      name: 'example',
      timeMs: BigInt(Date.parse('2024-06-01T12:00:00Z')),
      validators: [{ publicKey: alice.publicKey.bytes, power: 1n }],
      rules: 1,
      withoutSignatures: false,
      calls: [],
    });
    expectExample('genesis', genesis);
    expectExample('ledger-id', await ledgerIdOf(genesis));
  });

  it('a transaction', async () => {
    const { publicKey } = await SeedKey.of('alice');
    const values = {
      ledgerId: example('ledger-id'),
      sender: publicKey.address,
      nonce: 1n,
      expiresAtMs: BigInt(Date.parse('2024-06-02T00:00:00Z')),
      calls: [{ contract: 'token', method: 'transfer', arguments: Uint8Array.of(1, 2) }],
    };
    const body = TransactionBody.encode(values);
    expectExample('transaction-body', body);
    expect(TransactionBody.decode(body)).toEqual(values);
    expectExample('transaction-id', await transactionId(body));
    expectExample('transaction-digest', await sha256(signedBySender(body)));
    const transaction = { body, publicKey: publicKey.bytes, signature: example('transaction-signature') };
    expectExample('transaction-signature', Transaction.decode(Transaction.encode(transaction)).signature);
    expect(await senderSignature(transaction, values)).toBe('valid');
  });

  it('the headers', async () => {
    for (const [name, height] of [['header', 1n], ['proved-header', 2n]] as const) {
      const header = await readHeader(example(name));
      expectExample(name, writeHeader(header));
      expect(header.height).toBe(height);
      expect(header.ledgerId).toEqual(example('ledger-id'));
      expect(header.validatorsHash).toEqual(example('validators-hash'));
    }
    const first = await readHeader(example('header'));
    expectExample('header-hash', first.hash);
    expectExample('header-digest', await sha256(signedByValidators(first)));
    expect((await readHeader(example('proved-header'))).parent).toEqual(first.hash);
  });

  it('the validators', async () => {
    const { publicKey } = await SeedKey.of('alice');
    const set = await ValidatorSet.of([{ key: publicKey, power: 1n }]);
    expectExample('validator-set', set.bytes);
    expectExample('validators-hash', set.hash);
    expect((await ValidatorSet.read(example('validator-set'))).validators[0]!.key.bytes).toEqual(publicKey.bytes);
  });

  it('the file of validators', async () => {
    const text = blockThatStarts('commonwatt/validators/1');
    const read = await readTrustedValidators(text);
    expect(read).toMatchObject({ holds: true, value: { ledgerId: example('ledger-id'), validators: { bytes: example('validator-set') } } });
    expect(read.holds && writeTrustedValidators(read.value)).toBe(text);
  });

  it('receipts', () => {
    const subject = example('transaction-id');
    const done = { origin: 'transaction', subject, refusal: undefined, events: [{ name: 'token.paid', data: Uint8Array.of(1, 2) }] } as const;
    const refused = { origin: 'transaction', subject, refusal: { code: 'expired', sentence: 'Too late.' }, events: [] } as const;
    expectExample('receipt-done', writeReceipt(done));
    expectExample('receipt-refused', writeReceipt(refused));
    expect(readReceipt(example('receipt-done'))).toEqual(done);
    expect(readReceipt(example('receipt-refused'))).toEqual(refused);
  });

  it('the Merkle tree', async () => {
    const leaves = await Promise.all([1, 2, 3].map((byte) => leafHash(Uint8Array.of(byte))));
    expectExample('tree-leaf-01', leaves[0]!);
    expectExample('tree-root-01-02', await treeRoot(leaves.slice(0, 2)));
    expectExample('tree-root-01-02-03', await treeRoot(leaves));
  });

  it('the Merkle map', async () => {
    const { publicKey } = await SeedKey.of('alice');
    const nonceKey = concat(utf8('ledger.nonces'), Uint8Array.of(0), publicKey.address);
    const rulesKey = concat(utf8('ledger.rules'), Uint8Array.of(0), u64(0n));
    expectExample('nonce-key', nonceKey);
    expectExample('nonce-value', u64(1n));
    expectExample('nonce-leaf', await mapLeafHash(nonceKey, u64(1n)));
    expectExample('rules-key', rulesKey);
    expectExample('rules-value', u64(1n));
    expectExample('rules-leaf', await mapLeafHash(rulesKey, u64(1n)));
    const map = await MadeUpMap.of([[rulesKey, u64(1n)], [nonceKey, u64(1n)]]);
    const { position } = map.prove(nonceKey).path[0]!;
    expectExample('branch-position', u16(position));
    expect([bitAt(nonceKey, position), bitAt(rulesKey, position)]).toEqual([0, 1]);
    expectExample('state-root', map.root);
  });

  it('the proof of a transaction', async () => {
    const proof = example('proof-of-transaction');
    const outcome = await checkProof(proof, await exampleTrust());
    expect(outcome).toMatchObject({
      holds: true,
      value: { kind: 'transaction', index: 0, signature: 'valid', wasAdmitted: true, id: example('transaction-id'), receipt: readReceipt(example('receipt-done')) },
    });
    const read = Proof.decode(proof.subarray(proofMark.length));
    expectExample('proof-of-transaction', concat(proofMark, Proof.encode(read)));
    expect(read.transaction?.block.header).toEqual(example('proved-header'));
    expect(toHex(read.transaction!.block.certificate)).toContain(exampleText('proved-header-signature'));
  });

  it('the proof of absence', async () => {
    const bob = (await SeedKey.of('bob')).publicKey.address;
    const asked = concat(utf8('ledger.nonces'), Uint8Array.of(0), bob);
    expectExample('asked-key', asked);
    const outcome = await checkProof(example('proof-of-absence'), await exampleTrust());
    expect(outcome).toMatchObject({ holds: true, value: { kind: 'state', key: asked, value: undefined } });
    const map = await MadeUpMap.of([[example('nonce-key'), example('nonce-value')], [example('rules-key'), example('rules-value')]]);
    const read = Proof.decode(example('proof-of-absence').subarray(proofMark.length)).state!;
    expectExample('proof-of-absence', concat(proofMark, Proof.encode({ transaction: undefined, state: { block: read.block, key: asked, ...map.prove(asked) }, receipt: undefined })));
  });

  it('the proof of a receipt', async (test) => {
    test.skip(!examples.has('proof-of-receipt'), 'docs/ledger.md has no such proof');
    const read = Proof.decode(example('proof-of-receipt').subarray(proofMark.length));
    const made = { origin: 'schedule', subject: await sha256(Uint8Array.of(3)), refusal: undefined, events: [] } as const;
    const [done, refused] = [await leafHash(example('receipt-done')), await leafHash(example('receipt-refused'))];
    const receipts = [await leafHash(writeReceipt(made)), done, refused];
    const receiptPath = await treePath(0, receipts);
    const receipt = { block: read.receipt!.block, index: 0, receipt: writeReceipt(made), receiptPath };
    expectExample('proof-of-receipt', concat(proofMark, Proof.encode({ transaction: undefined, state: undefined, receipt })));
    expect(await treeRoot(receipts)).toEqual((await readHeader(example('proved-header'))).receiptsRoot);
  });

  it('the file of headers', async (test) => {
    test.skip(!examples.has('headers-file'), 'docs/ledger.md has no such file');
    const { block } = Proof.decode(example('proof-of-absence').subarray(proofMark.length)).state!;
    const step = FollowStep.encode({ header: block, change: undefined });
    expectExample('headers-file', concat(headersMark, bytesField(example('genesis')), bytesField(step)));
    const followed = await followFromGenesis(example('headers-file'), example('ledger-id'));
    expect(followed).toMatchObject({ holds: true, value: { newest: { height: 2n }, fault: undefined } });
  });

  it('the signature under the proved header', async () => {
    const header = await readHeader(example('proved-header'));
    const { validators } = await exampleTrust();
    const signature = example('proved-header-signature');
    expect(await validators.validators[0]!.key.verifies(signedByValidators(header), signature)).toBe(true);
    const { block } = Proof.decode(example('proof-of-absence').subarray(proofMark.length)).state!;
    await requireFinal(header, block.certificate, validators);
    expectExample('proved-header-signature', signature);
  });

  it('the log file', () => {
    expectExample('log-file', writeLogFile([{ bytes: utf8('hello'), unsynced: 0 }, { bytes: utf8('there'), unsynced: 1 }]));
    expect(readLogFile(example('log-file')).map(({ bytes }) => bytes)).toEqual([utf8('hello'), utf8('there')]);
  });

  afterAll(() => {
    expect([...examples.keys()].filter((name) => !computed.has(name)), 'examples that nothing here computes').toEqual([]);
  });
});
