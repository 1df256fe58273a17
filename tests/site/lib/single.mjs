/**
 * Judges a report that is one file: at most 3 MB, with nothing beside it and nothing asked for;
 * its links lead within it or to the web; pictures and fonts are there; it is valid, quiet and
 * has its headings in order, like any page.
 */
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import headings from '../checks/headings.mjs';
import html from '../checks/html.mjs';
import offline from '../checks/offline.mjs';
import { judge } from './judge.mjs';

const LIMIT = 3_000_000;

/** The faults of a file, as lines. */
export async function singleFaults(browser, file) {
  const folder = mkdtempSync(path.join(tmpdir(), 'site-single-'));
  try {
    // Alone in its folder: what it would ask for is not there.
    const copy = path.join(folder, 'index.html');
    copyFileSync(file, copy);
    const faults = [];
    const { size } = statSync(file);
    if (size > LIMIT) faults.push(`expected at most 3 MB, there are ${(size / 1e6).toFixed(1)} MB`);
    const tab = await browser.newPage();
    await tab.goto(pathToFileURL(copy).href);
    await tab.evaluate(() => document.fonts.ready.then(() => 0));
    faults.push(...await tab.evaluate(lookInside));
    await tab.close();
    const checks = [html, offline, headings];
    const { report } = await judge(folder, checks, browser);
    if (report.failed().length > 0) faults.push(...report.lines(checks).filter((line) => line.startsWith('  ')).map((line) => line.trim()));
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the open page refers to that is neither in it nor on the web. */
function lookInside() {
  const faults = [];
  for (const link of document.querySelectorAll('a[href], area[href]')) {
    const address = link.getAttribute('href');
    if (/^(https?|mailto|tel):/i.test(address)) continue;
    if (!address.startsWith('#')) faults.push(`\`${address}\`: expected a link within the file or to the web`);
    else if (address !== '#' && !document.getElementById(decodeURIComponent(address.slice(1)))) faults.push(`\`${address}\`: nothing in the file has this id`);
  }
  for (const element of document.querySelectorAll('[src], link[href]:not([rel~=canonical], [rel~=alternate])')) {
    const address = element.getAttribute('src') ?? element.getAttribute('href');
    if (!address.startsWith('data:')) faults.push(`\`${address}\`: expected it to stand in the file`);
  }
  for (const image of document.images) if (image.complete && image.naturalWidth === 0) faults.push(`an image that cannot be shown: ${image.alt}`);
  for (const font of document.fonts) if (font.status === 'error') faults.push(`a font that cannot be read: ${font.family}`);
  if (document.querySelectorAll('main svg[role=img]').length === 0) faults.push('expected drawings');
  return faults;
}
