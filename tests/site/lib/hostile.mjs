/**
 * What a site whose texts all hold `<hostile onhostile=…>` makes of them in a browser: no page may
 * ever have such an element, also when scripts made it of what they read: results of the search,
 * what a mark tells. Every page must say the text.
 */
import { openBrowser } from './judge.mjs';
import { serve } from './server.mjs';

/** The faults of a site, as lines. */
export async function hostileFaults(site) {
  const server = await serve(site);
  const browser = await openBrowser();
  const faults = [];
  try {
    const tab = await browser.newPage();
    tab.setDefaultTimeout(10_000);
    const said = [];
    tab.on('console', (message) => said.push(message.text()));
    tab.on('pageerror', (error) => said.push(error.message));
    tab.on('dialog', (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    for (const page of [...site.pages, ...site.frames]) {
      const fault = (message) => faults.push(`${page}: ${message}`);
      await tab.goto(server.url + page.split('/').map(encodeURIComponent).join('/'));
      await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      const told = await tab.evaluate(() => document.body.textContent.includes('<hostile onhostile='));
      if (!told) fault('expected it to say what the report says');
      await useSearch(tab, fault);
      await useMarks(tab, fault);
      const made = await tab.evaluate(() => [...document.querySelectorAll('*')]
        .filter((element) => element.localName === 'hostile' || element.hasAttribute('onhostile')).map((element) => element.outerHTML.slice(0, 200)));
      for (const html of made) fault(`expected no such element: ${html}`);
      for (const line of said.splice(0)) fault(line);
    }
  } finally {
    await browser.close();
    server.close();
  }
  return faults;
}

async function useSearch(tab, fault) {
  const field = tab.locator('[role=search] input');
  if (!(await field.count())) return;
  await field.fill('hostile');
  const result = tab.locator('[role=search] [role=option]').first();
  const found = await result.waitFor().then(() => true, () => false);
  if (!found) fault('expected results of the search');
  else if (!(await result.textContent()).includes('<hostile')) fault('expected a result to tell the text');
}

async function useMarks(tab, fault) {
  for (const chart of await tab.locator('[data-marks][tabindex]').all()) {
    if (!(await chart.isVisible())) continue;
    await chart.focus();
    await tab.keyboard.press('ArrowRight');
    if (!(await chart.locator('[role=status]').textContent()).trim()) fault('expected a mark to tell itself');
  }
}
