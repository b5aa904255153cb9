import { locale, sayFrom } from '../kit/words.svelte.ts';
import { formWords } from '../words/formWords.ts';
import { typedAmount } from './decimalInput.ts';

/** What a field takes. */
export interface AmountField {
  /** What it is called in sentences. */
  readonly name: string;
  readonly example: number;
  /** How many of what the ledger counts are one of what is typed. */
  readonly factor: number;
  readonly digits: number;
  /** In what the ledger counts. */
  readonly least: number;
  readonly most: number;
  /** Writes a bound, as people read it. */
  readonly write: (value: number) => string;
}

/** What was typed, in what the ledger counts, or what is wrong with it, as a sentence. */
export type Read = { readonly value: number; readonly fault?: undefined } | { readonly value?: undefined; readonly fault: string };

/** Reads a field whose number is dear to get wrong. */
export function readAmount(text: string, { name, example, factor, digits, least, most, write }: AmountField): Read {
  const say = sayFrom(formWords);
  const typed = typedAmount(text, factor, digits);
  switch (typed.kind) {
    case 'none':
      return { fault: say('wrongNumber', { field: name, example: asTyped(example) }) };
    case 'ambiguous':
      return { fault: say('ambiguous', { typed: text.trim(), whole: asTyped(typed.whole), fraction: asTyped(typed.fraction) }) };
    case 'too-fine':
      return { fault: say('tooFine', { digits, example: asTyped(example) }) };
    case 'number':
      return typed.value < least || typed.value > most ? { fault: say('outOfRange', { field: name, least: write(least), most: write(most) }) } : { value: typed.value };
  }
}

const asTyped = (value: number): string => value.toLocaleString(locale(), { useGrouping: false, maximumFractionDigits: 3 });
