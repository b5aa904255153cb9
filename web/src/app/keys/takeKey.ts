import { api } from '../kit/api.ts';
import { loadSession } from '../kit/session.svelte.ts';
import { type Person } from '../kit/types.ts';
import { bindingOf } from './keyBinding.ts';
import { keepForGood, keepKey, type OwnKey } from './keyStore.ts';

/**
 * Keeps a person's key in this browser, and tells his account of its address where it has none yet.
 * @throws ApiError where the account does not take it; then nothing is kept.
 */
export async function takeKey(person: Person, own: OwnKey): Promise<void> {
  if (person.address !== own.key.address) {
    const { challenge } = await api.post<{ challenge: string }>('/account/key/challenge');
    await api.put('/account/key', await bindingOf(own.key, person.id, challenge));
  }
  await keepKey(person.id, own);
  await keepForGood();
  await loadSession();
}
