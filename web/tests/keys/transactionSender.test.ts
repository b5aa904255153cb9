import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../src/ledger/bytes.ts';
import { callOf } from '../../src/ledger/contracts.ts';
import { type TransactionBody } from '../../src/ledger/messages.ts';
import { readTransaction, transactionId } from '../../src/ledger/transaction.ts';
import { type LedgerAccess, type NodeAnswer, Unreached } from '../../src/app/keys/ledgerAccess.ts';
import { MemberKey } from '../../src/app/keys/memberKey.ts';
import { pendingOf } from '../../src/app/keys/pendingTransactions.ts';
import { goodForMs, TransactionSender } from '../../src/app/keys/transactionSender.ts';
import { exampleText } from '../support/specification.ts';

const now = Date.parse('2024-06-01T12:00:00Z');

const noAnswer: NodeAnswer = { status: 'unknown', height: null, code: null, sentence: null, mayStillHappen: true };
const final: NodeAnswer = { status: 'final', height: 7, code: null, sentence: null, mayStillHappen: false };
const busy: NodeAnswer = { status: 'refused', height: null, code: 'busy', sentence: 'Too much at once.', mayStillHappen: false };
const passedOver = (code: string): NodeAnswer => ({ status: 'refused', height: null, code, sentence: 'No.', mayStillHappen: false });
const refusedInBlock = (code: string): NodeAnswer => ({ status: 'refused', height: 8, code, sentence: 'No.', mayStillHappen: false });

/** A node that gives the answers it was told to, one after the other. */
class MadeUpNode implements LedgerAccess {
  readonly sent: { readonly hex: string; readonly body: TransactionBody }[] = [];
  readonly found = new Map<string, { height: number; code: string | null; sentence: string | null }>();
  nonce = 4n;
  newest = now;
  speed = 1;

  constructor(private readonly answers: (NodeAnswer | 'unreached')[]) {}

  lastNonce = async (): Promise<bigint> => this.nonce;
  community = async () => ({ ledgerId: exampleText('ledger-id'), nowMs: now, speed: this.speed });
  newestBlockTimeMs = async () => this.newest;
  find = async (id: string) => this.found.get(id);

  send = async (bytes: Uint8Array): Promise<NodeAnswer> => {
    this.sent.push({ hex: toHex(bytes), body: readTransaction(bytes).body });
    const answer = this.answers.shift() ?? 'unreached';
    if (answer === 'unreached') {
      throw new Unreached('The node cannot be reached.');
    }
    if (answer.status === 'final') {
      this.nonce = this.sent.at(-1)!.body.nonce;
    }
    return answer;
  };
}

const call = (amount: bigint) => callOf('wallet', 'transfer', { to: fromHex(exampleText('address-bytes')), amount });

