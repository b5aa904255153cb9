import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkProofCommand } from '../src/cli/checkProof.ts';
import { utf8 } from '../src/ledger/bytes.ts';
import { blockThatStarts, example, exampleText } from './support/specification.ts';

const files: Readonly<Record<string, Uint8Array>> = {
  'a.proof': example('proof-of-transaction'),
  'absent.proof': example('proof-of-absence'),
  'bad.proof': example('proof-of-absence').with(100, 1),
  set: utf8(blockThatStarts('commonwatt/validators/1')),
  binary: Uint8Array.of(0xff),
};

async function run(...words: string[]) {
  const [lines, errors]: [string[], string[]] = [[], []];
  const code = await checkProofCommand(words, {
    readFile: (path) => (files[path] === undefined ? Promise.reject(new Error('it is not there')) : Promise.resolve(files[path])),
    writeLine: (line) => lines.push(line),
    writeError: (line) => errors.push(line),
  });
  return { code, out: lines.join('\n'), errors: errors.join('\n') };
}

describe('check-proof', () => {
  it('tells what became of a transaction', async () => {
    const { code, out, errors } = await run('a.proof', '--validators', 'set');
    expect([code, errors]).toEqual([0, '']);
    expect(out).toBe(
      [
        'a.proof is right. It proves:',
        '',
        `  ledger       ${exampleText('ledger-id')}`,
        '  block        2 of 2024-06-01T12:00:01Z',
        `  transaction  ${exampleText('transaction-id')}`,
        `  sender       ${exampleText('address')}`,
        '  signature    valid',
        '  calls        token.transfer',
        '  outcome      done',
        '  events       token.paid',
      ].join('\n'),
    );
  });

  it('tells that there is no such entry', async () => {
    expect((await run('absent.proof', '--validators', 'set')).out).toContain('value   none: there is no such entry');
  });

  it('prints one JSON object where that is asked for', async () => {
    const right = await run('a.proof', '--json', '--validators', 'set');
    expect(JSON.parse(right.out)).toMatchObject({ right: true, height: 2, transaction: { id: exampleText('transaction-id'), nonce: 1, done: true } });
    const wrong = await run('bad.proof', '--json', '--validators', 'set');
    expect([wrong.code, JSON.parse(wrong.out).right]).toEqual([1, false]);
  });

  it('says why a proof proves nothing', async () => {
    const { code, errors } = await run('bad.proof', '--validators', 'set');
    expect([code, errors]).toEqual([1, expect.stringMatching(/^bad\.proof proves nothing: .+\.$/)]);
  });

  it('says what is wrong on the command line', async () => {
    for (const [words, why] of [
      [['a.proof'], "Option '--validators' is required."],
      [['--validators', 'set'], 'One proof file must be named, and not 0.'],
      [['a.proof', 'b.proof', '--validators', 'set'], 'and not 2'],
      [['a.proof', '--validators'], 'needs a value'],
      [['a.proof', '--validator', 'set'], "There is no option '--validator'."],
      [['none', '--validators', 'set'], "The file 'none' cannot be read: it is not there."],
      [['a.proof', '--validators', 'none'], "The file 'none' cannot be read"],
      [['a.proof', '--validators', 'a.proof'], 'a.proof: '],
      [['a.proof', '--validators', 'binary'], 'binary: A text is not valid UTF-8.'],
      [['a.proof', '--validators', 'set', '--ledger-id', 'ab'], `set is of the ledger ${exampleText('ledger-id')}, and not of ab.`],
    ] as const) {
      expect(await run(...words)).toMatchObject({ code: 2, out: '', errors: expect.stringContaining(why) });
    }
    expect((await run('--help')).out).toContain('Usage: node web/bin/check-proof.mjs FILE --validators SET');
    expect((await run('a.proof', '--validators', 'set', '--ledger-id', exampleText('ledger-id'))).code).toBe(0);
  });
});

describe('bin/check-proof.mjs', () => {
  const web = fileURLToPath(new URL('..', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'check-proof-'));

  beforeAll(() => {
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], { cwd: web });
    Object.entries(files).forEach(([name, bytes]) => writeFileSync(join(folder, name), bytes));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([['a.proof', 0], ['bad.proof', 1], ['none', 2]])('ends with %s as the exit codes say', (file, code) => {
    const ended = spawnSync(process.execPath, [join(web, 'bin/check-proof.mjs'), file, '--validators', 'set'], { cwd: folder, encoding: 'utf8' });
    expect([ended.status, (code === 0 ? ended.stderr : ended.stdout)]).toEqual([code, '']);
    expect(code === 0 ? ended.stdout : ended.stderr).toContain(file);
  });
});
