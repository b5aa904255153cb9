/** The number that somebody typed, with a comma or a point before its fraction, times `factor`, to the nearest whole; undefined where it is none. */
export function typedNumber(text: string, factor: number): number | undefined {
  const plain = text.trim().replaceAll(/[\s']/g, '').replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) {
    return undefined;
  }
  const value = Math.round(Number(plain) * factor);
  return Number.isSafeInteger(value) ? value : undefined;
}
