import { type Bytes, concat, utf8 } from './bytes.ts';

/** The browser's or Node's own cryptography. Browsers offer it to pages from https and from the machine itself only. */
export function cryptography(): SubtleCrypto {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    throw new Error('This page cannot check signatures: browsers allow it only on pages that come over https or from this machine.');
  }
  return subtle;
}

/** SHA-256 over the parts, one after the other. */
export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await cryptography().digest('SHA-256', concat(...parts)));
}

/** What is signed or hashed under a domain: the domain in ASCII without an end, then the parts. */
export function underDomain(domain: string, ...parts: readonly Uint8Array[]): Bytes {
  return concat(utf8(domain), ...parts);
}
