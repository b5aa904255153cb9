import { printAddress } from './address.ts';
import { compare, equal } from './bytes.ts';
import { type Header, signedByValidators } from './header.ts';
import { Certificate } from './messages.ts';
import { Refused } from './outcome.ts';
import { type ValidatorSet } from './validatorSet.ts';

/** Refuses a certificate that does not make the header final with this set of validators. */
export async function requireFinal(header: Header, encoded: Uint8Array, validators: ValidatorSet): Promise<void> {
  if (!equal(header.validatorsHash, validators.hash)) {
    throw new Refused(`Block ${header.height} has other validators than the trusted ones.`);
  }
  const { signatures } = Certificate.decode(encoded);
  const signed = signedByValidators(header);
  let power = 0n;
  for (const [i, { validator, signature }] of signatures.entries()) {
    if (i > 0 && compare(signatures[i - 1]!.validator, validator) >= 0) {
      throw new Refused(`The certificate of block ${header.height} has a signature twice or not in the order of addresses.`);
    }
    const known = validators.find(validator);
    if (known === undefined) {
      throw new Refused(`The certificate of block ${header.height} has a signature of ${await printAddress(validator)}, who is none of its validators.`);
    }
    if (!(await known.key.verifies(signed, signature))) {
      throw new Refused(`The signature of ${await printAddress(validator)} under block ${header.height} is not valid.`);
    }
    power += known.power;
  }
  if (power * 3n <= validators.totalPower * 2n) {
    throw new Refused(
      `Block ${header.height} is not final: validators with a power of ${power} of ${validators.totalPower} signed it, and more than two thirds are needed.`,
    );
  }
}
