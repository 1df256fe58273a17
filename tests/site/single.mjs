/**
 * Judges reports that are one file each, as `build --single-file` writes them:
 * `node tests/site/single.mjs FILE.html…`. Ends with 1 when one has a fault.
 */
import { openBrowser } from './lib/judge.mjs';
import { singleFaults } from './lib/single.mjs';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node tests/site/single.mjs FILE.html…');
  process.exit(2);
}
const browser = await openBrowser();
try {
  for (const file of files) {
    const faults = await singleFaults(browser, file);
    console.log(`${file}: ${faults.length} faults`);
    faults.forEach((fault) => console.log(`  ${fault}`));
    if (faults.length > 0) process.exitCode = 1;
  }
} finally {
  await browser.close();
}
