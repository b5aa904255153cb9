import { untrack } from 'svelte';
import { api, ApiError } from './api.ts';
import { untilBack } from './untilBack.ts';

/** What a page asked the API for; what was there stays while it is asked again. */
export class Query<T> {
  data = $state.raw<T>();
  error = $state.raw<ApiError>();
  isLoading = $state(true);
  readonly #path: () => string | undefined;
  #asked = 0;
  #last: string | undefined;

  /** @param path Where to ask; asks again when it changes. To be made while a component is. */
  constructor(path: () => string | undefined) {
    this.#path = path;
    $effect(() => {
      const now = path();
      if (now !== undefined) {
        untrack(() => void this.#ask(now));
      }
    });
    // Pages say that they try again by themselves. A boolean of its own, so that each failure does not begin the wait anew.
    const isAway = $derived(this.error?.isOffline === true);
    $effect(() => (isAway ? untilBack(this.reload) : undefined));
  }

  reload = (): void => {
    const path = untrack(this.#path);
    if (path !== undefined) {
      void this.#ask(path);
    }
  };

  async #ask(path: string): Promise<void> {
    const turn = ++this.#asked;
    const isOther = path !== this.#last;
    this.#last = path;
    this.isLoading = true;
    try {
      const data = await api.get<T>(path);
      if (turn === this.#asked) {
        this.data = data;
        this.error = undefined;
      }
    } catch (error) {
      // Who asked has left.
      if (error instanceof DOMException && error.name === 'AbortError') {
        return;
      }
      if (!(error instanceof ApiError)) {
        throw error;
      }
      if (turn === this.#asked) {
        this.error = error;
        // What belongs to another question would be shown under this one.
        if (isOther || error.status === 404) {
          this.data = undefined;
        }
      }
    } finally {
      if (turn === this.#asked) {
        this.isLoading = false;
      }
    }
  }
}
