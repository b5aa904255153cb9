import { type Call } from '../../ledger/messages.ts';
import { registerAsset, registerMember, registerMeter, setCreditLine } from '../keys/calls.ts';

/** Somebody who accepted an invitation and made a key, and is not on the ledger yet. */
export interface Admission {
  readonly personId: string;
  readonly name: string;
  readonly address: string;
  readonly connectionW: number | null;
  readonly assets: readonly { readonly name: string; readonly kind: string; readonly powerW: number }[];
  readonly creditLine: number | null;
  readonly meter: string | null;
}

// What a house has that was not told: a fuse of 3 x 35 A is common, and too much does no harm.
const usualConnectionW = 24_000;

/**
 * All that puts somebody on the ledger, in one transaction: all of it is done, or nothing.
 *
 * @param gateway Who reports for his meter: readings of a meter without one stay off the ledger. Undefined where this node takes no readings.
 */
export function admissionCalls({ address, connectionW, assets, creditLine, meter }: Admission, gateway: string | undefined): readonly Promise<Call>[] {
  return [
    registerMember(address, connectionW ?? usualConnectionW),
    ...assets.map(({ name, kind, powerW }) => registerAsset(address, name, kind, powerW)),
    ...(meter === null ? [] : [registerMeter(meter, address, gateway)]),
    ...(creditLine === null || creditLine === 0 ? [] : [setCreditLine(address, creditLine)]),
  ];
}
