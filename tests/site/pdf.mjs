/**
 * Makes a PDF file of a page: `node tests/site/pdf.mjs public/print.html report.pdf`.
 *
 * It prints twice: the contents of a report name pages, and on which page a chapter begins is
 * known only when the pages are there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './lib/judge.mjs';
import { readPdf } from './lib/pdf.mjs';

const [page, out] = process.argv.slice(2);
if (!page || !out) {
  console.error('usage: node tests/site/pdf.mjs PAGE.html OUT.pdf');
  process.exit(2);
}
const browser = await openBrowser();
try {
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(resolve(page)).href);
  const print = () => tab.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  const { pageOf } = readPdf(await print());
  const missing = await tab.evaluate((pages) => {
    const links = [...document.querySelectorAll('.bound-contents a')];
    for (const link of links) link.dataset.page = pages[decodeURIComponent(link.hash.slice(1))] ?? '';
    return links.filter((link) => !link.dataset.page).map((link) => link.hash);
  }, Object.fromEntries(pageOf));
  if (missing.length) console.error(`no page known for ${missing.join(', ')}`);
  writeFileSync(out, await print());
  const { sizes } = readPdf(readFileSync(out));
  console.log(`${out}: ${sizes.length} pages`);
} finally {
  await browser.close();
}
