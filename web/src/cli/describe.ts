import { printAddress } from '../ledger/address.ts';
import { toHex } from '../ledger/bytes.ts';
import { type ProofClaim, type ReceiptClaim, type TransactionClaim } from '../ledger/proof.ts';
import { type Origin, type Receipt } from '../ledger/receipt.ts';

const sayings = {
  valid: 'valid',
  invalid: "not the sender's: the validators' word is all there is for who sent it",
  none: "none, as on a ledger without signatures: the validators' word is all there is for who sent it",
} as const;

const sourceOf: Readonly<Record<Origin, string>> = {
  transaction: 'of a transaction',
  schedule: 'of a scheduled call',
  genesis: 'of a call of the genesis',
};

/** What a proof says, as lines for a person. */
export async function claimAsLines(claim: ProofClaim): Promise<string[]> {
  const rows: [string, string][] = [
    ['ledger', toHex(claim.block.ledgerId)],
    ['block', `${claim.block.height} of ${timeOf(claim)}`],
  ];
  if (claim.kind === 'state') {
    rows.push(['key', toHex(claim.key)]);
    rows.push(['value', claim.value === undefined ? 'none: there is no such entry' : toHex(claim.value)]);
  } else {
    rows.push(...(claim.kind === 'receipt' ? receiptRows(claim) : await transactionRows(claim)));
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${plain(value)}`);
}

async function transactionRows({ id, body, signature, receipt, wasAdmitted }: TransactionClaim): Promise<[string, string][]> {
  const rows: [string, string][] = [
    ['transaction', toHex(id)],
    ['sender', await printAddress(body.sender)],
    ['signature', sayings[signature]],
    ['calls', namesOf(body.calls.map(({ contract, method }) => `${contract}.${method}`))],
    ...outcomeRows(receipt),
  ];
  if (!wasAdmitted) {
    rows.push(['note', 'It was not admitted to this block; another block may have admitted it.']);
  }
  return rows;
}

function receiptRows({ index, receipt }: ReceiptClaim): [string, string][] {
  return [['receipt', `${index}, counted from 0, ${sourceOf[receipt.origin]}`], ['subject', toHex(receipt.subject)], ...outcomeRows(receipt)];
}

function outcomeRows({ refusal, events }: Receipt): [string, string][] {
  return [
    ['outcome', refusal === undefined ? 'done' : `refused, ${refusal.code}: ${refusal.sentence}`],
    ['events', namesOf(events.map(({ name }) => name))],
  ];
}

/** What a proof says, for programs. */
export async function claimAsJson(claim: ProofClaim): Promise<object> {
  const block = {
    ledgerId: toHex(claim.block.ledgerId),
    height: Number(claim.block.height),
    time: timeOf(claim),
    headerHash: toHex(claim.block.hash),
  };
  if (claim.kind === 'state') {
    const value = claim.value === undefined ? { present: false } : { present: true, value: toHex(claim.value) };
    return { ...block, state: { key: toHex(claim.key), ...value } };
  }
  if (claim.kind === 'receipt') {
    const { index, receipt } = claim;
    return { ...block, receipt: { index, origin: receipt.origin, subject: toHex(receipt.subject), ...outcomeFields(receipt) } };
  }
  const { id, body, signature, receipt } = claim;
  return {
    ...block,
    transaction: {
      id: toHex(id),
      sender: await printAddress(body.sender),
      nonce: Number(body.nonce),
      signature,
      calls: body.calls.map(({ contract, method }) => `${contract}.${method}`),
      ...outcomeFields(receipt),
    },
  };
}

function outcomeFields({ refusal, events }: Receipt): object {
  return { done: refusal === undefined, ...refusal, events: events.map(({ name, data }) => ({ name, data: toHex(data) })) };
}

function timeOf(claim: ProofClaim): string {
  return new Date(Number(claim.block.time)).toISOString().replace('.000Z', 'Z');
}

function namesOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

// A sender may name a contract as he likes, and signs that move a terminal's cursor are no name.
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
}
