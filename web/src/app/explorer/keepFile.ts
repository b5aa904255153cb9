/** Has the browser save a file under a name, with what the page has in hand. */
export function keepFile(name: string, content: Uint8Array<ArrayBuffer> | string): void {
  const address = URL.createObjectURL(new Blob([content], { type: typeof content === 'string' ? 'text/plain' : 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then; kept longer the bytes would stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
