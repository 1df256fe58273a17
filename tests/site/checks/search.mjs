/**
 * Where the masthead has a field for search: known words are found in every language, with and
 * without accents, from the disk and under a sub-path; with the keyboard alone ("/" leads to the
 * field, arrows choose, Enter opens, Escape closes); the number of results is told in a live
 * region; the rest of many results can be reached; what is fetched for it is light; nothing is stored but by the reader's own setting.
 *
 * Words are taken from the titles that the page links to. That scripts off leave a link and plain
 * lists is judged here too. Which result comes first is not.
 */
const FIELD = '[role=search] input';
const INDEX_LIMIT = 60_000;

/** The longest words first: they stand on few pages. */
const sought = (headings) => headings.flatMap((heading) => heading.match(/\p{L}{5,}/gu) ?? []).sort((a, b) => b.length - a.length);
const bare = (word) => word.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/g, 'oe');

export default {
  name: 'search',
  judges: 'words are found in every language, with and without accents, by keyboard; light; nothing stored',

  async loaded(visit, fault) {
    const stored = await visit.tab.evaluate(() => { try { return localStorage.length + sessionStorage.length + document.cookie.length; } catch { return 0; } });
    if (stored) fault('storage', 'expected a visit to leave nothing behind');
    // Every page has the same field: home pages and those named for it stand for all.
    if (!/(^|\/)(index|search)\.html$/.test(visit.page) || (await visit.tab.locator(FIELD).count()) === 0) return;
    // In a tab of its own: the search leads away, and fetches what is not counted to the page.
    const tab = await visit.tab.context().browser().newPage();
    try {
      await tab.goto(visit.tab.url());
      await judgeSearch(tab, fault);
    } finally {
      await tab.close();
    }
  },

  async plain({ tab, page }, fault) {
    if (!/(^|\/)search\.html$/.test(page)) return;
    const found = await tab.evaluate(() => ({
      fields: document.querySelectorAll('input').length,
      links: [...document.querySelectorAll('main li a')].filter((link) => !link.closest('nav') && link.checkVisibility()).map((link) => link.textContent),
      language: document.documentElement.lang,
    }));
    if (found.fields) fault('input', 'expected no field that does nothing');
    if (found.links.length < 2) fault('main', 'expected a list of links');
    const order = new Intl.Collator(found.language).compare;
    const wrong = found.links.findIndex((text, at) => at > 0 && order(found.links[at - 1], text) > 0);
    if (wrong > 0) fault('main', `expected \`${found.links[wrong]}\` before \`${found.links[wrong - 1]}\``);
  },

  across(site, _records, fault) {
    for (const name of site.files) {
      if (!/search-[a-z]+\.js$/.test(name)) continue;
      const weight = site.gzip(name);
      if (weight > INDEX_LIMIT) fault(name, '', `expected at most 60 kB, there are ${(weight / 1000).toFixed(1)} kB`);
    }
  },
};

const results = '[role=search] [role=option]';

async function judgeSearch(tab, fault) {
  const headings = await tab.evaluate(() => [...document.querySelectorAll('h3 a, main li a')]
    // Titles of works elsewhere are in the language of the work.
    .filter((link) => !/^[a-z]+:/.test(link.getAttribute('href')) && !link.closest('[lang]:not(html)'))
    .map((link) => link.textContent));
  const words = sought(headings);
  const plain = words.find((word) => bare(word) === word);
  const accented = words.find((word) => bare(word) !== word);
  const asked = [plain, accented, accented && bare(accented), plain?.slice(0, -1).toUpperCase()].filter(Boolean);
  if (asked.length === 0) fault(FIELD, 'no heading has a word to look for');
  for (const word of asked) await judgeWord(tab, word, fault);
  if (plain) await judgeRest(tab, plain[0], fault);
  if (plain) await judgeKeys(tab, plain, fault);
}

async function judgeWord(tab, word, fault) {
  await tab.locator(FIELD).fill('');
  await tab.locator(FIELD).fill(word);
  const found = await tab.locator(results).first().waitFor({ timeout: 5000 }).then(() => true, () => false);
  if (!found) return fault(FIELD, `expected results for \`${word}\``);
  const seen = await tab.evaluate((results) => ({
    marks: document.querySelectorAll(`${results} mark`).length,
    addresses: [...document.querySelectorAll(results)].map((link) => link.getAttribute('href')),
  }), results);
  if (seen.marks === 0) fault(results, `expected \`${word}\` to be marked`);
  if (seen.addresses.some((address) => !address)) fault(results, 'expected every result to be a link');
  const told = await tab.waitForFunction(() => /\d/.test(document.querySelector('[role=search] [role=status]')?.textContent ?? ''), null, { timeout: 10_000 }).then(() => true, () => false);
  if (!told) fault('[role=status]', `expected the number of results for \`${word}\` to be told`);
  return undefined;
}

/** Many results are not all shown: the rest is reached by a button, and by the arrows. */
async function judgeRest(tab, letter, fault) {
  const seen = () => tab.evaluate(([field, results]) => {
    const options = [...document.querySelectorAll(results)];
    const active = document.querySelector(field).getAttribute('aria-activedescendant');
    return { shown: options.length, all: +options[0]?.getAttribute('aria-setsize'), active: options.findIndex(({ id }) => id === active), inField: document.activeElement === document.querySelector(field) };
  }, [FIELD, results]);
  await tab.locator(FIELD).fill(letter);
  const before = await seen();
  if (before.shown === before.all) return;
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  const after = await seen();
  if (after.shown <= before.shown) fault(FIELD, `expected Tab to lead to a button that shows more than ${before.shown} of ${before.all} results`);
  else if (after.active !== before.shown || !after.inField) fault(FIELD, 'expected the arrows to go on from the first result that is new');
  await tab.locator(FIELD).fill('');
  await tab.locator(FIELD).fill(letter);
  for (let step = 0; step <= before.shown; step += 1) await tab.keyboard.press('ArrowDown');
  if ((await seen()).active !== before.shown) fault(FIELD, `expected the arrow down to lead beyond result ${before.shown} of ${before.all}`);
}

async function judgeKeys(tab, word, fault) {
  await tab.locator(FIELD).fill('');
  await tab.evaluate(() => document.activeElement.blur());
  await tab.keyboard.press('/');
  const isIn = await tab.evaluate((field) => document.activeElement === document.querySelector(field), FIELD);
  if (!isIn) return fault(FIELD, 'expected "/" to lead to it');
  await tab.keyboard.type(word);
  await tab.locator(results).first().waitFor({ timeout: 5000 }).catch(() => undefined);
  const open = () => tab.evaluate((results) => [...document.querySelectorAll(results)].some((link) => link.checkVisibility()), results);
  await tab.keyboard.press('Escape');
  if (await open()) fault(FIELD, 'expected Escape to close the results');
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('ArrowUp');
  const active = await tab.evaluate((field) => {
    const link = document.getElementById(document.querySelector(field).getAttribute('aria-activedescendant') ?? '');
    return link?.getAttribute('aria-selected') === 'true' ? link.href : '';
  }, FIELD);
  if (!active) return fault(FIELD, 'expected the arrows to choose a result (aria-activedescendant, aria-selected)');
  await tab.keyboard.press('Enter');
  const opened = await tab.waitForURL(active, { timeout: 5000 }).then(() => true, () => false);
  if (!opened) fault(FIELD, `expected Enter to open ${active}`);
  return undefined;
}
