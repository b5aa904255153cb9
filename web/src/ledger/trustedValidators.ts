import { type Bytes, fromHex, hashSize, shortened, toHex } from './bytes.ts';
import { type Outcome, outcomeOf, Refused } from './outcome.ts';
import { PublicKey } from './publicKey.ts';
import { mostPower, ValidatorSet, type ValidatorWithPower } from './validatorSet.ts';

/** What whoever checks has from elsewhere: which ledger, and its validators at the height in question. */
export interface TrustedValidators {
  readonly ledgerId: Bytes;
  readonly validators: ValidatorSet;
  /** The height of a block that these validators make final, where it was told. */
  readonly height?: bigint | undefined;
}

const firstLine = 'commonwatt/validators/1';
const mostCharacters = 1048576;

/** Reads a file of validators, as `./commonwatt verify --validators-out` writes it. */
export function readTrustedValidators(text: string): Promise<Outcome<TrustedValidators>> {
  return outcomeOf(async () => {
    if (text.length > mostCharacters) {
      throw new Refused(`A file of validators has at most ${mostCharacters} characters; this one has ${text.length}.`);
    }
    const [first, ...lines] = text.split('\n');
    if (first!.trim() !== firstLine) {
      throw new Refused(`This is no file of validators: its first line must be ${firstLine}.`);
    }
    let ledgerId: Bytes | undefined;
    let height: bigint | undefined;
    const validators: ValidatorWithPower[] = [];
    for (const [i, line] of lines.entries()) {
      const words = line.split(/\s+/).filter((word) => word !== '');
      if (words.length === 0 || words[0]!.startsWith('#')) {
        continue;
      }
      await inLine(i + 2, async () => {
        if (words[0] === 'ledger' && words.length === 2 && ledgerId === undefined) {
          ledgerId = readLedgerId(words[1]!);
        } else if (words[0] === 'height' && words.length === 2 && height === undefined) {
          height = readHeight(words[1]!);
        } else if (words[0] === 'validator' && words.length === 3) {
          validators.push({ key: await PublicKey.from(fromHex(words[1]!.toLowerCase())), power: readPower(words[2]!) });
        } else {
          throw new Refused(`'${shortened(line)}' is neither the one line of the ledger or of the height, nor a validator with its key and power.`);
        }
      });
    }
    if (ledgerId === undefined) {
      throw new Refused("The file of validators lacks the line with the ledger's id.");
    }
    return { ledgerId, validators: await ValidatorSet.of(validators), height };
  });
}

/** The file of validators that says whom to trust. */
export function writeTrustedValidators({ ledgerId, validators, height }: TrustedValidators): string {
  const lines = validators.validators.map(({ key, power }) => `validator ${toHex(key.bytes)} ${power}`);
  return [firstLine, `ledger ${toHex(ledgerId)}`, ...(height === undefined ? [] : [`height ${height}`]), ...lines, ''].join('\n');
}

async function inLine(number: number, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    throw error instanceof Refused ? new Refused(`In line ${number} of the file of validators: ${error.message}`) : error;
  }
}

function readLedgerId(word: string): Bytes {
  const id = fromHex(word.toLowerCase());
  if (id.length !== hashSize) {
    throw new Refused(`A ledger's id has ${2 * hashSize} hexadecimal digits, and not ${word.length}.`);
  }
  return id;
}

function readPower(word: string): bigint {
  if (!/^[0-9]+$/.test(word) || BigInt(word) < 1n || BigInt(word) > mostPower) {
    throw new Refused(`'${shortened(word)}' is no power: it is a whole number from 1 to ${mostPower}.`);
  }
  return BigInt(word);
}

function readHeight(word: string): bigint {
  if (!/^[0-9]+$/.test(word) || BigInt(word) >= 1n << 64n) {
    throw new Refused(`'${shortened(word)}' is no height: it is a whole number from 0 on.`);
  }
  return BigInt(word);
}
