import { api } from '../kit/api.ts';
import { setSession } from '../kit/session.svelte.ts';
import { type Session } from '../kit/types.ts';

/** Signs in as one of the demo's people, and takes over the key that goes with him. */
export async function signInToDemo(id: string): Promise<void> {
  const { privateKey, ...session } = await api.post<Session & { readonly privateKey: string | null }>('/demo/sign-in', { person: id });
  if (privateKey !== null && session.person !== null) {
    const [{ MemberKey }, { keepKey }, { fromBase64Url }] = await Promise.all([import('../keys/memberKey.ts'), import('../keys/keyStore.ts'), import('../keys/base64Url.ts')]);
    await keepKey(session.person.id, { key: await MemberKey.fromPkcs8(fromBase64Url(privateKey)), hasPhrase: false });
  }
  setSession(session);
}
