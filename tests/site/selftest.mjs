/**
 * Proves the checks: all pass on a good site, and on each copy that is broken in one way
 * exactly the check for it fails, for the reason meant. `node selftest.mjs [word]` takes only
 * the variants whose name has the word. Run by hand when a check is changed; takes some minutes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CHECKS } from './checks/index.mjs';
import { hostileFaults } from './lib/hostile.mjs';
import { judge, openBrowser } from './lib/judge.mjs';
import { measure } from './lib/lighthouse.mjs';
import { printPdf } from './lib/pdf.mjs';
import { singleFaults } from './lib/single.mjs';
import { readSite } from './lib/site.mjs';
import { goodSite } from './selftest/good.mjs';
import { TOOL_VARIANTS, VARIANTS } from './selftest/variants.mjs';

/** What judges a site beside the checks: each gives the lines of what it found. */
const TOOLS = {
  hostile: hostileFaults,
  pdf: async (site) => (await printPdf(browser, path.join(site.root, 'two.html'))).missing.map((hash) => `no page has ${hash}`),
  single: (site) => singleFaults(browser, path.join(site.root, 'single.html')),
  lighthouse: async (site) => (await measure(site, ['one.html'])).flatMap(({ faults }) => faults),
};

const word = process.argv[2] ?? '';
const folder = mkdtempSync(path.join(tmpdir(), 'site-selftest-'));
const browser = await openBrowser();
const good = goodSite();
let wrong = 0;

function write(files) {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
}

async function run(name, files) {
  write(files);
  // The validator takes seconds to start and sees only these; the good site it has seen.
  const isSame = (file) => !/\.(html|svg)$/.test(file) || files[file] === good[file];
  const checks = CHECKS.filter((check) => check.name !== 'html' || name === 'good' || !Object.keys(files).every(isSame));
  const { report } = await judge(folder, checks, browser);
  return { failed: report.failed(), lines: report.lines(checks).filter((line) => line.startsWith('  ')) };
}

function tell(holds, name, lines) {
  console.log(`${holds ? 'ok  ' : 'WRONG'} ${name}`);
  if (holds) return;
  wrong += 1;
  console.log(lines.map((line) => `      ${line}`).join('\n'));
}

try {
  const { failed: none, lines: told } = await run('good', good);
  tell(none.length === 0, 'the good site passes every check', told);
  for (const { check, of, says, also = [], change } of VARIANTS) {
    const name = `${check}: ${of}`;
    if (!name.includes(word)) continue;
    const files = { ...good };
    change(files);
    const { failed, lines } = await run(name, files);
    const expected = [check, ...also].sort().join();
    const found = [...failed].sort().join();
    tell(found === expected && lines.some((line) => line.includes(says)), `${name}${found === expected ? '' : ` (expected ${expected}, failed ${found || 'nothing'})`}`, lines);
  }
  for (const { tool, of, says, change } of TOOL_VARIANTS) {
    const name = `${tool}: ${of}`;
    if (!name.includes(word)) continue;
    const files = { ...good };
    change?.(files);
    write(files);
    const lines = await TOOLS[tool](readSite(folder));
    tell(says ? lines.some((line) => line.includes(says)) : lines.length === 0, name, lines);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
