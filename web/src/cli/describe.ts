import { printAddress } from '../ledger/address.ts';
import { toHex } from '../ledger/bytes.ts';
import { type ProofClaim, type TransactionClaim } from '../ledger/proof.ts';

const sayings = {
  valid: 'valid',
  invalid: "not the sender's: the validators' word is all there is for who sent it",
  none: "none, as on a ledger without signatures: the validators' word is all there is for who sent it",
} as const;

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
    rows.push(...(await transactionRows(claim)));
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${plain(value)}`);
}

async function transactionRows({ id, body, signature, receipt, wasAdmitted }: TransactionClaim): Promise<[string, string][]> {
  const { refusal, events } = receipt;
  const rows: [string, string][] = [
    ['transaction', toHex(id)],
    ['sender', await printAddress(body.sender)],
    ['signature', sayings[signature]],
    ['calls', namesOf(body.calls.map(({ contract, method }) => `${contract}.${method}`))],
    ['outcome', refusal === undefined ? 'done' : `refused, ${refusal.code}: ${refusal.sentence}`],
    ['events', namesOf(events.map(({ name }) => name))],
  ];
  if (!wasAdmitted) {
    rows.push(['note', 'It was not admitted to this block; another block may have admitted it.']);
  }
  return rows;
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
  const { id, body, signature, receipt } = claim;
  return {
    ...block,
    transaction: {
      id: toHex(id),
      sender: await printAddress(body.sender),
      nonce: Number(body.nonce),
      signature,
      calls: body.calls.map(({ contract, method }) => `${contract}.${method}`),
      done: receipt.refusal === undefined,
      ...receipt.refusal,
      events: receipt.events.map(({ name, data }) => ({ name, data: toHex(data) })),
    },
  };
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
