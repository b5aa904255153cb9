import { fromUtf8, toHex } from '../ledger/bytes.ts';
import { outcomeOf } from '../ledger/outcome.ts';
import { checkProof } from '../ledger/proof.ts';
import { readTrustedValidators, type TrustedValidators } from '../ledger/trustedValidators.ts';
import { readArguments } from './arguments.ts';
import { type ExitCode, exitCodes, type Surroundings, WrongUse } from './command.ts';
import { claimAsJson, claimAsLines } from './describe.ts';

const help = [
  'Check a proof that somebody gave you, with the validators you trust and without the ledger.',
  '',
  'Usage: node web/bin/check-proof.mjs FILE --validators SET [--ledger-id ID] [--json]',
  '',
  "  FILE              the proof file, as './commonwatt proof' writes it",
  "  --validators SET  the ledger and its validators, from a source you trust; './commonwatt verify --validators-out' writes such a file",
  '  --ledger-id ID    see that it is this ledger, 64 hexadecimal digits',
  '  --json            print one JSON object on standard output and nothing else',
];

/** Runs the command with what stands behind its name, and tells how it ended. */
export async function checkProofCommand(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  if (words.includes('--help')) {
    help.forEach((line) => surroundings.writeLine(line));
    return exitCodes.done;
  }
  try {
    return await check(words, surroundings);
  } catch (error) {
    if (error instanceof WrongUse) {
      surroundings.writeError(error.message);
      return exitCodes.wrongUse;
    }
    throw error;
  }
}

async function check(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { file, validators, ledgerId, json } = readArguments(words);
  const proof = await read(file, surroundings);
  const trusted = await readTrusted(validators, ledgerId, surroundings);
  const outcome = await checkProof(proof, trusted);
  if (json) {
    const said = outcome.holds ? { right: true, file, ...(await claimAsJson(outcome.value)) } : { right: false, file, fault: outcome.why };
    surroundings.writeLine(JSON.stringify(said, undefined, 2));
  } else if (outcome.holds) {
    [`${file} is right. It proves:`, '', ...(await claimAsLines(outcome.value))].forEach((line) => surroundings.writeLine(line));
  } else {
    surroundings.writeError(`${file} proves nothing: ${outcome.why}`);
  }
  return outcome.holds ? exitCodes.done : exitCodes.checkFailed;
}

async function readTrusted(path: string, ledgerId: string | undefined, surroundings: Surroundings): Promise<TrustedValidators> {
  const file = await read(path, surroundings);
  const text = await outcomeOf(() => fromUtf8(file));
  const trusted = text.holds ? await readTrustedValidators(text.value) : text;
  if (!trusted.holds) {
    throw new WrongUse(`${path}: ${trusted.why}`);
  }
  if (ledgerId !== undefined && ledgerId !== toHex(trusted.value.ledgerId)) {
    throw new WrongUse(`${path} is of the ledger ${toHex(trusted.value.ledgerId)}, and not of ${ledgerId}.`);
  }
  return trusted.value;
}

async function read(path: string, surroundings: Surroundings): Promise<Uint8Array> {
  try {
    return await surroundings.readFile(path);
  } catch (error) {
    throw new WrongUse(`The file '${path}' cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
