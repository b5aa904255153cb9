import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimAsJson } from '../src/cli/describe.ts';
import { type Bytes, concat, equal, toHex, u64, utf8 } from '../src/ledger/bytes.ts';
import { readHeader } from '../src/ledger/header.ts';
import { LightClient, validatorsKey } from '../src/ledger/lightClient.ts';
import { readLogFile } from '../src/ledger/logFile.ts';
import { leafHash, treeRoot } from '../src/ledger/merkleTree.ts';
import { Batch, BatchBody, Block, Genesis, Transaction, TransactionBody } from '../src/ledger/messages.ts';
import { checkProof } from '../src/ledger/proof.ts';
import { PublicKey } from '../src/ledger/publicKey.ts';
import { ledgerIdOf, senderSignature, signedByProposer, transactionId } from '../src/ledger/transaction.ts';
import { readTrustedValidators, type TrustedValidators } from '../src/ledger/trustedValidators.ts';
import { ValidatorSet } from '../src/ledger/validatorSet.ts';

const program = fileURLToPath(new URL('../../artifacts/bin/Commonwatt.Node/release/commonwatt.dll', import.meta.url));
const isBuilt = existsSync(program);

// Two homes, one of them with PV, for a day of hours: some 75 blocks.
const scenario = {
  name: 'Two homes',
  timeZone: 'Europe/Lisbon',
  currency: 'EUR',
  start: '2024-06-01',
  days: 1,
  period: 'PT1H',
  tariffs: { retail: 0.22, feedIn: 0.05 },
  members: [
    { id: 'h01', load: { household: 3200 } },
    { id: 'h02', load: { household: 2800 }, pv: { kWp: 4 } },
  ],
};

/** What the program puts into words knows the contracts; docs/ledger.md, and so this verifier, know only their bytes. */
function withoutWords(proof: object): object {
  return JSON.parse(JSON.stringify(proof), (name, value: unknown) => (['arguments', 'title', 'fields', 'number', 'proved'].includes(name) ? undefined : value)) as object;
}

describe.skipIf(!isBuilt)('The program itself (skipped unless it was built, which ./commonwatt --version does)', () => {
  describe.each(['on', 'off'])('with signatures %s', (signatures) => {
    const folder = mkdtempSync(join(tmpdir(), 'commonwatt-'));
    const pathOf = (name: string) => join(folder, name);
    const run = (...words: string[]) => execFileSync('dotnet', [program, ...words, '--json'], { cwd: folder, encoding: 'utf8' });

    let blocks: ReturnType<typeof Block.decode>[];
    let genesis: Bytes;
    let transactions: { readonly height: number; readonly bytes: Bytes; readonly body: TransactionBody; readonly id: string }[];
    let trusted: TrustedValidators;

    beforeAll(async () => {
      writeFileSync(pathOf('homes.json'), JSON.stringify(scenario));
      run('simulate', 'homes.json', '--out', 'out', '--signatures', signatures);
      run('verify', 'out/community.ledger', '--validators-out', 'set');
      blocks = readLogFile(readFileSync(pathOf('out/community.ledger'))).map(({ bytes }) => Block.decode(bytes));
      genesis = blocks[0]!.content;
      const read = await readTrustedValidators(readFileSync(pathOf('set'), 'utf8'));
      trusted = read.holds ? read.value : expect.unreachable(read.why);
      transactions = await transactionsOf(blocks);
    });

    afterAll(() => rmSync(folder, { recursive: true }));

    /** A proof that the program made: what it says of it itself, and what this one finds in it. */
    async function proved(...words: string[]) {
      const { right, file, ...theirs } = JSON.parse(run('proof', ...words, '--ledger', 'out/community.ledger', '--out', 'a.proof'));
      expect([right, file]).toEqual([true, 'a.proof']);
      const outcome = await checkProof(readFileSync(pathOf('a.proof')), trusted);
      const claim = outcome.holds ? outcome.value : expect.unreachable(outcome.why);
      return { theirs: withoutWords(theirs), claim, ours: await claimAsJson(claim) };
    }

    it('starts its ledger with the genesis that the id is the digest of', async () => {
      const { validators, withoutSignatures } = Genesis.decode(genesis);
      const keys = await Promise.all(validators.map(async ({ publicKey, power }) => ({ key: await PublicKey.from(publicKey), power })));
      expect(toHex(await ledgerIdOf(genesis))).toBe(toHex(trusted.ledgerId));
      expect((await ValidatorSet.of(keys)).hash).toEqual(trusted.validators.hash);
      expect(withoutSignatures).toBe(signatures === 'off');
    });

    it('makes blocks of which everything holds that can be seen without executing them', async () => {
      const client = new LightClient(trusted, 0n);
      for (const [height, { header: encoded, certificate, content }] of blocks.entries()) {
        const header = await readHeader(encoded);
        expect(header.height).toBe(BigInt(height));
        expect(await client.takeHeader(encoded, certificate)).toMatchObject({ holds: true });
        if (height > 0) {
          const batch = Batch.decode(content);
          const body = BatchBody.decode(batch.body);
          const leaves = await Promise.all(body.transactions.map((transaction) => leafHash(transaction)));
          expect(toHex(await treeRoot(leaves))).toBe(toHex(header.transactionsRoot));
          expect(header.transactionCount).toBe(leaves.length);
          expect(body.ledgerId).toEqual(trusted.ledgerId);
          expect(body.proposer).toEqual(header.proposer);
          expect(await trusted.validators.find(body.proposer)!.key.verifies(signedByProposer(batch.body), batch.signature)).toBe(true);
        }
      }
    });

    it('takes transactions that their senders signed', async () => {
      expect(transactions.length).toBeGreaterThan(20);
      for (const { bytes, body } of transactions) {
        expect(await senderSignature(Transaction.decode(bytes), body)).toBe(signatures === 'on' ? 'valid' : 'none');
        expect(body.ledgerId).toEqual(trusted.ledgerId);
      }
    });

    it('proves a transaction', async () => {
      const { id, height, body } = transactions.at(-1)!;
      const { theirs, claim, ours } = await proved(id);
      expect(claim).toMatchObject({ kind: 'transaction', block: { height: BigInt(height) }, body, signature: signatures === 'on' ? 'valid' : 'none' });
      expect(ours).toMatchObject(theirs);
    });

    it('proves entries of the state, and that there are none', async () => {
      const sender = transactions[0]!.body.sender;
      const last = transactions.filter(({ body }) => equal(body.sender, sender)).at(-1)!.body.nonce;
      for (const [key, value] of [
        [concat(utf8('ledger.nonces'), Uint8Array.of(0), sender), u64(last)],
        [validatorsKey(0n), trusted.validators.bytes],
        [utf8('zzz'), undefined],
      ] as const) {
        const { theirs, claim, ours } = await proved('--state', toHex(key));
        expect(claim).toMatchObject({ kind: 'state', key, value });
        expect(ours).toMatchObject(theirs);
      }
    });
  });
});

async function transactionsOf(blocks: readonly ReturnType<typeof Block.decode>[]) {
  const found = [];
  for (const [height, { content }] of blocks.entries()) {
    const encoded = height === 0 ? [] : BatchBody.decode(Batch.decode(content).body).transactions;
    for (const bytes of encoded) {
      const { body } = Transaction.decode(bytes);
      found.push({ height, bytes, body: TransactionBody.decode(body), id: toHex(await transactionId(body)) });
    }
  }
  return found;
}
