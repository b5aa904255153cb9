import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../src/ledger/bytes.ts';
import { crc32c, readLogFile, writeLogFile } from '../src/ledger/logFile.ts';
import { Refused } from '../src/ledger/outcome.ts';
import { Draws } from './support/draws.ts';
import { example } from './support/specification.ts';

describe('A log file', () => {
  it('has the checksums of RFC 3720, appendix B.4', () => {
    const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(ascending)).toBe(0x46dd794e);
    expect(crc32c(ascending.toReversed())).toBe(0x113fdb5c);
    expect(crc32c(utf8('123456789'))).toBe(0xe3069283);
  });

  it('comes back from how it is written, with and without space reserved ahead', () => {
    const draws = new Draws(18);
    const records = Array.from({ length: 20 }, (_, i) => ({ bytes: draws.bytes(1 + draws.below(300)), unsynced: i % 4 }));
    for (const reserved of [0, 1, 3, 4, 16, 4096]) {
      expect(readLogFile(concat(writeLogFile(records), new Uint8Array(reserved)))).toEqual(records);
    }
    expect(readLogFile(writeLogFile([]))).toEqual([]);
  });

  it('is refused when a byte is changed or left out', () => {
    const draws = new Draws(19);
    const file = example('log-file');
    for (let i = 0; i < 500; i++) {
      const changed = draws.changed(file);
      try {
        expect(readLogFile(changed)).toEqual(readLogFile(file));
      } catch (error) {
        expect(error).toBeInstanceOf(Refused);
      }
    }
    expect(() => readLogFile(concat(file, new Uint8Array(100), Uint8Array.of(1)))).toThrow('something that is no record');
  });

  it('counts its records from 0 without gaps', () => {
    const [first] = readLogFile(example('log-file'));
    const one = writeLogFile([first!]);
    expect(() => readLogFile(concat(one, one.subarray(16)))).toThrow('Record 1 is damaged');
  });
});
