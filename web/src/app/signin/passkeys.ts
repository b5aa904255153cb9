import { fromBase64Url, toBase64Url } from '../keys/base64Url.ts';

// WebAuthn with options and answers as JSON. Browsers that can turn them by themselves do; for the others it is done here.

/** Whether this browser can use passkeys on this page: it must have come over TLS, or from this machine. */
export const canUsePasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined' && isSecureContext;

/** Asks for a passkey that is there; undefined where the reader cancelled. */
export async function usePasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  const publicKey: PublicKeyCredentialRequestOptions = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? {
    ...(options as unknown as PublicKeyCredentialRequestOptions),
    challenge: fromBase64Url(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(described),
  };
  return answered(() => navigator.credentials.get({ publicKey }));
}

/** Makes a passkey; undefined where the reader cancelled. */
export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<unknown> {
  const publicKey: PublicKeyCredentialCreationOptions = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? {
    ...(options as unknown as PublicKeyCredentialCreationOptions),
    challenge: fromBase64Url(options.challenge),
    user: { ...options.user, id: fromBase64Url(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(described),
  };
  return answered(() => navigator.credentials.create({ publicKey }));
}

async function answered(ask: () => Promise<Credential | null>): Promise<unknown> {
  try {
    const credential = (await ask()) as PublicKeyCredential | null;
    return credential === null ? undefined : jsonOf(credential);
  } catch (error) {
    // Cancelled, too late, or already registered: the browser does not say which, so that pages learn nothing of other accounts.
    if (error instanceof DOMException) {
      return undefined;
    }
    throw error;
  }
}

function jsonOf(credential: PublicKeyCredential): unknown {
  if (typeof credential.toJSON === 'function') {
    return credential.toJSON();
  }
  const response = credential.response as AuthenticatorAssertionResponse & AuthenticatorAttestationResponse;
  const bytes = (part: ArrayBuffer | null | undefined) => (part === null || part === undefined ? undefined : toBase64Url(new Uint8Array(part)));
  return {
    id: credential.id,
    rawId: bytes(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: bytes(response.clientDataJSON),
      attestationObject: bytes(response.attestationObject),
      authenticatorData: bytes(response.authenticatorData),
      signature: bytes(response.signature),
      userHandle: bytes(response.userHandle),
      transports: response.getTransports?.(),
    },
  };
}

function described({ id, type, transports }: PublicKeyCredentialDescriptorJSON): PublicKeyCredentialDescriptor {
  return { id: fromBase64Url(id), type: type as PublicKeyCredentialType, ...(transports === undefined ? {} : { transports: transports as AuthenticatorTransport[] }) };
}
