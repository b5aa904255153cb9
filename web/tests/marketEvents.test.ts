import { describe, expect, it } from 'vitest';
import { type Bytes, concat, u32 } from '../src/ledger/bytes.ts';
import { readMarketEvent } from '../src/ledger/marketEvents.ts';
import { Refused } from '../src/ledger/outcome.ts';

// Written as docs/contracts.md, "Events", has the layouts.
const i64 = (value: number): Bytes => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value));
  return bytes;
};
const u8 = (value: number): Bytes => Uint8Array.of(value);
const delivery = Date.parse('2026-11-21T14:00:00Z');
const trade = concat(u32(3), u32(5), i64(2100), i64(200_000), i64(420_000));
const line = concat(u8(0), u32(3), u8(1), u32(0), u8(3), i64(111), i64(138_000), i64(15_318), u8(1), u8(0));

describe('Events of the market', () => {
  it('are read as they are laid out', async () => {
    expect(await readMarketEvent({ name: 'market.cleared', data: concat(i64(delivery), u8(1), i64(200_000), u32(1), trade) })).toEqual({
      kind: 'cleared',
      deliveryMs: delivery,
      trades: [{ buyer: 3, seller: 5, quantityWh: 2100, price: 200_000, amount: 420_000 }],
    });
    const settled = concat(i64(delivery), i64(221_000), i64(52_000), u32(1), trade, u32(1), concat(u32(3), i64(-40), u8(0)), u32(1), line);
    expect(await readMarketEvent({ name: 'market.settled', data: settled })).toEqual({
      kind: 'settled',
      deliveryMs: delivery,
      lines: [{ from: { kind: 'member', member: 3 }, to: { kind: 'utility' }, kind: 'utility-import', quantityWh: 111, price: 138_000, amount: 15_318, isEstimated: true, isCorrection: false }],
    });
    const invoice = concat(u32(3), i64(2000), i64(1000), ...Array.from({ length: 24 }, (_, i) => i64(i)));
    expect(await readMarketEvent({ name: 'market.invoice-issued', data: invoice })).toMatchObject({ kind: 'invoice-issued', member: 3, untilMs: 2000, fromMs: 1000, sums: { 5: { paidForWh: 20, paid: 21, soldWh: 22, received: 23 } } });
  });

  it('that nobody knows here are left alone, and those that are cut off or too long refused', async () => {
    expect(await readMarketEvent({ name: 'market.sung', data: u8(1) })).toBeUndefined();
    const cleared = concat(i64(delivery), u8(1), i64(200_000), u32(1), trade);
    await expect(readMarketEvent({ name: 'market.cleared', data: cleared.slice(0, -1) })).rejects.toThrow(Refused);
    await expect(readMarketEvent({ name: 'market.cleared', data: concat(cleared, u8(0)) })).rejects.toThrow(Refused);
    await expect(readMarketEvent({ name: 'market.corrected', data: concat(i64(delivery), u32(0), u32(1), line.with(0, 9)) })).rejects.toThrow('unknown party');
  });
});
