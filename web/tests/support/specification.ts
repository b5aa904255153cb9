import { readFileSync } from 'node:fs';
import { type Bytes, fromHex } from '../../src/ledger/bytes.ts';
import { type TrustedValidators } from '../../src/ledger/trustedValidators.ts';
import { ValidatorSet } from '../../src/ledger/validatorSet.ts';

const document = readFileSync(new URL('../../../docs/ledger.md', import.meta.url), 'utf8');

/** The values in the blocks marked `example` of docs/ledger.md, by name, as they are printed. */
export const examples: ReadonlyMap<string, string> = readExamples(document);

/** The first block of the document without a mark that starts with this line. */
export function blockThatStarts(line: string): string {
  const block = [...document.matchAll(/^```\n([^]*?)^```$/gm)].map(([, text]) => text!).find((text) => text.startsWith(`${line}\n`));
  if (block === undefined) {
    throw new Error(`docs/ledger.md has no block that starts with '${line}'.`);
  }
  return block;
}

/** An example as bytes. */
export function example(name: string): Bytes {
  return fromHex(exampleText(name));
}

export function exampleText(name: string): string {
  const value = examples.get(name);
  if (value === undefined) {
    throw new Error(`docs/ledger.md has no example '${name}'.`);
  }
  return value;
}

/** The ledger and the validators that the example proofs are checked with. */
export async function exampleTrust(): Promise<TrustedValidators> {
  return { ledgerId: example('ledger-id'), validators: await ValidatorSet.read(example('validator-set')) };
}

function readExamples(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, block] of text.matchAll(/^```example\n([^]*?)^```$/gm)) {
    // A line that starts with blanks goes on with the value above.
    for (const line of block!.replace(/\n +/g, '').trim().split('\n')) {
      const [name, value] = line.split(': ');
      if (name === undefined || value === undefined || found.has(name)) {
        throw new Error(`docs/ledger.md has an example that is not a new name and a value: '${line}'.`);
      }
      found.set(name, value);
    }
  }
  return found;
}
