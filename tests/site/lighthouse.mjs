/**
 * Judges pages by Lighthouse: `node tests/site/lighthouse.mjs SITE PAGE…`. Ends with 1 when a
 * page misses 100 in accessibility, best practices or search engines, or moves while it loads.
 */
import { measure } from './lib/lighthouse.mjs';
import { readSite } from './lib/site.mjs';

const [folder, ...pages] = process.argv.slice(2);
if (!pages.length) {
  console.error('usage: node tests/site/lighthouse.mjs SITE PAGE.html…');
  process.exit(2);
}
console.log('performance / accessibility / best practices / search engines, layout shift');
let failed = 0;
for (const { page, scores, shift, faults } of await measure(readSite(folder), pages)) {
  console.log(`${faults.length ? 'FAIL' : 'PASS'} ${page}: ${scores.join(' / ')}, ${shift}`);
  for (const fault of faults) console.log(`  ${fault}`);
  failed += faults.length ? 1 : 0;
}
process.exitCode = failed ? 1 : 0;
