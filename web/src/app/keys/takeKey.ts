import { api, ApiError } from '../kit/api.ts';
import { loadSession } from '../kit/session.svelte.ts';
import { type Person } from '../kit/types.ts';
import { bindingOf } from './keyBinding.ts';
import { findKey, forgetKey, keepForGood, keepKey, type OwnKey } from './keyStore.ts';

/**
 * Keeps a person's key in this browser, and tells his account of its address where it has none yet.
 *
 * It is kept before the account hears of it: an account whose answer got lost may have the address all the same, of a key that nobody would have.
 * @throws ApiError where the account does not take it; then what was kept before is kept. Where no answer came, the key stays.
 */
export async function takeKey(person: Person, own: OwnKey): Promise<void> {
  if (person.address !== own.key.address) {
    const { challenge } = await api.post<{ challenge: string }>('/account/key/challenge');
    const binding = await bindingOf(own.key, person.id, challenge);
    const before = await findKey(person.id);
    await keepKey(person.id, own);
    try {
      await api.put('/account/key', binding);
    } catch (error) {
      if (error instanceof ApiError && !error.isOffline && error.status < 500) {
        await (before === undefined ? forgetKey(person.id) : keepKey(person.id, before));
      }
      throw error;
    }
  } else {
    await keepKey(person.id, own);
  }
  await keepForGood();
  await loadSession();
}
