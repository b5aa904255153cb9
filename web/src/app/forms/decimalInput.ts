/** A typed number: what it is, or why it is none that can be told for sure. */
export type Typed =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'none' }
  /** As in 12,345: the two readings, without any separator of thousands, and with as many digits as the field takes. */
  | { readonly kind: 'ambiguous'; readonly whole: number; readonly fraction: number }
  | { readonly kind: 'too-fine' };

/** The number that somebody typed, with a comma or a point before its fraction, times `factor`, to the nearest whole; undefined where it is none. */
export function typedNumber(text: string, factor: number): number | undefined {
  const plain = plainOf(text);
  if (plain === undefined) {
    return undefined;
  }
  const value = Math.round(Number(plain) * factor);
  return Number.isSafeInteger(value) ? value : undefined;
}

/**
 * The same for what is dear to get wrong: three digits after the only separator may be a fraction or thousands, and nobody but who
 * typed them knows.
 *
 * @param digits How many digits after the separator the field takes.
 */
export function typedAmount(text: string, factor: number, digits: number): Typed {
  const [plain, value] = [plainOf(text), typedNumber(text, factor)];
  if (plain === undefined || value === undefined) {
    return { kind: 'none' };
  }
  // A number with a zero before the separator, or with more than three digits, is not written in thousands.
  if (/^-?[1-9]\d{0,2}\.\d{3}$/.test(plain)) {
    return { kind: 'ambiguous', whole: Number(plain.replace('.', '')), fraction: Number(Number(plain).toFixed(digits)) };
  }
  return (plain.split('.')[1]?.length ?? 0) > digits ? { kind: 'too-fine' } : { kind: 'number', value };
}

function plainOf(text: string): string | undefined {
  const plain = text.trim().replaceAll(/[\s']/g, '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : undefined;
}
