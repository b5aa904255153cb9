import { onLive } from './live.ts';

const everyMs = 5_000;

/**
 * Tries again what failed because the node could not be reached: when the browser is online again, when the live connection is back, and
 * now and then, for neither of them tells of every network. Returns how to stop.
 */
export function untilBack(retry: () => void): () => void {
  addEventListener('online', retry);
  const stop = onLive('reconnected', retry);
  const timer = setInterval(retry, everyMs);
  return () => {
    removeEventListener('online', retry);
    stop();
    clearInterval(timer);
  };
}
