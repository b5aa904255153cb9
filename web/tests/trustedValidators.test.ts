import { describe, expect, it } from 'vitest';
import { readTrustedValidators, writeTrustedValidators } from '../src/ledger/trustedValidators.ts';
import { Signers } from './support/madeUpLedger.ts';
import { blockThatStarts, example, exampleText } from './support/specification.ts';

const file = blockThatStarts('commonwatt/validators/1');
const lineThat = (starts: string) => file.split('\n').find((line) => line.startsWith(starts))!;
const [first, ledger, validator] = [lineThat('commonwatt'), lineThat('ledger'), lineThat('validator')];

describe('A file of validators', () => {
  it('comes back from how it is written', async () => {
    const { set } = await Signers.of({ alice: 1, bob: 2, carol: 3 });
    for (const height of [undefined, 0n, 2n ** 64n - 1n]) {
      const trusted = { ledgerId: example('ledger-id'), validators: set, height };
      expect(await readTrustedValidators(writeTrustedValidators(trusted))).toMatchObject({ holds: true, value: { validators: { bytes: set.bytes }, height } });
    }
  });

  it('may have remarks, empty lines, more blanks, upper-case digits and any order', async () => {
    const text = `${first} \r\n# mine\r\n  # too\n\n ${validator.replaceAll(' ', ' \t ').toUpperCase().replace('VALIDATOR', 'validator')}\r\n${ledger} \n`;
    expect(await readTrustedValidators(text)).toMatchObject({ holds: true, value: { ledgerId: example('ledger-id') } });
  });

  it.each([
    ['an empty file', '', 'first line'],
    ['another first line', `commonwatt/validators/2\n${ledger}\n${validator}\n`, 'first line'],
    ['no ledger', `${first}\n${validator}\n`, "lacks the line with the ledger's id"],
    ['two ledgers', `${first}\n${ledger}\n${ledger}\n${validator}\n`, 'In line 3'],
    ['no validator', `${first}\n${ledger}\n`, 'must have 1 to 1000'],
    ['a validator twice', `${first}\n${ledger}\n${validator}\n${validator}\n`, 'twice'],
    ['a short id', `${first}\n${ledger.slice(0, -2)}\n${validator}\n`, 'has 64 hexadecimal digits'],
    ['digits that are none', `${first}\n${ledger}\nvalidator g${exampleText('public-key').slice(1)} 1\n`, 'hexadecimal'],
    ['a key that is none', `${first}\n${ledger}\nvalidator ${exampleText('public-key').slice(2)} 1\n`, '33 bytes'],
    ['no power', `${first}\n${ledger}\n${validator.slice(0, -2)}\n`, 'In line 3'],
    ['a power of 0', `${first}\n${ledger}\n${validator.slice(0, -1)}0\n`, 'is no power'],
    ['too great a power', `${first}\n${ledger}\n${validator.slice(0, -1)}2147483648\n`, 'is no power'],
    ['a power with a sign', `${first}\n${ledger}\n${validator.slice(0, -1)}+1\n`, 'is no power'],
    ['a word too many', `${first}\n${ledger}\n${validator} 1\n`, 'In line 3'],
    ['another word', `${first}\n${ledger}\n${validator}\nweight 3\n`, 'In line 4'],
    ['two heights', `${first}\n${ledger}\nheight 1\nheight 1\n${validator}\n`, 'In line 4'],
    ['a height that is none', `${first}\n${ledger}\nheight -1\n${validator}\n`, 'is no height'],
    ['a height of more than 64 bits', `${first}\n${ledger}\nheight 18446744073709551616\n${validator}\n`, 'is no height'],
    ['too many characters', `${first}\n${'#'.repeat(1048576)}`, 'at most 1048576'],
  ])('with %s is refused', async (_, text, why) => {
    expect(await readTrustedValidators(text)).toMatchObject({ holds: false, why: expect.stringContaining(why) });
  });
});
