import { ApiError, api } from './api.ts';

/** What a page asked the API for; what was there stays while it is asked again. */
export class Query<T> {
  data = $state<T>();
  error = $state<ApiError>();
  isLoading = $state(true);
  readonly #path: () => string | undefined;
  #asked = 0;

  /** @param path Where to ask; asks again when it changes. To be made while a component is. */
  constructor(path: () => string | undefined) {
    this.#path = path;
    $effect(() => {
      const now = path();
      if (now !== undefined) void this.#ask(now);
    });
  }

  reload = (): void => {
    const path = this.#path();
    if (path !== undefined) void this.#ask(path);
  };

  async #ask(path: string): Promise<void> {
    const turn = ++this.#asked;
    this.isLoading = true;
    try {
      const data = await api.get<T>(path);
      if (turn === this.#asked) { this.data = data; this.error = undefined; }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (turn === this.#asked) { this.error = error; if (error.status === 404) this.data = undefined; }
    } finally {
      if (turn === this.#asked) this.isLoading = false;
    }
  }
}
