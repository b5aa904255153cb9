import { WrongUse } from './command.ts';

/** What stands on the command line of check-proof. */
export interface CheckProofArguments {
  readonly file: string;
  readonly validators: string;
  readonly ledgerId: string | undefined;
  readonly json: boolean;
}

const seeHelp = 'See: node web/bin/check-proof.mjs --help';

/** The arguments, or a sentence on what is missing or too much. */
export function readArguments(words: readonly string[]): CheckProofArguments {
  const files: string[] = [];
  const values = new Map<string, string>();
  let json = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--json') {
      json = true;
    } else if (word === '--validators' || word === '--ledger-id') {
      values.set(word, words[++i] ?? wrong(`Option '${word}' needs a value.`));
    } else if (word.startsWith('-')) {
      wrong(`There is no option '${word}'.`);
    } else {
      files.push(word);
    }
  }
  if (files.length !== 1) {
    wrong(`One proof file must be named, and not ${files.length}.`);
  }
  return {
    file: files[0]!,
    validators: values.get('--validators') ?? wrong("Option '--validators' is required."),
    ledgerId: values.get('--ledger-id'),
    json,
  };
}

function wrong(sentence: string): never {
  throw new WrongUse(`${sentence}\n\n${seeHelp}`);
}
