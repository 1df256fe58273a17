/**
 * Each page says what it is: its language, a title of its own, a description of 50 to 170
 * characters, its canonical address; translations name each other; JSON-LD can be read; the
 * sitemap holds exactly the pages.
 *
 * `404.html` and pages marked `noindex` are no addresses of their own and stand in no sitemap.
 */
export default {
  name: 'metadata',
  judges: 'title, description, language, canonical address, sitemap',

  across(site, records, fault) {
    const home = records.get('index.html')?.facts?.canonical;
    if (!home?.endsWith('/')) fault('index.html', 'link[rel=canonical]', 'expected the address of the site, ending with /');
    const address = (page) => home + page.replace(/(^|\/)index\.html$/, '$1');
    const titles = new Map();
    const listed = [];
    for (const [page, { facts }] of records) {
      if (!facts) continue;
      const expect = (holds, element, message) => { if (!holds) fault(page, element, message); };
      const folder = /^([a-z]{2})\//.exec(page)?.[1];
      expect(/^[a-z]{2}(-[A-Z]{2})?$/.test(facts.lang ?? ''), 'html', `expected a language, lang is \`${facts.lang}\``);
      expect(!folder || facts.lang?.startsWith(folder), 'html', `expected lang \`${folder}\` in the folder \`${folder}\`, it is \`${facts.lang}\``);
      expect(facts.title.trim().length > 0, 'title', 'expected a title');
      expect(!titles.has(facts.title), 'title', `expected a title of its own, ${titles.get(facts.title)} has "${facts.title}" too`);
      titles.set(facts.title, page);
      const length = [...(facts.description ?? '')].length;
      expect(length >= 50 && length <= 170, 'meta[name=description]', `expected 50 to 170 characters, there are ${length}`);
      for (const text of facts.jsonLd) expect(readsAsLinkedData(text), 'JSON-LD', 'expected JSON with @context and @type');
      if (page === '404.html' || /noindex/.test(facts.robots)) continue;
      listed.push(page);
      expect(facts.canonical === address(page), 'link[rel=canonical]', `expected \`${address(page)}\`, it is \`${facts.canonical}\``);
      if (facts.alternates.length > 0) judgeAlternates(facts, records, address, expect);
    }
    judgeSitemap(site, listed.map(address), fault);
  },
};

function readsAsLinkedData(text) {
  try {
    return [JSON.parse(text)].flat().every((thing) => thing['@context'] && (thing['@type'] || thing['@graph']));
  } catch {
    return false;
  }
}

function judgeAlternates(facts, records, address, expect) {
  const pages = new Map([...records].map(([page, { facts: other }]) => [address(page), other]));
  expect(facts.alternates.some(([tag, url]) => tag === facts.lang && url === facts.canonical), 'link[hreflang]', 'expected the page among its own translations');
  expect(facts.alternates.some(([tag]) => tag === 'x-default'), 'link[hreflang]', 'expected an `x-default` among the translations');
  for (const [tag, url] of facts.alternates) {
    const other = pages.get(url);
    expect(other, 'link[hreflang]', `expected \`${url}\` to be a page`);
    expect(!other || tag === 'x-default' || other.lang === tag, 'link[hreflang]', `expected \`${url}\` to be in \`${tag}\`, it is in \`${other?.lang}\``);
    expect(!other || other.alternates.some(([, back]) => back === facts.canonical), 'link[hreflang]', `expected \`${url}\` (${tag}) to name this page too`);
  }
}

function judgeSitemap(site, expected, fault) {
  if (!site.files.has('sitemap.xml')) return fault('sitemap.xml', '', 'expected a sitemap');
  const found = [...site.text('sitemap.xml').matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url.replaceAll('&amp;', '&').trim());
  for (const url of expected) if (!found.includes(url)) fault('sitemap.xml', url, 'this page is missing');
  for (const url of found) if (!expected.includes(url)) fault('sitemap.xml', url, 'expected a page of the site');
  if (new Set(found).size !== found.length) fault('sitemap.xml', '', 'expected each page once');
  return undefined;
}
