import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Prints a page in `browser` to a PDF: `{ bytes, pages, missing }`, its number of pages and the
 * anchors that the contents name and no page has. It prints twice: the contents of a report name
 * pages, and on which page a chapter begins is known only when the pages are there.
 */
export async function printPdf(browser, page) {
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(resolve(page)).href);
  await tab.evaluate(() => document.fonts.ready);
  const print = () => tab.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  const { pageOf } = readPdf(await print());
  const missing = await tab.evaluate((pages) => {
    const links = [...document.querySelectorAll('.bound-contents a')];
    for (const link of links) link.dataset.page = pages[decodeURIComponent(link.hash.slice(1))] ?? '';
    return links.filter((link) => !link.dataset.page).map((link) => link.hash);
  }, Object.fromEntries(pageOf));
  const bytes = await print();
  await tab.close();
  return { bytes, pages: readPdf(bytes).sizes.length, missing };
}

/**
 * Reads from a PDF that Chromium wrote the size of its pages and the page on which each
 * anchor lies. Chromium writes both in plain text; text and drawings stay closed to this.
 */

/** `{ sizes, pageOf }`: the width and height of each page in points, and a page number by anchor. */
export function readPdf(bytes) {
  const text = bytes.toString('latin1');
  const object = (number) => new RegExp(`(?:^|\\n)${number} 0 obj\\s([\\s\\S]*?)\\nendobj`).exec(text)?.[1] ?? '';
  const order = [];
  const walk = (number) => {
    const body = object(number);
    if (/\/Type\s*\/Pages\b/.test(body)) for (const [, kid] of (/\/Kids\s*\[([^\]]*)\]/.exec(body)?.[1] ?? '').matchAll(/(\d+) 0 R/g)) walk(kid);
    else order.push({ number, size: (/\/MediaBox\s*\[([^\]]*)\]/.exec(body)?.[1] ?? '').trim().split(/\s+/).slice(2).map(Number) });
  };
  const catalog = /\/Type\s*\/Catalog[\s\S]*?endobj/.exec(text)?.[0] ?? '';
  walk(/\/Pages\s+(\d+) 0 R/.exec(catalog)?.[1]);
  const pageOf = new Map();
  const dests = object(/\/Dests\s+(\d+) 0 R/.exec(catalog)?.[1]);
  for (const [, name, page] of dests.matchAll(/\/([^\s/[\]]+)\s*\[\s*(\d+) 0 R/g)) pageOf.set(name, order.findIndex(({ number }) => number === page) + 1);
  return { sizes: order.map(({ size }) => size), pageOf };
}
