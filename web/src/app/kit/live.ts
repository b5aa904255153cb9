import { setConnection } from './connection.svelte.ts';

type Handler = (data: never) => void;

const handlers = new Map<string, Set<Handler>>();
const quietForMs = 20_000;
const retryMs = [1_000, 2_000, 4_000, 8_000, 15_000];
let source: EventSource | undefined;
let retries = 0;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let quietTimer: ReturnType<typeof setTimeout> | undefined;

/** Calls the handler with every event of that name that the node sends, until what is returned is called. */
export function onLive<T>(name: string, handler: (data: T) => void): () => void {
  const all = handlers.get(name) ?? new Set();
  if (!handlers.has(name)) {
    handlers.set(name, all);
    source?.addEventListener(name, deliver);
  }
  all.add(handler as Handler);
  return () => all.delete(handler as Handler);
}

/** Connects, and stays connected; what was missed tells the handlers of `reconnected` to ask anew. */
export function connectLive(): () => void {
  const onOnline = () => reconnect(0);
  const onOffline = () => lost();
  addEventListener('online', onOnline);
  addEventListener('offline', onOffline);
  open();
  return () => {
    removeEventListener('online', onOnline);
    removeEventListener('offline', onOffline);
    close();
  };
}

/** Tries at once, for the reader who does not want to wait. */
export function reconnect(afterMs = 0): void {
  clearTimeout(retryTimer);
  retryTimer = setTimeout(open, afterMs);
}

function open(): void {
  close();
  source = new EventSource('/api/v1/live');
  source.onopen = () => {
    if (retries > 0) {
      retries = 0;
      tell('reconnected', undefined);
    }
    setConnection('live');
    expectNews();
  };
  source.onerror = lost;
  for (const name of handlers.keys()) {
    source.addEventListener(name, deliver);
  }
  // The node tells the time each second: a stream that says nothing is cut somewhere on the way.
  source.addEventListener('now', expectNews);
}

// The browser would try again by itself, but gives up for good where the answer is an error.
function lost(): void {
  close();
  setConnection('lost');
  reconnect(retryMs[Math.min(retries++, retryMs.length - 1)]);
}

function close(): void {
  clearTimeout(retryTimer);
  clearTimeout(quietTimer);
  source?.close();
  source = undefined;
}

function expectNews(): void {
  clearTimeout(quietTimer);
  quietTimer = setTimeout(lost, quietForMs);
}

function deliver(event: Event): void {
  tell(event.type, JSON.parse((event as MessageEvent<string>).data));
}

function tell(name: string, data: unknown): void {
  handlers.get(name)?.forEach((handler) => (handler as (data: unknown) => void)(data));
}
