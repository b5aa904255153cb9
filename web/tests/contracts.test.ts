import { describe, expect, it } from 'vitest';
import { toHex } from '../src/ledger/bytes.ts';
import { argumentsOf, callOf, contracts } from '../src/ledger/contracts.ts';
import { readFileSync } from 'node:fs';

const alice = Uint8Array.from({ length: 20 }, (_, i) => i + 1);
const nobodyElse = new Uint8Array(0);
const aliceHex = '0102030405060708090a0b0c0d0e0f1011121314';

describe('Calls of contracts', () => {
  it('are encoded as contracts.proto says, field by field', () => {
    const order = callOf('market', 'place', { deliveryMs: 1717243200000n, label: 3, side: 'sell', quantityWh: 1500n, limitPrice: 120000n, forMember: nobodyElse });
    expect(order).toMatchObject({ contract: 'market', method: 'place' });
    // 1: 1717243200000, as in the genesis of docs/ledger.md; 2: 3; 3: 2; 4: 1500; 5: 120000.
    expect(toHex(order.arguments)).toBe('088084af9dfd31' + '1003' + '1802' + '20dc0b' + '28c0a907');
    expect(toHex(callOf('wallet', 'transfer', { to: alice, amount: 300n }).arguments)).toBe(`0a14${aliceHex}10ac02`);
  });

  it('write a number below zero as 64 bits of its two’s complement, and read it back', () => {
    const call = callOf('governance', 'set-tariffs', { changes: [{ fromMs: 1n, retail: 2n, feedIn: -1n }] });
    expect(toHex(call.arguments)).toBe('0a0f' + '0801' + '1002' + '18ffffffffffffffffff01');
    expect(argumentsOf(call)).toEqual({ changes: [{ fromMs: 1n, retail: 2n, feedIn: -1n }] });
  });

  it('pack lists of numbers into one field', () => {
    const call = callOf('market', 'set-invoice-boundaries', { atMs: [1n, 300n] });
    // 1, with 3 bytes: 1, and 300 in two.
    expect(toHex(call.arguments)).toBe('0a03' + '01' + 'ac02');
    expect(argumentsOf(call)).toEqual({ atMs: [1n, 300n] });
    expect(callOf('market', 'set-invoice-boundaries', { atMs: [] }).arguments).toHaveLength(0);
  });

  it('leave out what equals its default', () => {
    expect(toHex(callOf('registry', 'suspend-member', { member: alice, suspended: false }).arguments)).toBe(`0a14${aliceHex}`);
    expect(toHex(callOf('registry', 'register-meter', { meter: alice, member: alice, gateway: new Uint8Array(0) }).arguments)).toBe(`0a14${aliceHex}1214${aliceHex}`);
    expect(toHex(callOf('governance', 'grant-role', { holder: alice, role: 'dso' }).arguments)).toBe(`0a14${aliceHex}1002`);
  });

  it('with an amount that does not fit are not made', () => {
    expect(() => callOf('wallet', 'transfer', { to: alice, amount: 1n << 63n })).toThrow('does not fit');
  });

  it('of methods that nobody knows here have no arguments by name', () => {
    expect(argumentsOf({ contract: 'market', method: 'sing', arguments: new Uint8Array(0) })).toBeUndefined();
    expect(argumentsOf({ contract: 'constructor', method: 'name', arguments: new Uint8Array(0) })).toBeUndefined();
  });

  it('have the fields and numbers of contracts.proto', (test) => {
    const proto = readFileSync(new URL('../../src/Commonwatt.Contracts/Protos/contracts.proto', import.meta.url), 'utf8');
    test.skip(!proto.includes('message GrantMandate'), 'contracts.proto has no mandates');
    const declared = new Map([...proto.matchAll(/^message (\w+) \{([^}]*)\}/gm)].map(([, name, fields]) => [name!, fieldsOf(fields!)]));
    for (const message of Object.values(contracts).flatMap((methods) => Object.values(methods))) {
      expect(message.fieldNumbers(), message.name).toEqual(declared.get(message.name));
    }
  });
});

function fieldsOf(text: string): Record<string, number> {
  const fields = [...text.matchAll(/(\w+) = (\d+);/g)].map(([, name, number]) => [camel(name!), Number(number)] as const);
  return Object.fromEntries(fields);
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
