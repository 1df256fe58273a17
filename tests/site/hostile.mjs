/**
 * Judges a site whose texts all hold `<hostile onhostile=…>`: `node tests/site/hostile.mjs SITE`.
 * No page may ever have such an element, also when scripts made it of what they read: results of
 * the search, filters, what a mark tells. Ends with 1 when one has.
 */
import { openBrowser } from './lib/judge.mjs';
import { serve } from './lib/server.mjs';
import { readSite } from './lib/site.mjs';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/site/hostile.mjs SITE');
  process.exit(2);
}
const site = readSite(folder);
const server = await serve(site);
const browser = await openBrowser();
const faults = [];
let seen = 0;
try {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(10_000);
  const said = [];
  tab.on('console', (message) => said.push(message.text()));
  tab.on('pageerror', (error) => said.push(error.message));
  tab.on('dialog', (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  for (const page of [...site.pages, ...site.frames]) {
    await tab.goto(server.url + page.split('/').map(encodeURIComponent).join('/'));
    await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    const told = await tab.evaluate(() => document.body.textContent.includes('<hostile onhostile='));
    if (!told) faults.push(`${page}: expected it to say what the report says`);
    await useSearch(tab, page);
    await useMarks(tab, page);
    const made = await tab.evaluate(() => [...document.querySelectorAll('*')]
      .filter((element) => element.localName === 'hostile' || element.hasAttribute('onhostile')).map((element) => element.outerHTML.slice(0, 200)));
    for (const html of made) faults.push(`${page}: expected no such element: ${html}`);
    for (const line of said.splice(0)) faults.push(`${page}: ${line}`);
    seen += 1;
  }
} finally {
  await browser.close();
  server.close();
}
faults.forEach((fault) => console.log(fault));
console.log(`${seen} pages, ${faults.length} faults`);
process.exitCode = faults.length || seen === 0 ? 1 : 0;

async function useSearch(tab, page) {
  const field = tab.locator('[role=search] input');
  if (!(await field.count())) return;
  await field.fill('hostile');
  const result = tab.locator('[role=search] [role=option]').first();
  const found = await result.waitFor().then(() => true, () => false);
  if (!found) faults.push(`${page}: expected results of the search`);
  else if (!(await result.textContent()).includes('<hostile')) faults.push(`${page}: expected a result to tell the text`);
}

async function useMarks(tab, page) {
  for (const chart of await tab.locator('[data-marks][tabindex]').all()) {
    if (!(await chart.isVisible())) continue;
    await chart.focus();
    await tab.keyboard.press('ArrowRight');
    if (!(await chart.locator('[role=status]').textContent()).trim()) faults.push(`${page}: expected a mark to tell itself`);
  }
}
