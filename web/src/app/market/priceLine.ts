/** A point of a line; no value breaks it. */
export type Point = [number, number | null];

/** A value that holds for a stretch of time. */
export interface Step {
  readonly at: number;
  readonly over: number;
  readonly value: number | null | undefined;
}

/** The points of a line of steps, each of which holds to the end of its stretch: it breaks where nothing is known, and where a stretch is missing. */
export function pointsOf(steps: readonly Step[]): Point[] {
  const known = steps.flatMap(({ at, over, value }) => (value === null || value === undefined ? [] : [{ at, over, value }]));
  return known.flatMap(({ at, over, value }, place): Point[] => {
    const next = known[place + 1];
    return next?.at === over ? [[at, value]] : [[at, value], [over, value], ...(next === undefined ? [] : [[over, null] as Point])];
  });
}
