import { onLive } from './live.ts';

const firstAfterMs = 400;
const leastGapMs = 3_000;

/**
 * Asks anew when the node tells of one of these events: a burst is one question, a demo's hurry no flood of them, and a page that
 * nobody looks at asks when it is looked at again. Returns how to stop.
 */
export function reloadOn(names: readonly string[], reload: () => void): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  let wasMissed = false;

  const run = () => {
    due = undefined;
    wasMissed = document.hidden;
    if (!wasMissed) {
      last = performance.now();
      reload();
    }
  };
  const soon = () => (due ??= setTimeout(run, Math.max(firstAfterMs, last + leastGapMs - performance.now())));
  const onVisible = () => (wasMissed && !document.hidden ? run() : undefined);

  document.addEventListener('visibilitychange', onVisible);
  const stops = ['reconnected', ...names].map((name) => onLive(name, soon));
  return () => {
    document.removeEventListener('visibilitychange', onVisible);
    stops.forEach((stop) => stop());
    clearTimeout(due);
  };
}

const tablesAfterMs = [0, 400, 1_200, 3_000, 6_000];

/** Asks anew now and some times more: the node's tables have what a block did a moment after the block is final. */
export function reloadAfterBlock(reload: () => void): void {
  tablesAfterMs.forEach((after) => setTimeout(reload, after));
}
