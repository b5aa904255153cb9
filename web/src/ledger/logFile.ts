import { type Bytes, concat, equal, u32, utf8 } from './bytes.ts';
import { LayoutReader } from './layout.ts';
import { Refused } from './outcome.ts';

const mark = utf8('commonwatt/log/1');
const longestRecord = 67108864;

/** A record of a log file, with how many before it were not yet synced when it was written. */
export interface LogRecord {
  readonly bytes: Bytes;
  readonly unsynced: number;
}

/** The records of a complete log file; refused is what has anything but zeros after the last one. */
export function readLogFile(file: Uint8Array): LogRecord[] {
  if (!equal(file.subarray(0, mark.length), mark)) {
    throw new Refused('This is no log file: one starts with commonwatt/log/1.');
  }
  const reader = new LayoutReader(file.subarray(mark.length), 'A log file');
  const records: LogRecord[] = [];
  while (!reader.isAtEnd) {
    if (!startsRecord(file, reader)) {
      if (reader.rest().some((byte) => byte !== 0)) {
        throw new Refused(`After record ${records.length - 1} there is something that is no record.`);
      }
      break;
    }
    records.push(readRecord(reader, records.length));
  }
  return records;
}

// A record's length is not 0: four zeros are the space reserved ahead.
function startsRecord(file: Uint8Array, reader: LayoutReader): boolean {
  const at = file.length - reader.left;
  return file.subarray(at, at + 4).some((byte) => byte !== 0);
}

function readRecord(reader: LayoutReader, expected: number): LogRecord {
  const length = reader.u32();
  if (length > longestRecord) {
    throw new Refused(`Record ${expected} claims ${length} bytes; a record has at most ${longestRecord}.`);
  }
  const checksum = reader.u32();
  const number = reader.take(4);
  const unsynced = reader.take(4);
  const bytes = reader.take(length);
  if (crc32c(concat(number, unsynced, bytes)) !== checksum || !equal(number, u32(expected))) {
    throw new Refused(`Record ${expected} is damaged.`);
  }
  return { bytes, unsynced: new LayoutReader(unsynced, 'A count').u32() };
}

/** The bytes of a log file with these records. */
export function writeLogFile(records: readonly LogRecord[]): Bytes {
  return concat(
    mark,
    ...records.flatMap(({ bytes, unsynced }, i) => {
      const checked = concat(u32(i), u32(unsynced), bytes);
      return [u32(bytes.length), u32(crc32c(checked)), checked];
    }),
  );
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) {
    // The polynomial of Castagnoli with its bits in reverse.
    crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return crc >>> 0;
});

/** CRC-32C (RFC 3720, appendix B.4). */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff]!;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
