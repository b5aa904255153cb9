import { utf8 } from '../../ledger/bytes.ts';
import { decompress } from '../../ledger/curve.ts';
import { toBase64Url } from './base64Url.ts';
import { type MemberKey } from './memberKey.ts';

/** What an account takes as the proof that a person has the key whose address is to be his. */
export interface KeyBinding {
  /** The point, `04`, x, y. */
  readonly publicKey: string;
  readonly signature: string;
}

/** The proof that a person has a key, for one challenge of `POST /account/key/challenge`. */
export async function bindingOf(key: MemberKey, person: string, challenge: string): Promise<KeyBinding> {
  const signature = await key.sign(utf8(`commonwatt key for ${person} ${challenge}`));
  return { publicKey: toBase64Url(decompress(key.publicKey.bytes)), signature: toBase64Url(signature) };
}
