/** How a command ends, for the shell; the same numbers as those of ./commonwatt. */
export const exitCodes = { done: 0, checkFailed: 1, wrongUse: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Where a command gets files from and writes to, so that tests need neither. */
export interface Surroundings {
  readFile(path: string): Promise<Uint8Array>;
  writeLine(line: string): void;
  writeError(line: string): void;
}

/** The command line or a file named on it is wrong; the message says what would be right. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
