export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly field?: string) { super(message); }
}
async function call(method: string, path: string, body?: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { method, headers: { 'x-commonwatt': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch { throw new ApiError(0, 'offline'); }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new ApiError(response.status, problem.detail ?? response.statusText, problem.field);
  }
  return response;
}
export const api = {
  get: async <T>(path: string): Promise<T> => (await call('GET', path)).json(),
  bytes: async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await (await call('GET', path)).arrayBuffer()),
  post: async <T>(path: string, body: unknown): Promise<T> => (await call('POST', path, body)).json(),
  delete: async (path: string): Promise<void> => { await call('DELETE', path); },
};
