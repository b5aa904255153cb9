/** Round values from 0 up to at most `most`, about so many. */
export function niceTicks(most: number, count: number): readonly number[] {
  if (!(most > 0)) {
    return [0];
  }
  const rough = most / count;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * size).find((candidate) => candidate >= rough)!;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, place) => place * step);
}
