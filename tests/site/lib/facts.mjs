/**
 * What a page says of itself before any script has run: its head, ids, addresses, headings,
 * landmarks and figures. Runs inside the page; the checks on files and across pages read it.
 */
export function readFacts() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const head = (selector, attribute) => document.querySelector(selector)?.getAttribute(attribute) ?? undefined;
  const { describe, squeeze } = globalThis.probe;

  const addresses = [];
  for (const attribute of ['href', 'src', 'data', 'poster', 'xlink:href', 'cite', 'action']) {
    for (const element of all(`[${attribute.replace(':', '\\:')}]`)) {
      if (element.localName === 'data' || (element.localName === 'link' && /\b(canonical|alternate)\b/.test(element.rel))) continue;
      addresses.push({ element: describe(element), address: element.getAttribute(attribute), rel: element.getAttribute('rel') ?? '' });
    }
  }
  for (const element of all('[srcset], [imagesrcset]')) {
    const set = element.getAttribute('srcset') ?? element.getAttribute('imagesrcset');
    for (const part of set.split(',')) addresses.push({ element: describe(element), address: part.trim().split(/\s+/)[0], rel: '' });
  }
  const refresh = head('meta[http-equiv="refresh" i]', 'content')?.match(/url=(.*)/i)?.[1];
  if (refresh) addresses.push({ element: 'meta refresh', address: refresh, rel: '' });

  const idrefs = [];
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details', 'for', 'headers', 'list', 'form']) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/).filter(Boolean)) idrefs.push({ element: describe(element), attribute, id });
    }
  }

  const figures = all('figure').filter((figure) => figure.querySelector('svg, table, .number-value')).map((figure) => {
    // One for each tab.
    const tables = [...figure.querySelectorAll('table')];
    return {
      element: describe(figure),
      hasDrawing: figure.querySelector('svg') !== null,
      // The small print of a cell (its interval, a remark) is not its number.
      cells: tables.length > 0 && tables.flatMap((table) => [...table.querySelectorAll('td')]).map((cell) => {
        const copy = cell.cloneNode(true);
        copy.querySelectorAll('small').forEach((note) => note.remove());
        return squeeze(copy.textContent);
      }),
      tableText: [...figure.querySelectorAll('th, td')].map((cell) => cell.textContent).join('\n'),
      bigNumber: figure.querySelector('.number-value')?.textContent,
      downloads: [...figure.querySelectorAll('a[download]')].map((link) => link.getAttribute('href')),
    };
  });

  return {
    lang: document.documentElement.getAttribute('lang'),
    title: document.title,
    description: head('meta[name="description"]', 'content'),
    canonical: head('link[rel="canonical"]', 'href'),
    robots: head('meta[name="robots"]', 'content') ?? '',
    viewport: head('meta[name="viewport"]', 'content'),
    alternates: all('link[rel="alternate"][hreflang]').map((link) => [link.getAttribute('hreflang'), link.getAttribute('href')]),
    jsonLd: all('script[type="application/ld+json"]').map((script) => script.textContent),
    ids: all('[id]').map((element) => element.id),
    addresses,
    idrefs,
    figures,
    downloads: all('a[download]').map((link) => link.getAttribute('href')),
    headings: all('h1, h2, h3, h4, h5, h6').map((heading) => ({ level: +heading.localName[1], element: describe(heading), text: squeeze(heading.textContent), inMain: heading.closest('main') !== null })),
  };
}
