import { shellWords } from '../words/shellWords.ts';
import { sayFrom } from './words.svelte.ts';

/** What the API refused, or that it could not be asked. Its message is a sentence for the reader. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string | undefined;
  readonly field: string | undefined;

  /** @param status The HTTP status; 0 where no answer came. */
  constructor(status: number, message: string, { code, field }: { code?: string | undefined; field?: string | undefined } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /** No answer came: the network, or the node, is away. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

const prefix = '/api/v1';
let onSignedOut: () => void = () => undefined;

/** Has somebody told when the node says that nobody is signed in: the session ended, perhaps on another device. */
export function whenSignedOut(tell: () => void): void {
  onSignedOut = tell;
}

let underWay = new AbortController();

/** Lets go of every request that has no answer yet: whoever asked for it leaves. */
export function letGo(): void {
  underWay.abort();
  underWay = new AbortController();
}

/** The public API of the node that this page came from. Paths are without its prefix, such as `/me/home`. */
export const api = {
  get: <T>(path: string, signal?: AbortSignal): Promise<T> => json<T>('GET', path, undefined, signal),
  post: <T>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<T> => json<T>('POST', path, body, undefined, headers),
  put: <T>(path: string, body: unknown): Promise<T> => json<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown): Promise<T> => json<T>('PATCH', path, body),
  delete: async (path: string): Promise<void> => {
    await call('DELETE', path);
  },
  bytes: async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await (await call('GET', path)).arrayBuffer()),
};

/** The values of a query, without those that are missing. */
export function queryOf(values: Readonly<Record<string, string | number | null | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`;
}

async function json<T>(method: string, path: string, body?: unknown, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<T> {
  const text = await (await call(method, path, body, signal, headers)).text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

async function call(method: string, path: string, body?: unknown, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<Response> {
  const request: RequestInit = { method, headers: { 'x-commonwatt': '1', ...headers }, signal: signal === undefined ? underWay.signal : AbortSignal.any([signal, underWay.signal]) };
  if (body !== undefined) {
    request.headers = { ...request.headers, 'content-type': 'application/json' };
    request.body = JSON.stringify(body);
  }
  const response = await reach(path, request);
  // A wrong password ends no session.
  if (response.status === 401 && !path.startsWith('/session')) {
    onSignedOut();
  }
  if (!response.ok) {
    throw await refusalOf(response);
  }
  return response;
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(`${prefix}${path}`, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(0, sayFrom(shellWords)('offlineTitle'));
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string; code?: string; field?: string };
  // A proxy between here and the node that finds it away is the same to the reader as no answer.
  const isAway = problem.detail === undefined && [502, 503, 504].includes(response.status);
  return new ApiError(isAway ? 0 : response.status, problem.detail ?? sayFrom(shellWords)('errorText', { status: response.status }), problem);
}
