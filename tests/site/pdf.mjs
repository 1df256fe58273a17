/**
 * Makes a PDF file of a page: `node tests/site/pdf.mjs public/print.html report.pdf`. Ends with 1
 * when its contents name what has no page.
 */
import { writeFileSync } from 'node:fs';
import { openBrowser } from './lib/judge.mjs';
import { printPdf } from './lib/pdf.mjs';

const [page, out] = process.argv.slice(2);
if (!page || !out) {
  console.error('usage: node tests/site/pdf.mjs PAGE.html OUT.pdf');
  process.exit(2);
}
const browser = await openBrowser();
try {
  const { bytes, pages, missing } = await printPdf(browser, page);
  writeFileSync(out, bytes);
  console.log(`${out}: ${pages} pages`);
  missing.forEach((hash) => console.error(`the contents name ${hash}, which is on no page`));
  process.exitCode = missing.length ? 1 : 0;
} finally {
  await browser.close();
}
