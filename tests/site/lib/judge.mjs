/** Runs checks on a site and gives back what they found: the whole of `run.mjs` but its words. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { chromium } from 'playwright-core';
import { Report } from './report.mjs';
import { serve } from './server.mjs';
import { readSite } from './site.mjs';
import { openTabs, visitPage } from './visit.mjs';

/** Pages that are open at the same time: one a core, up to what a machine has memory for. */
const TABS = Math.min(8, Math.max(2, availableParallelism()));

/**
 * The shell without windows is the same browser at half the price. Its letters would be fitted
 * to the pixels of a screen that nobody looks at; told not to, it measures text as windows do.
 */
const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the system's Chromium, with further `words` on its command line. */
export function openBrowser(words = []) {
  const executablePath = BROWSERS.find((file) => file && existsSync(file));
  if (!executablePath) throw new Error('Chromium is missing: run tests/site/setup');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none',
      // Nothing may be reached but the server of this test.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', ...words],
  });
}

/** What holds for a page of one figure. */
const OF_FRAMES = ['offline', 'axe', 'reflow', 'charts', 'keyboard', 'headings', 'weight'];

/** Judges the site in `folder` by `checks` in `browser`. Pages that `choose` leaves out of all are just read, for what spans pages. */
export async function judge(folder, checks, browser, choose = (all) => all) {
  const site = readSite(folder);
  const report = new Report(checks);
  const records = new Map();
  const pages = new Set(choose([...site.pages, ...site.frames]));
  // A frame is judged as what it is: it has no place among the pages.
  const frames = site.frames.filter((name) => pages.has(name));
  const ofFrames = checks.filter(({ name }) => OF_FRAMES.includes(name));
  if (pages.size === 0) throw new Error(`${folder} has no such page`);
  const told = (check) => (page, element, message, state) => report.add(check.name, page, element, message, state);
  // Validation runs in a process of its own, beside the browser.
  const onFiles = Promise.all(checks.filter((check) => check.files).map(async (check) => {
    try {
      await check.files(site, told(check));
    } catch (error) {
      report.add(check.name, 'the site', '', `could not be judged: ${String(error.message).split('\n')[0]}`);
    }
  }));
  if (checks.some((check) => !check.files || check.across)) {
    const server = await serve(site);
    try {
      const waiting = [...site.pages, ...frames];
      const worker = async () => {
        const tabs = await openTabs(browser);
        for (let page = waiting.shift(); page; page = waiting.shift()) {
          await visitPage(page, { site, tabs, base: server.url, checks: pages.has(page) ? (frames.includes(page) ? ofFrames : checks) : [], report, records: frames.includes(page) ? new Map() : records });
        }
        await tabs.close();
      };
      await Promise.all(Array.from({ length: TABS }, worker));
    } finally {
      server.close();
    }
    for (const check of checks) {
      try {
        check.across?.(site, records, told(check));
      } catch (error) {
        report.add(check.name, 'the site', '', `could not be judged: ${String(error.message).split('\n')[0]}`);
      }
    }
  }
  await onFiles;
  return { judged: pages.size, report };
}
