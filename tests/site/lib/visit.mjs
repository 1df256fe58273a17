/**
 * Opens a page in the ways a reader may and lets every check look at each: served under a
 * sub-path, from the disk, and with scripts off. One visit serves all checks, since opening
 * a page costs more than most of them.
 *
 * A check may have these hooks, called with the visit and with `fault(element, message)`:
 *   loaded   the page has just been opened, served or from the disk (`visit.how`)
 *   fresh    served, 1280 px, light, nothing opened yet
 *   state    served, all <details> open, in each state that the check lists in `states`
 *   closed   served, 360 px, all <details> closed
 *   print    served, printing
 *   plain    from the disk, scripts off
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readFacts } from './facts.mjs';

const PROBE = readFileSync(fileURLToPath(new URL('probe.js', import.meta.url)), 'utf8');

/** The states of a page, in the order that changes least from one to the next. */
export const STATES = ['1280 light', '1280 dark', '1280 forced', '768 light', '672 light', '360 light', '360 dark', '360 forced', '360 spaced', '320 light'];

/** WCAG 1.4.12, for all that is HTML; the text of a drawing is part of a picture. */
const SPACING = `:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }`;

export async function visitPage(page, { site, browser, base, checks, report, records }) {
  const record = {};
  records.set(page, record);
  const bound = (visit) => async (hook, state = '') => {
    for (const check of checks) {
      if (!check[hook] || (state && !check.states.includes(state))) continue;
      const fault = (element, message, told = state) => report.add(check.name, page, element, message, told);
      try {
        await check[hook](visit, fault, state);
      } catch (error) {
        // What could not be judged has not passed.
        fault('', `could not be judged (${hook}): ${String(error.message).split('\n')[0]}`);
      }
    }
  };
  const open = async (how, options, work) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(20_000);
    try {
      const tab = await context.newPage();
      const visit = { page, tab, how, site, record, base, traffic: listen(context, tab) };
      visit.address = how === 'served' ? base + page : pathToFileURL(`${site.root}/${page}`).href;
      const run = bound(visit);
      await tab.goto(visit.address, { waitUntil: 'load' });
      await tab.evaluate(`${PROBE}; document.fonts.ready.then(() => 0)`);
      await work(visit, run);
    } catch (error) {
      for (const check of checks) report.add(check.name, page, '', `could not be judged (${how}): ${String(error.message).split('\n')[0]}`);
    } finally {
      await context.close();
    }
  };

  const needs = (hook) => checks.some((check) => check[hook]);
  const states = STATES.filter((state) => checks.some((check) => check.states?.includes(state)));
  if (['loaded', 'fresh', 'state', 'closed', 'print'].some(needs)) {
    await open('served', {}, async (visit, run) => {
      const { tab } = visit;
      await run('loaded');
      await run('fresh');
      const wereOpen = await tab.evaluate(() => [...document.querySelectorAll('details')].map((details) => details.open));
      const setDetails = (open) => tab.evaluate((open) => document.querySelectorAll('details').forEach((details, at) => { details.open = Array.isArray(open) ? open[at] : open; }), open);
      await setDetails(true);
      for (const state of states) {
        await setState(tab, state);
        await run('state', state);
      }
      if (needs('closed')) {
        await setState(tab, '360 light');
        await setDetails(false);
        await run('closed');
      }
      if (needs('print')) {
        await setState(tab, '1280 light');
        await setDetails(wereOpen);
        await run('print');
      }
    });
  }
  if (needs('loaded')) await open('from the disk', {}, (_, run) => run('loaded'));
  await open('scripts off', { javaScriptEnabled: false }, async (visit, run) => {
    record.facts = await visit.tab.evaluate(readFacts);
    await run('plain');
  });
}

/** Puts a tab into one of STATES. */
async function setState(tab, state) {
  const [width, scheme] = state.split(' ');
  await tab.setViewportSize({ width: +width, height: 900 });
  await tab.emulateMedia({ media: 'screen', colorScheme: scheme === 'dark' ? 'dark' : 'light', forcedColors: scheme === 'forced' ? 'active' : 'none' });
  // A policy may forbid new style elements, not sheets that are made by script.
  await tab.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
    scrollTo(0, 0);
  }, scheme === 'spaced' ? SPACING : '');
}

/** Writes down all that a tab asks for and says. */
function listen(context, tab) {
  const traffic = { requests: [], failed: [], said: [] };
  tab.on('request', (request) => traffic.requests.push({ url: request.url(), type: request.resourceType() }));
  tab.on('requestfailed', (request) => traffic.failed.push(`${request.url()} (${request.failure()?.errorText})`));
  tab.on('response', (response) => { if (response.status() >= 400) traffic.failed.push(`${response.url()} (${response.status()})`); });
  tab.on('console', (message) => traffic.said.push(`${message.type()}: ${message.text().slice(0, 200)}`));
  tab.on('pageerror', (error) => traffic.said.push(`uncaught: ${error.message}`));
  tab.on('dialog', (dialog) => { traffic.said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  context.on('page', (other) => { if (other !== tab) traffic.said.push(`a window opened: ${other.url()}`); });
  return traffic;
}
