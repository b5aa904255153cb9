// Puts a .br and a .gz beside each file of the built pages, so that the node compresses nothing while it serves.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = new URL('../../artifacts/web/', import.meta.url);
const compressible = /\.(js|css|html|svg|json|txt|webmanifest)$/;

for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !compressible.test(entry.name)) {
    continue;
  }
  const path = `${entry.parentPath}/${entry.name}`;
  const content = await readFile(path);
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(`${path}.br`, brotliCompressSync(content, { params: parameters }));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
}
