import { type Address, addressSize } from './address.ts';
import { type Bytes, copyOf, hashSize } from './bytes.ts';
import { sha256, underDomain } from './hash.ts';
import { LayoutReader } from './layout.ts';
import { Refused } from './outcome.ts';

export const headerSize = 280;

/** The end of the year 9999 in milliseconds since 1970. */
export const latestTime = 253402300799999n;

/** What a block says of itself, and what its validators sign. */
export interface Header {
  /** The 280 bytes that the fields were read from. */
  readonly bytes: Bytes;
  readonly hash: Bytes;
  readonly ledgerId: Bytes;
  readonly height: bigint;
  readonly parent: Bytes;
  /** Block time in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: bigint;
  readonly proposer: Address;
  readonly transactionsRoot: Bytes;
  readonly receiptsRoot: Bytes;
  readonly stateRoot: Bytes;
  readonly validatorsHash: Bytes;
  readonly transactionCount: number;
  readonly scheduledCount: number;
  readonly order: number;
  readonly position: bigint;
  readonly contentHash: Bytes;
}

export async function readHeader(encoded: Uint8Array): Promise<Header> {
  const bytes = copyOf(encoded);
  const reader = new LayoutReader(bytes, 'A header');
  const header: Header = {
    bytes,
    hash: await sha256(bytes),
    ledgerId: reader.take(hashSize),
    height: reader.u64(),
    parent: reader.take(hashSize),
    time: reader.i64(),
    proposer: reader.take(addressSize),
    transactionsRoot: reader.take(hashSize),
    receiptsRoot: reader.take(hashSize),
    stateRoot: reader.take(hashSize),
    validatorsHash: reader.take(hashSize),
    transactionCount: reader.u32(),
    scheduledCount: reader.u32(),
    order: reader.u32(),
    position: reader.u64(),
    contentHash: reader.take(hashSize),
  };
  reader.end();
  if (header.time < 0n || header.time > latestTime) {
    throw new Refused(`A header has a time that is not between the years 1970 and 9999: ${header.time}.`);
  }
  return header;
}

/** What a validator puts through SHA-256 and signs to make the header final. */
export function signedByValidators(header: Header): Bytes {
  return underDomain('commonwatt/block/1', header.hash);
}
