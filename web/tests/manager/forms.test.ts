import { afterEach, describe, expect, it } from 'vitest';
import { argumentsOf } from '../../src/ledger/contracts.ts';
import { admissionCalls } from '../../src/app/manager/admission.ts';
import { readAmount } from '../../src/app/forms/amountField.ts';
import { creditField, energyField, paymentField } from '../../src/app/forms/fieldsTaken.ts';
import { setLanguage } from '../../src/app/kit/words.svelte.ts';
import { typedNumber } from '../../src/app/forms/decimalInput.ts';
import { fieldOf, hourOf, hoursAhead } from '../../src/app/manager/hours.ts';
import { niceTicks } from '../../src/app/charts/ticks.ts';
import { exampleText } from '../support/specification.ts';

describe('Typed numbers', () => {
  it('may have a comma or a point, and are whole in the smaller unit', () => {
    expect(typedNumber('6,9', 1000)).toBe(6900);
    expect(typedNumber(' 14.25 ', 1000)).toBe(14_250);
    expect(typedNumber('1 000', 1)).toBe(1000);
    expect(typedNumber('-2', 10)).toBe(-20);
  });

  it('are nothing where they are no numbers', () => {
    for (const text of ['', 'ten', '1.000,5', '0x10', '1e3', '∞', '.5', '5.', '9'.repeat(20)]) {
      expect(typedNumber(text, 1000), text).toBeUndefined();
    }
  });
});

describe('Amounts that are dear to get wrong', () => {
  afterEach(() => setLanguage('en'));
  const paid = (text: string) => readAmount(text, paymentField('Amount'));

  it('are what was typed where it can be read in one way', () => {
    expect(['20', '12,34', '12.3', '1234.50', '1 234,50'].map((text) => paid(text).value)).toEqual([20_000_000, 12_340_000, 12_300_000, 1_234_500_000, 1_234_500_000]);
    expect(readAmount('0,125', energyField('Energy', 1_000_000)).value).toBe(125);
  });

  it('are refused with both readings where three digits follow the separator', () => {
    expect(paid('12,345').fault).toBe('12,345 can be read in two ways. Write 12345 or 12.35.');
    expect(readAmount('1,500', energyField('Energy', 10_000_000)).fault).toBe('1,500 can be read in two ways. Write 1500 or 1.5.');
    setLanguage('de');
    expect(paid('12.345').fault).toBe('12.345 lässt sich auf zwei Arten lesen. Schreiben Sie 12345 oder 12,35.');
  });

  it('have no more digits than money has, and are within what the ledger takes', () => {
    expect(paid('0.001').fault).toBe('Write at most 2 digits after the point, such as 20.');
    expect(paid('0').fault).toBe('Amount is €0.01 at least and €1,000,000,000.00 at most.');
    expect(paid('1000000000.01').fault).toBe(paid('-5').fault);
    expect(readAmount('0', creditField('Credit line')).value).toBe(0);
    expect(paid('ten').fault).toBe('Amount needs a number, such as 20.');
  });
});

describe('Full hours in a time zone', () => {
  it('come back from how a field shows them', () => {
    for (const at of ['2026-11-21T13:00:00Z', '2026-07-01T22:00:00Z']) {
      for (const zone of ['Europe/Lisbon', 'Europe/Berlin', 'America/Sao_Paulo']) {
        expect(hourOf(fieldOf(Date.parse(at), zone), zone), `${at} ${zone}`).toBe(Date.parse(at));
      }
    }
  });

  it('are none in the hour that a spring night lacks, nor between two hours', () => {
    expect(hourOf('2026-03-29T02:00', 'Europe/Berlin')).toBeUndefined();
    expect(hourOf('2026-11-21T13:30', 'Europe/Lisbon')).toBeUndefined();
    expect(hourOf('', 'Europe/Lisbon')).toBeUndefined();
  });

  it('that lie ahead begin after the lead', () => {
    expect(hoursAhead(Date.parse('2026-11-21T13:20:00Z'), 3_600_000, 2).map((at) => new Date(at).toISOString())).toEqual(['2026-11-21T15:00:00.000Z', '2026-11-21T16:00:00.000Z']);
  });
});

describe('Letting somebody in', () => {
  const address = exampleText('address');
  const person = { personId: 'p', name: 'Inês', address, connectionW: 6900, assets: [{ name: 'Roof', kind: 'pv', powerW: 5200 }], creditLine: 50_000_000, meter: address };

  it('registers the member first, and all that he has with him', async () => {
    const calls = await Promise.all(admissionCalls(person, address));
    expect(calls.map(({ contract, method }) => `${contract}.${method}`)).toEqual(['registry.register-member', 'registry.register-asset', 'registry.register-meter', 'wallet.set-credit-line']);
    expect(argumentsOf(calls[0]!)).toMatchObject({ connectionW: 6900n });
    const registered = argumentsOf(calls[2]!);
    expect(registered?.meter).toBeDefined();
    expect(registered?.gateway).toEqual(registered?.meter);
  });

  it('leaves out what was not told', async () => {
    const calls = await Promise.all(admissionCalls({ ...person, assets: [], creditLine: null, meter: null }, address));
    expect(calls.map(({ method }) => method)).toEqual(['register-member']);
  });

  it('says where an address has a typing error', async () => {
    const wrong = { ...person, address: `${address.slice(0, -1)}0` };
    await expect(Promise.all(admissionCalls(wrong, address))).rejects.toThrow('typing error');
  });
});

describe('Ticks of an axis', () => {
  it('are round and within it', () => {
    expect(niceTicks(9.2, 4)).toEqual([0, 2.5, 5, 7.5]);
    expect(niceTicks(14_000, 4)).toEqual([0, 5000, 10_000]);
    expect(niceTicks(0, 4)).toEqual([0]);
  });
});
