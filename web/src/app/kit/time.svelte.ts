import { type Community } from './types.ts';

// The community's time: in a demo days pass in minutes, so that the browser's own clock says nothing.
let base = $state(Date.now());
let speed = $state(1);
let measuredAt = $state(performance.now());
let tick = $state(0);

/** What a node said the time is, now. */
export function setCommunityNow({ now, speed: howFast }: Pick<Community, 'now' | 'speed'>): void {
  base = Date.parse(now);
  speed = howFast > 0 ? howFast : 1;
  measuredAt = performance.now();
  tick = 0;
}

/** The community's time in milliseconds; moves on by itself each second. */
export const communityNow = (): number => base + tick * speed;

/** The same in steps of at least a minute and of at least five seconds of the reader's, for what is costly to draw anew. */
export function coarseNow(): number {
  const step = Math.max(60_000, speed * 5_000);
  return Math.floor(communityNow() / step) * step;
}

/** How fast the community's time goes: 1, and more in a demo. */
export const timeSpeed = (): number => speed;

/** Lets the time move on; returns how to stop it. */
export function runClock(): () => void {
  const timer = setInterval(() => (tick = Math.max(0, performance.now() - measuredAt)), 1000);
  return () => clearInterval(timer);
}
