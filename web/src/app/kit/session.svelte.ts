import { api, letGo } from './api.ts';
import { type Person, type Role, type Session } from './types.ts';
import { hasChosenLanguage, isLanguage, setLanguage } from './words.svelte.ts';

let known = $state.raw<Session>();

/** Who is signed in; undefined until the node has said it. */
export const session = (): Session | undefined => known;

/** The person who is signed in, or null. */
export const signedIn = (): Person | null => known?.person ?? null;

export const hasRole = (role: Role): boolean => known?.person?.roles.includes(role) ?? false;

/** Takes on who is signed in now; pages speak the account's language where the reader chose none here. */
export function setSession(to: Session): void {
  known = to;
  const wanted = to.person?.language;
  if (isLanguage(wanted) && !hasChosenLanguage()) {
    setLanguage(wanted);
  }
}

export async function loadSession(): Promise<void> {
  setSession(await api.get<Session>('/session'));
}

/** Ends the session, and begins anew with a page that remembers nothing of it. */
export async function signOut(): Promise<void> {
  letGo();
  await api.delete('/session');
  location.assign('/sign-in');
}
