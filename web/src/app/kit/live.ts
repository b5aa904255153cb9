let source: EventSource | undefined;
/** Calls the handler with every event of the name, until what is returned is called. */
export function onLive<T>(name: string, handler: (data: T) => void): () => void {
  source ??= new EventSource('/api/v1/live');
  const listener = (event: MessageEvent) => handler(JSON.parse(event.data));
  source.addEventListener(name, listener);
  return () => source?.removeEventListener(name, listener);
}
