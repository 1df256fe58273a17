/**
 * Judges a site whose texts all hold `<hostile onhostile=…>`: `node tests/site/hostile.mjs SITE`.
 * Ends with 1 when a page has such an element, or does not say the text.
 */
import { hostileFaults } from './lib/hostile.mjs';
import { readSite } from './lib/site.mjs';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node tests/site/hostile.mjs SITE');
  process.exit(2);
}
const site = readSite(folder);
const faults = await hostileFaults(site);
faults.forEach((fault) => console.log(fault));
console.log(`${site.pages.length + site.frames.length} pages, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
