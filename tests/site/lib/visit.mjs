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

/**
 * Tabs that stay open from page to page: to start a process for each page would take longer
 * than most checks. Nothing is kept between pages but Chromium's cache.
 */
export async function openTabs(browser) {
  const open = async (options) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(20_000);
    const tab = await context.newPage();
    return { tab, traffic: listen(context, tab) };
  };
  const tabs = { served: await open({}), disk: await open({}), plain: await open({ javaScriptEnabled: false }) };
  tabs.close = () => Promise.all([tabs.served, tabs.disk, tabs.plain].map(({ tab }) => tab.context().close()));
  return tabs;
}

/** Visits one page in all ways that `checks` ask for; writes to `report` and `records`. */
export async function visitPage(page, { site, tabs, base, checks, report, records }) {
  const record = {};
  records.set(page, record);
  const needs = (hook) => checks.some((check) => check[hook]);
  const tell = (check, state) => (element, message, told = state) => report.add(check.name, page, element, message, told);

  /** Opens the page in one way; `work` gets a function that runs one hook of every check. */
  async function open(how, { tab, traffic }, address, work) {
    const visit = { page, tab, how, site, record, base, traffic };
    const run = async (hook, state = '') => {
      for (const check of checks) {
        if (!check[hook] || (state && !check.states.includes(state))) continue;
        const fault = tell(check, state);
        try {
          await check[hook](visit, fault, state);
        } catch (error) {
          // What could not be judged has not passed.
          fault('', `could not be judged (${hook}): ${firstLine(error)}`);
        }
      }
    };
    try {
      await tab.goto('about:blank');
      await setState(tab, '1280 light');
      for (const list of Object.values(traffic)) list.length = 0;
      // What is just read need not be painted.
      await tab.goto(address, { waitUntil: checks.length > 0 ? 'load' : 'domcontentloaded' });
      await tab.evaluate(checks.length > 0 ? `${PROBE}; document.fonts.ready.then(() => 0)` : `${PROBE}; 0`);
      await work(visit, run);
    } catch (error) {
      for (const check of checks) tell(check, '')('', `could not be judged (${how}): ${firstLine(error)}`);
    }
  }

  const states = STATES.filter((state) => checks.some((check) => check.states?.includes(state)));
  if (['loaded', 'fresh', 'state', 'closed', 'print'].some(needs)) {
    await open('served', tabs.served, base + page, async ({ tab }, run) => {
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
  const file = pathToFileURL(`${site.root}/${page}`).href;
  if (needs('loaded')) await open('from the disk', tabs.disk, file, (_, run) => run('loaded'));
  await open('scripts off', tabs.plain, file, async ({ tab }, run) => {
    record.facts = await tab.evaluate(readFacts);
    await run('plain');
  });
}

function firstLine(error) {
  return String(error.message).split('\n')[0];
}

/** Puts a tab into one of STATES. */
async function setState(tab, state) {
  const [width, scheme] = state.split(' ');
  const viewport = { width: +width, height: 900 };
  if (tab.viewportSize().width !== viewport.width) await tab.setViewportSize(viewport);
  await tab.emulateMedia({ media: 'screen', colorScheme: scheme === 'dark' ? 'dark' : 'light', forcedColors: scheme === 'forced' ? 'active' : 'none' });
  // A policy may forbid new style elements, not sheets that are made by script.
  await tab.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    // Even no sheet in place of none makes the page be laid out again.
    if (css || document.adoptedStyleSheets.length > 0) document.adoptedStyleSheets = css ? [sheet] : [];
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
