import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Query } from '../../src/app/kit/query.svelte.ts';
import { untilBack } from '../../src/app/kit/untilBack.ts';

const events = new EventTarget();
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('What failed while the node was away', () => {
  it('is tried when the browser is online again, and now and then until it is stopped', () => {
    const retry = vi.fn();
    const stop = untilBack(retry);
    events.dispatchEvent(new Event('online'));
    expect(retry).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5_000);
    expect(retry).toHaveBeenCalledTimes(2);
    stop();
    events.dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(60_000);
    expect(retry).toHaveBeenCalledTimes(2);
  });

  it('is asked for again by the page itself, and then no more', async () => {
    const fetched = vi.fn<() => Promise<Response>>(() => Promise.reject(new TypeError('Failed to fetch')));
    vi.stubGlobal('fetch', fetched);
    let query!: Query<{ answer: number }>;
    const stop = $effect.root(() => {
      query = new Query<{ answer: number }>(() => '/something');
    });
    flushSync();
    await settled();
    expect(query.error?.isOffline).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fetched).toHaveBeenCalledTimes(2);

    fetched.mockImplementation(() => Promise.resolve(new Response('{"answer":42}')));
    flushSync();
    events.dispatchEvent(new Event('online'));
    await settled();
    expect(query.data).toEqual({ answer: 42 });
    expect(query.error).toBeUndefined();

    flushSync();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched).toHaveBeenCalledTimes(3);
    stop();
  });
});
