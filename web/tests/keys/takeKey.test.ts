import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Person } from '../../src/app/kit/types.ts';
import { findKey } from '../../src/app/keys/keyStore.ts';
import { MemberKey } from '../../src/app/keys/memberKey.ts';
import { takeKey } from '../../src/app/keys/takeKey.ts';

vi.mock('../../src/app/kit/session.svelte.ts', () => ({ loadSession: async () => {} }));

const personWithout = (id: string) => ({ id, address: null }) as Person;

/** An account that gives challenges, and does with what is put as it is told. */
function accountThat(bind: () => Response): void {
  vi.stubGlobal('fetch', async (path: string) => (path.endsWith('/challenge') ? Response.json({ challenge: 'c' }) : bind()));
}

describe('A key that is taken', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is kept when the account\u2019s answer gets lost, for the account may have its address by now', async () => {
    const key = await MemberKey.make();
    accountThat(() => {
      throw new TypeError('Failed to fetch');
    });
    await expect(takeKey(personWithout('lost'), { key, hasPhrase: false })).rejects.toThrow();
    expect((await findKey('lost'))?.key.address).toBe(key.address);
  });

  it('is not kept when the account refuses it, and the one before stays', async () => {
    const [first, second] = [await MemberKey.make(), await MemberKey.make()];
    accountThat(() => Response.json({}));
    await takeKey(personWithout('refused'), { key: first, hasPhrase: false });
    accountThat(() => Response.json({ detail: 'Somebody else has this key.', code: 'key-taken' }, { status: 409 }));
    await expect(takeKey(personWithout('refused'), { key: second, hasPhrase: false })).rejects.toThrow('Somebody else');
    expect((await findKey('refused'))?.key.address).toBe(first.address);
    await expect(takeKey(personWithout('new'), { key: second, hasPhrase: false })).rejects.toThrow();
    expect(await findKey('new')).toBeUndefined();
  });
});
