import { describe, expect, it } from 'vitest';
import { areaPath, type Held, stacked, stepPath } from '../../src/app/home/todayShapes.ts';

const same = (value: number) => value;
const held = (from: number, to: number, value: number): Held => ({ from, to, value });

describe("Today's chart", () => {
  it('draws one outline of hours that follow each other', () => {
    const ground = [held(0, 1, 0), held(1, 2, 0)];
    expect(areaPath(ground, stacked(ground, [3, 5]), same, same)).toBe('M0.0 3.0L1.0 3.0L1.0 5.0L2.0 5.0L2.0 0.0L1.0 0.0L1.0 0.0L0.0 0.0Z');
    expect(areaPath([], [], same, same)).toBe('');
  });

  it('draws nothing where nothing is known', () => {
    const ground = [held(0, 1, 0), held(4, 5, 0)];
    expect(areaPath(ground, stacked(ground, [3, 5]), same, same)).toBe('M0.0 3.0L1.0 3.0L1.0 0.0L0.0 0.0ZM4.0 5.0L5.0 5.0L5.0 0.0L4.0 0.0Z');
    expect(stepPath([held(0, 1, 3), held(1, 2, 4), held(4, 5, 5)], same, same)).toBe('M0.0 3.0L1.0 3.0L1.0 4.0L2.0 4.0M4.0 5.0L5.0 5.0');
  });
});
