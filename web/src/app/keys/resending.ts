const everyMs = 30_000;

/**
 * Sends again, at once and every half minute, what a person signed in this browser and has no answer yet. What sends is loaded only where
 * something may wait.
 * @returns How to stop.
 */
export function resendPending(person: string): () => void {
  const settle = async () => (await import('./signing.ts')).settlePending(person);
  // Without a key, or without the node, there is nothing to be done now; the next time may be better.
  const attempt = () => void settle().catch((error: unknown) => console.warn('What waits could not be sent again.', error));
  const first = setTimeout(attempt, 3_000);
  const timer = setInterval(attempt, everyMs);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
