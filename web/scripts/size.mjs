// What a first visit to Home transfers, compressed; fails above the budget, 100 KB: the library of charts is three times that, and must not come back before Home's first chart.
import { readFile, stat } from 'node:fs/promises';

const budget = 100_000;
const folder = new URL('../../artifacts/web/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8'));
const entries = ['index.html', 'src/app/home/HomePage.svelte'];

const files = new Set(['index.html', 'theme.js', 'icon.svg']);
const add = (key) => {
  const chunk = manifest[key];
  if (chunk === undefined) {
    throw new Error(`The build has no '${key}': write into scripts/size.mjs what Home is made of now.`);
  }
  if (!files.has(chunk.file)) {
    files.add(chunk.file);
    (chunk.css ?? []).forEach((file) => files.add(file));
    (chunk.imports ?? []).forEach(add);
  }
};
entries.forEach(add);

const sizeOf = async (file, ending) => (await stat(new URL(`${file}${ending}`, folder))).size;
const totals = { '.br': 0, '.gz': 0 };
for (const file of files) {
  const [brotli, gzip] = [await sizeOf(file, '.br'), await sizeOf(file, '.gz')];
  totals['.br'] += brotli;
  totals['.gz'] += gzip;
  console.log(`  ${file.padEnd(44)} ${String(brotli).padStart(8)} br ${String(gzip).padStart(8)} gz`);
}
console.log(`Home transfers ${(totals['.br'] / 1000).toFixed(1)} KB with brotli, ${(totals['.gz'] / 1000).toFixed(1)} KB with gzip, of at most ${budget / 1000} KB.`);
if (totals['.gz'] > budget) {
  console.error(`Home is ${(totals['.gz'] - budget) / 1000} KB too large.`);
  process.exitCode = 1;
}
