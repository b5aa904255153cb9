/** A step of a curve: up to this much energy, from the start, is wanted or offered at this price. */
export interface Step {
  /** Micro-units of the currency per kWh. */
  readonly price: number;
  /** Energy from the start up to the end of this step, Wh. */
  readonly wh: number;
}

export type Point = readonly [wh: number, price: number];

/** The corners of a step curve, from no energy on: each price holds from the step before up to its own energy. */
export function cornersOf(steps: readonly Step[]): readonly Point[] {
  let from = 0;
  return steps.flatMap(({ price, wh }) => {
    const corners: Point[] = [
      [from, price],
      [wh, price],
    ];
    from = wh;
    return corners;
  });
}

/** The greatest energy and the greatest price that a plot of the curves must hold. */
export function extentOf(...curves: readonly (readonly Step[])[]): { readonly wh: number; readonly price: number } {
  const steps = curves.flat();
  return { wh: Math.max(0, ...steps.map(({ wh }) => wh)), price: Math.max(0, ...steps.map(({ price }) => price)) };
}
