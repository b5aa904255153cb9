#!/usr/bin/env node
// Checks a proof on Node 20, from the compiled sources that `npm ci` leaves in build/.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const compiled = new URL('../build/cli/checkProof.js', import.meta.url);
if (!existsSync(compiled)) {
  console.error("The checker is not built yet: run 'npm ci' in web/ once.");
  process.exit(2);
}

const { checkProofCommand } = await import(compiled.href);
process.exitCode = await checkProofCommand(process.argv.slice(2), {
  readFile: async (path) => {
    try {
      return await readFile(path);
    } catch (error) {
      throw error.code === 'ENOENT' ? new Error('it is not there') : error;
    }
  },
  writeLine: (line) => console.log(line),
  writeError: (line) => console.error(line),
});
