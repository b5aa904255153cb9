/** A value that holds from one time to another. */
export interface Held {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

type Place = (value: number) => number;

const at = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** The outline of one part of a stack, as the path of an SVG: up to `tops` from `bases`, which hold at the same times; one outline for each stretch without a gap. */
export function areaPath(bases: readonly Held[], tops: readonly Held[], x: Place, y: Place): string {
  const firsts = tops.flatMap(({ from }, place) => (place === 0 || tops[place - 1]!.to !== from ? [place] : []));
  return firsts
    .map((first, count) => {
      const past = firsts[count + 1] ?? tops.length;
      const over = tops.slice(first, past).flatMap(({ from, to, value }) => [at(x(from), y(value)), at(x(to), y(value))]);
      const back = bases.slice(first, past).reverse().flatMap(({ from, to, value }) => [at(x(to), y(value)), at(x(from), y(value))]);
      return `M${[...over, ...back].join('L')}Z`;
    })
    .join('');
}

/** Steps as a line: broken where nothing holds. */
export function stepPath(held: readonly Held[], x: Place, y: Place): string {
  return held.map(({ from, to, value }, place) => `${place > 0 && held[place - 1]!.to === from ? 'L' : 'M'}${at(x(from), y(value))}L${at(x(to), y(value))}`).join('');
}

/** Adds a part on top of a stack. */
export function stacked(bases: readonly Held[], values: readonly number[]): readonly Held[] {
  return bases.map((base, place) => ({ ...base, value: base.value + (values[place] ?? 0) }));
}
