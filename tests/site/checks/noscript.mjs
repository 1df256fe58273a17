/**
 * With scripts off nothing is missing: every text, drawing and table of `main` that a reader
 * sees with scripts is seen without, and the navigation is visible, unfolds and leads on, at
 * 1280 and 360 px.
 *
 * What scripts add outside `main`, and buttons, which do nothing without one, are comforts and not asked for.
 */
import { plain } from '../lib/numbers.mjs';

export default {
  name: 'noscript',
  judges: 'scripts off: text, charts, tables and navigation are all there',
  states: ['1280 light', '360 light'],

  async state({ tab, record }, _fault, state) {
    (record.seen ??= {})[state] = await tab.evaluate(look);
  },

  async plain({ tab, page, record }, fault) {
    for (const [state, withScript] of Object.entries(record.seen ?? {})) {
      await tab.setViewportSize({ width: parseInt(state, 10), height: 900 });
      // Unfolded as a reader does it: one <details> by hand, the rest alike.
      const folded = tab.locator('details:not([open]) > summary:visible').first();
      if (await folded.count()) {
        await folded.click();
        if ((await tab.locator('details[open]').count()) === 0) fault('details', 'expected it to open by a click', state);
      }
      await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      const without = await tab.evaluate(look);
      const texts = new Set(without.texts.map(plain));
      const missing = withScript.texts.map(plain).filter((text) => !texts.has(text));
      for (const text of missing.slice(0, 5)) fault('main', `"${text.slice(0, 60)}" is missing`, state);
      if (missing.length > 5) fault('main', `${missing.length} texts are missing`, state);
      for (const what of ['drawings', 'tables']) {
        if (without[what] < withScript[what]) fault('main', `expected ${withScript[what]} ${what}, there are ${without[what]}`, state);
      }
      if (without.texts.length === 0) fault('main', 'expected text', state);
      if (without.links.length === 0) fault('nav', 'expected visible links to the other pages', state);
      else if (page === 'index.html') await follow(tab, without.links[0], fault, state);
      await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = false; }));
    }
  },
};

async function follow(tab, href, fault, state) {
  const before = tab.url();
  await tab.locator(`nav a[href=${JSON.stringify(href)}]:visible`).first().click();
  await tab.waitForURL((url) => url.href !== before, { timeout: 5000 }).catch(() => fault(`nav a[href="${href}"]`, 'expected to lead to another page', state));
  await tab.goto(before);
  await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
}

/** What is to be seen: texts of the smallest blocks, drawings, tables, links of navigations. */
function look() {
  // The page may just have been opened again, without the probe.
  const visible = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && element.getBoundingClientRect().width > 0;
  const main = document.querySelector('main') ?? document.body;
  const blocks = [...main.querySelectorAll('p, li, dt, dd, td, th, h1, h2, h3, h4, summary, caption, figcaption, pre, text')];
  return {
    texts: blocks.filter((block) => !block.querySelector('p, li, dd, td, h2, h3, button') && block.textContent.trim() && visible(block)).map((block) => block.textContent),
    drawings: [...main.querySelectorAll('svg')].filter(visible).length,
    tables: [...main.querySelectorAll('table')].filter(visible).length,
    links: [...document.querySelectorAll('nav a[href]')].filter((link) => visible(link) && !link.getAttribute('href').startsWith('#') && link.pathname !== location.pathname).map((link) => link.getAttribute('href')),
  };
}
