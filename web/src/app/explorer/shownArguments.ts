import { addressSize, printAddress } from '../../ledger/address.ts';
import { copyOf, toHex } from '../../ledger/bytes.ts';

/** The arguments of a call as the API would show them: times and addresses printed, numbers as numbers. */
export async function shownArguments(values: Readonly<Record<string, unknown>> | undefined): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (values === undefined) {
    return undefined;
  }
  const shown = Object.entries(values).map(async ([name, value]) => [name.replace(/Ms$/, ''), await shownArgument(name, value)] as const);
  return Object.fromEntries(await Promise.all(shown));
}

async function shownArgument(name: string, value: unknown): Promise<unknown> {
  if (typeof value === 'bigint') {
    return name.endsWith('Ms') ? timeOf(value) : Number(value);
  }
  if (value instanceof Uint8Array) {
    return value.length === addressSize ? printAddress(copyOf(value)) : toHex(value);
  }
  return Array.isArray(value) ? Promise.all(value.map((one) => shownArguments(one as Readonly<Record<string, unknown>>))) : value;
}

// A caller may sign any number for a time: one beyond the calendar is shown as it is.
function timeOf(ms: bigint): string | number {
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? Number(ms) : date.toISOString().replace('.000Z', 'Z');
}