describe('Whoever sends transactions', () => {
  let key: MemberKey;
  beforeEach(async () => {
    key = await MemberKey.make();
  });

  function senderTo(...answers: (NodeAnswer | 'unreached')[]): { sender: TransactionSender; node: MadeUpNode } {
    const node = new MadeUpNode(answers);
    return { node, sender: new TransactionSender(key, { ledger: node, pause: async () => {} }) };
  }

  it('sends the same bytes again where its sender has too many waiting', async () => {
    const { sender, node } = senderTo(passedOver('too-many-waiting'), final);
    expect(await sender.signAndSend([call(1n)])).toMatchObject({ kind: 'done', height: 7 });
    expect(node.sent[0]!.hex).toBe(node.sent[1]!.hex);
  });

  it('signs with the next nonce and for two hours, and is told the block', async () => {
    const { sender, node } = senderTo(final);
    expect(await sender.signAndSend([call(1n)])).toMatchObject({ kind: 'done', height: 7 });
    expect(node.sent[0]!.body).toMatchObject({ nonce: 5n, expiresAtMs: BigInt(now + goodForMs), sender: key.publicKey.address });
    expect(await pendingOf(key.address)).toEqual([]);
  });

  it('gives a transaction ten real minutes where the community’s time is fast, but never more than the ledger takes', async () => {
    const { sender, node } = senderTo(final, final);
    node.speed = 60;
    await sender.signAndSend([call(1n)]);
    node.speed = 3000;
    await sender.signAndSend([call(2n)]);
    expect(node.sent.map(({ body }) => Number(body.expiresAtMs) - now)).toEqual([600_000 * 60, 23 * 3_600_000]);
  });

  it('sends one after the other, each with a nonce of its own', async () => {
    const { sender, node } = senderTo(final, final, final);
    await Promise.all([sender.signAndSend([call(1n)]), sender.signAndSend([call(2n)]), sender.signAndSend([call(3n)])]);
    expect(node.sent.map(({ body }) => body.nonce)).toEqual([5n, 6n, 7n]);
  });

  it('while there is no answer sends the same bytes for the same purpose, and signs nothing else for it', async () => {
    const { sender, node } = senderTo(noAnswer, 'unreached', final);
    expect(await sender.signAndSend([call(1n)], 'pay the rent')).toMatchObject({ kind: 'waiting' });
    expect(await sender.signAndSend([call(1n)], 'pay the rent')).toMatchObject({ kind: 'waiting' });
    expect(await sender.signAndSend([call(1n)], 'pay the rent')).toMatchObject({ kind: 'done', height: 7 });
    expect(new Set(node.sent.map(({ hex }) => hex)).size).toBe(1);
  });

  it('finds what waits after the page was closed, and sends it again', async () => {
    const before = senderTo('unreached');
    const waiting = await before.sender.signAndSend([call(1n)]);
    const after = senderTo(final);
    expect(await after.sender.settle()).toEqual([{ kind: 'done', id: (waiting as { id: string }).id, height: 7 }]);
    expect(after.node.sent[0]!.hex).toBe(before.node.sent[0]!.hex);
    expect(await after.sender.settle()).toEqual([]);
  });

  it('does other things meanwhile, with a nonce after that of what waits', async () => {
    const { sender, node } = senderTo(noAnswer, noAnswer, final);
    await sender.signAndSend([call(1n)], 'first');
    expect(await sender.signAndSend([call(2n)], 'second')).toMatchObject({ kind: 'done' });
    expect(node.sent.map(({ body }) => body.nonce)).toEqual([5n, 5n, 6n]);
  });

  it('after no answer does not take a node’s word for a refusal that no block has', async () => {
    const { sender } = senderTo(noAnswer, passedOver('nonce-used'), passedOver('nonce-used'), passedOver('nonce-used'), passedOver('nonce-used'));
    await sender.signAndSend([call(1n)], 'once');
    expect(await sender.signAndSend([call(1n)], 'once')).toMatchObject({ kind: 'waiting' });
    expect(await pendingOf(key.address)).toHaveLength(1);
  });

  it('ends the doubt with a final block past the expiry, and looks up what happened', async () => {
    const { sender, node } = senderTo(noAnswer, passedOver('expired'));
    const { id } = (await sender.signAndSend([call(1n)], 'once')) as { id: string };
    node.newest = now + goodForMs;
    expect(await sender.settle()).toMatchObject([{ kind: 'refused', id, height: null, code: 'expired' }]);

    const again = senderTo(noAnswer, passedOver('expired'));
    const waiting = (await again.sender.signAndSend([call(2n)], 'twice')) as { id: string };
    again.node.newest = now + goodForMs;
    again.node.found.set(waiting.id, { height: 9, code: null, sentence: null });
    expect(await again.sender.settle()).toEqual([{ kind: 'done', id: waiting.id, height: 9 }]);
  });

  it('is told why a block refuses it, and may try anew afterwards', async () => {
    const { sender, node } = senderTo(refusedInBlock('insufficient-funds'), final);
    expect(await sender.signAndSend([call(1n)])).toMatchObject({ kind: 'refused', height: 8, code: 'insufficient-funds', sentence: 'No.' });
    node.nonce = 5n;
    expect(await sender.signAndSend([call(1n)])).toMatchObject({ kind: 'done' });
    expect(node.sent.map(({ body }) => body.nonce)).toEqual([5n, 6n]);
  });

  it('signs anew where another device took the nonce before this one was passed on', async () => {
    const { sender, node } = senderTo(passedOver('nonce-used'), final);
    const lastNonces = [4n, 5n];
    node.lastNonce = async () => lastNonces.shift()!;
    expect(await sender.signAndSend([call(1n)])).toMatchObject({ kind: 'done' });
    expect(node.sent.map(({ body }) => body.nonce)).toEqual([5n, 6n]);
  });

  it('tries again with a busy node, and says that nothing was sent where it stays busy', async () => {
    const soon = senderTo(busy, busy, final);
    expect(await soon.sender.signAndSend([call(1n)])).toMatchObject({ kind: 'done' });
    expect(new Set(soon.node.sent.map(({ hex }) => hex)).size).toBe(1);
    const never = senderTo(busy, busy, busy, busy);
    expect(await never.sender.signAndSend([call(2n)])).toEqual({ kind: 'not-sent', code: 'busy' });
    expect(await pendingOf(key.address)).toEqual([]);
  });

  it('looks up what the node no longer remembers, and says so where nobody knows', async () => {
    const forgotten: NodeAnswer = { ...noAnswer, code: 'not-remembered', mayStillHappen: false };
    const { sender } = senderTo(forgotten);
    expect(await sender.signAndSend([call(1n)])).toMatchObject({ kind: 'unclear' });
    const other = senderTo(forgotten);
    const send = other.node.send;
    other.node.send = async (bytes) => {
      other.node.found.set(toHex(await transactionId(readTransaction(bytes).transaction.body)), { height: 3, code: null, sentence: null });
      return send(bytes);
    };
    expect(await other.sender.signAndSend([call(2n)])).toMatchObject({ kind: 'done', height: 3 });
  });

  it('says that nothing was sent where the node could not be asked before', async () => {
    const { sender, node } = senderTo();
    node.community = async () => {
      throw new Unreached('The node cannot be reached.');
    };
    expect(await sender.signAndSend([call(1n)])).toEqual({ kind: 'not-sent', code: 'offline' });
  });
});
