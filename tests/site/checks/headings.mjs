/**
 * A page has one `h1`, its headings skip no level, and its landmarks can be told apart: one
 * `main`, one banner, one footer, a name for every navigation when there are several.
 *
 * Whether the headings say what stands below them is for a reader to judge.
 */
export default {
  name: 'headings',
  judges: 'one h1, no level skipped, landmarks named',

  async fresh({ tab }, fault) {
    for (const [element, message] of await tab.evaluate(measure)) fault(element, message);
  },

  across(site, records, fault) {
    for (const [page, { facts }] of records) {
      if (!facts) continue;
      const tops = facts.headings.filter(({ level }) => level === 1);
      if (tops.length !== 1) fault(page, 'h1', `expected one, there are ${tops.length}`);
      if (tops[0] && !tops[0].inMain) fault(page, tops[0].element, 'expected the h1 inside main');
      let before = 0;
      for (const { level, element, text } of facts.headings) {
        if (level > before + 1) fault(page, element, before ? `a level is skipped: h${level} after h${before}` : `expected the page to begin with h1, it begins with h${level}`);
        if (!text) fault(page, element, 'expected words in the heading');
        before = level;
      }
    }
  },
};

function measure() {
  const { describe, squeeze } = globalThis.probe;
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const apart = (element) => element.parentElement.closest('article, aside, main, nav, section') === null;
  const named = (element) => {
    const label = element.getAttribute('aria-labelledby');
    return squeeze(label ? label.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ') : element.getAttribute('aria-label') ?? '');
  };
  const kinds = {
    main: all('main, [role="main"]'),
    banner: all('header, [role="banner"]').filter((element) => element.matches('[role]') || apart(element)),
    contentinfo: all('footer, [role="contentinfo"]').filter((element) => element.matches('[role]') || apart(element)),
    navigation: all('nav, [role="navigation"]'),
    complementary: all('aside, [role="complementary"]'),
    region: all('section[aria-label], section[aria-labelledby], [role="region"]'),
  };
  for (const kind of ['main', 'banner', 'contentinfo']) {
    const expected = kind === 'contentinfo' ? kinds[kind].length < 2 : kinds[kind].length === 1;
    if (!expected) faults.push([kind, `expected one, there are ${kinds[kind].length}`]);
  }
  for (const kind of ['navigation', 'complementary', 'region']) {
    const seen = new Map();
    for (const element of kinds[kind]) {
      const name = named(element);
      if (!name && (kind === 'region' || kinds[kind].length > 1)) faults.push([describe(element), `expected a name for this ${kind}`]);
      if (name && seen.has(name)) faults.push([describe(element), `expected a name of its own, "${name}" names another ${kind} too`]);
      seen.set(name, element);
    }
  }
  return faults;
}
