import { type Bytes, equal, hashSize, toUnsigned, utf8 } from './bytes.ts';
import { type Header } from './header.ts';
import { LayoutReader } from './layout.ts';
import { LightClient } from './lightClient.ts';
import { Genesis } from './messages.ts';
import { type Outcome, outcomeOf, Refused } from './outcome.ts';
import { FollowStep } from './proofMessages.ts';
import { PublicKey } from './publicKey.ts';
import { ledgerIdOf } from './transaction.ts';
import { type TrustedValidators } from './trustedValidators.ts';
import { ValidatorSet } from './validatorSet.ts';

/** The bytes that a file of headers starts with. */
export const headersMark = utf8('commonwatt/headers/1');

const longestStep = 1048576;
const longestGenesis = 67108864;

/** How far a file of headers led. What was taken is right, also where the file is not. */
export interface Following {
  readonly client: LightClient;
  readonly newest: Header;
  /** Why it goes on no further, where something is wrong in the file. */
  readonly fault: string | undefined;
}

/** Follows a file of headers from its genesis, with nothing but the ledger's id. Refused is one from which no header can be taken. */
export function followFromGenesis(file: Uint8Array, ledgerId: Bytes): Promise<Outcome<Following>> {
  return outcomeOf(() => follow(file, ledgerId, undefined));
}

/** Follows a file of headers from the trusted validators on; steps below their height are passed over. */
export function followFromTrust(file: Uint8Array, trusted: TrustedValidators): Promise<Outcome<Following>> {
  return outcomeOf(() => follow(file, trusted.ledgerId, trusted));
}

async function follow(file: Uint8Array, ledgerId: Bytes, known: TrustedValidators | undefined): Promise<Following> {
  if (!equal(file.subarray(0, headersMark.length), headersMark)) {
    throw new Refused('This is no file of headers: one starts with commonwatt/headers/1.');
  }
  const reader = new LayoutReader(file.subarray(headersMark.length), 'A file of headers');
  const genesis = bytesUpTo(reader, longestGenesis, 'genesis');
  if (genesis.length > 0 && !equal(await ledgerIdOf(genesis), ledgerId)) {
    throw new Refused('The genesis in the file of headers is of another ledger.');
  }
  const trusted = known ?? { ledgerId, validators: await validatorsOf(genesis) };
  const client = new LightClient(trusted, trusted.height ?? 0n);
  const fault = await takeSteps(reader, client, trusted.height ?? 0n);
  if (client.newest === undefined) {
    throw new Refused(fault ?? 'The file has no header from the height on where the trust starts.');
  }
  return { client, newest: client.newest, fault };
}

async function validatorsOf(genesis: Bytes): Promise<ValidatorSet> {
  if (genesis.length === 0) {
    throw new Refused('The file of headers has no genesis: validators must be known from elsewhere.');
  }
  const { validators } = Genesis.decode(genesis);
  return ValidatorSet.of(await Promise.all(validators.map(async ({ publicKey, power }) => ({ key: await PublicKey.from(publicKey), power }))));
}

/** Takes step after step up to the end, or up to the first that is wrong: the sentence says why. */
async function takeSteps(reader: LayoutReader, client: LightClient, from: bigint): Promise<string | undefined> {
  try {
    while (!reader.isAtEnd) {
      await takeStep(bytesUpTo(reader, longestStep, 'step'), client, from);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Refused) {
      return error.message;
    }
    throw error;
  }
}

async function takeStep(encoded: Bytes, client: LightClient, from: bigint): Promise<void> {
  const { header, change } = FollowStep.decode(encoded);
  if ((header === undefined) === (change === undefined)) {
    throw new Refused('A step in a file of headers is one thing: a header or a change.');
  }
  const block = header ?? change!.block;
  if (heightOf(block.header) < from) {
    return;
  }
  const outcome = await (change === undefined ? client.takeHeader(block.header, block.certificate) : client.takeChange(change));
  if (!outcome.holds) {
    throw new Refused(outcome.why);
  }
}

// The height stands behind the ledger's id. Of a header that is passed over nothing else is looked at.
function heightOf(header: Bytes): bigint {
  return toUnsigned(header.subarray(hashSize, hashSize + 8));
}

function bytesUpTo(reader: LayoutReader, most: number, what: string): Bytes {
  const size = reader.u32();
  if (size > most) {
    throw new Refused(`A ${what} in a file of headers claims ${size} bytes; it has at most ${most}.`);
  }
  return reader.take(size);
}
