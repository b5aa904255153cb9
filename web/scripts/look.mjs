// Takes a picture of every page in three sizes and two themes, against a community in memory, and looks for what hinders people with
// disabilities (axe-core), for what the content security policy refused, and for pages that are wider than the screen.
// Usage: npm run build:pages && npm run look -- [folder] [names,of,pages] [language]
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const [folder = '../out/look', only = '', language = 'en'] = process.argv.slice(2);
const pages = [
  { name: 'home', path: '/' },
  { name: 'energy', path: '/energy' },
  { name: 'energy-month', path: '/energy?range=month&date=2026-11-01&compare=before' },
  { name: 'market', path: '/market' },
  { name: 'wallet', path: '/wallet' },
  { name: 'invoice', path: '/invoices/2026-10-7' },
  { name: 'account', path: '/account' },
  { name: 'sign-in', path: '/sign-in', nobody: true },
  { name: 'invitation', path: '/invite/abc', nobody: true },
  { name: 'invitation-gone', path: '/invite/gone', nobody: true },
  { name: 'not-found', path: '/nowhere' },
].filter(({ name }) => only === '' || only.split(',').includes(name));
const sizes = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
  { name: 'small-phone', width: 360, height: 740 },
];

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
await mkdir(folder, { recursive: true });
const server = await preview({ mode: 'made-up', preview: { port: 4180, host: '127.0.0.1' }, logLevel: 'error' });
const address = 'http://127.0.0.1:4180';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
let faults = 0;
const tell = (text) => {
  faults++;
  console.error(text);
};

for (const size of sizes) {
  for (const theme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: theme, locale: language, timezoneId: 'America/New_York' });
    await context.addCookies([{ name: 'made-up', value: 'ana', url: address }]);
    const page = await context.newPage();
    let shown = '';
    page.on('console', (message) => message.type() === 'error' && !shown.startsWith('invitation-gone') && tell(`${shown}: ${message.text()}`));
    page.on('request', (request) => /\/(undefined|null)(\/|\?|$)/.test(request.url()) && tell(`${shown}: asks for ${request.url()}`));
    page.on('pageerror', (error) => tell(`${shown}: ${error.stack ?? error}`));
    for (const { name, path, nobody } of pages) {
      shown = `${name} ${size.name} ${theme}`;
      await context.addCookies([{ name: 'made-up', value: nobody ? '' : 'ana', url: address }]);
      await page.goto(address + path);
      await page.waitForSelector('h1');
      await page.waitForFunction(() => document.querySelector('.skeleton') === null);
      await page.waitForTimeout(700);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) {
        tell(`${shown}: ${wide} px wider than the screen.`);
      }
      await page.screenshot({ path: `${folder}/${name}-${size.name}-${theme}.png`, fullPage: true });
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      for (const { id, nodes } of found.violations) {
        tell(`${shown}: ${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary.split('\n').slice(1, 2)}`).slice(0, 4).join(' | ')}`);
      }
    }
    await context.close();
  }
}
await browser.close();
await server.close();
console.log(`${pages.length} pages, ${faults} faults; pictures are in ${folder}`);
process.exitCode = faults === 0 ? 0 : 1;
