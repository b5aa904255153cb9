import { fromHex, toHex } from '../../ledger/bytes.ts';
import { type Outcome, outcomeOf, Refused } from '../../ledger/outcome.ts';
import { readTrustedValidators, type TrustedValidators, writeTrustedValidators } from '../../ledger/trustedValidators.ts';
import { ValidatorHistory, type ValidatorRecords } from './validatorHistory.ts';

/** What this browser believes of whom: the ledger that it met first here, or validators that the reader brought from elsewhere. */
export type Trust =
  | { readonly source: 'first-use'; readonly ledgerId: string; readonly since: string }
  | { readonly source: 'file'; readonly ledgerId: string; readonly since: string; readonly file: string };

const place = 'commonwatt-trust';

/** Where trust is kept; a part of the browser's `localStorage`. */
export type TrustPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function keptTrust(storage: TrustPlace): Trust | undefined {
  const text = storage.getItem(place);
  return text === null ? undefined : (JSON.parse(text) as Trust);
}

export function forgetTrust(storage: TrustPlace): void {
  storage.removeItem(place);
}

/** Trusts the validators of a file that the reader has from elsewhere, as `./commonwatt verify --validators-out` writes it. */
export async function trustFile(storage: TrustPlace, file: string, now: string): Promise<Outcome<Trust>> {
  const read = await readTrustedValidators(file);
  if (!read.holds) {
    return read;
  }
  const trust: Trust = { source: 'file', ledgerId: toHex(read.value.ledgerId), since: now, file };
  storage.setItem(place, JSON.stringify(trust));
  return { holds: true, value: trust };
}

/**
 * The validators that make the block of a height final, by what this browser trusts. At the first use that is the ledger which the node
 * shows: its id is kept, and every later visit must show the same one.
 */
export function trustedAt(storage: TrustPlace, height: bigint, records: () => Promise<ValidatorRecords>, now: string): Promise<Outcome<TrustedValidators>> {
  return outcomeOf(async () => {
    const trust = keptTrust(storage);
    if (trust?.source === 'file') {
      const read = await readTrustedValidators(trust.file);
      if (!read.holds) {
        throw new Refused(read.why);
      }
      return read.value;
    }
    const history = await ValidatorHistory.follow(await records(), trust === undefined ? undefined : fromHex(trust.ledgerId));
    if (trust === undefined) {
      const first: Trust = { source: 'first-use', ledgerId: toHex(history.ledgerId), since: now };
      storage.setItem(place, JSON.stringify(first));
    }
    return history.at(height);
  });
}

/** The validators as a file for `./commonwatt check-proof` and `web/bin/check-proof.mjs`. */
export const validatorsFile = writeTrustedValidators;
