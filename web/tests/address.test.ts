import { describe, expect, it } from 'vitest';
import { nobody, parseAddress, printAddress } from '../src/ledger/address.ts';
import { Draws } from './support/draws.ts';

describe('Addresses', () => {
  it('come back from how they are printed', async () => {
    const draws = new Draws(3);
    for (let i = 0; i < 100; i++) {
      const address = draws.bytes(20);
      expect(await parseAddress(await printAddress(address))).toEqual(address);
    }
    expect(await printAddress(nobody)).toMatch(/^cw0{40}[0-9a-f]{8}$/);
  });

  it('with a typing error are refused', async () => {
    const draws = new Draws(4);
    const printed = await printAddress(draws.bytes(20));
    for (let i = 2; i < printed.length; i++) {
      const digit = ((Number.parseInt(printed[i]!, 16) + 1 + draws.below(15)) % 16).toString(16);
      await expect(parseAddress(printed.slice(0, i) + digit + printed.slice(i + 1))).rejects.toThrow('typing error');
    }
    for (const other of [printed.toUpperCase(), printed.slice(2), printed.slice(0, -1), `${printed} `, `cw${printed.slice(2).toUpperCase()}`, '']) {
      await expect(parseAddress(other)).rejects.toThrow('is no address');
    }
  });
});
