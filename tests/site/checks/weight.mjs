/**
 * A page is light: gzipped, at most 60 kB of HTML with its charts (200 kB where it is the whole report), 15 kB of style, 8 kB of
 * script; 60 kB of fonts; 6 requests. 1 kB is 1000 bytes.
 *
 * Counts what Chromium asks for when the page is opened at 1280 px. Fonts are counted as
 * they are, since WOFF2 is compressed. How long a page takes to show is not measured.
 */
const LIMITS = { html: 60_000, report: 200_000, style: 15_000, script: 8_000, fonts: 60_000, requests: 6 };

export default {
  name: 'weight',
  judges: 'HTML, style, script, fonts and number of requests stay below their limits',

  async loaded(visit, fault) {
    if (visit.how !== 'served') return;
    const { site, page, traffic, base } = visit;
    const asked = [...new Set(traffic.requests.map(({ url }) => url.split(/[?#]/)[0]))].filter((url) => url.startsWith(base));
    const names = asked.map((url) => decodeURIComponent(url.slice(base.length)) || 'index.html').filter((name) => site.files.has(name));
    const total = (pattern, size) => names.filter((name) => pattern.test(name)).reduce((sum, name) => sum + size(name), 0);
    const told = (what, measured, unit) => {
      if (measured > LIMITS[what]) fault(what, `expected at most ${LIMITS[what] / (unit ? 1000 : 1)}${unit}, there are ${unit ? (measured / 1000).toFixed(1) : measured}${unit}`, '');
    };
    told(/(^|\/)print\.html$/.test(page) ? 'report' : 'html', site.gzip(page), ' kB');
    told('style', total(/\.css$/, site.gzip), ' kB');
    told('script', total(/\.m?js$/, site.gzip), ' kB');
    told('fonts', total(/\.(woff2?|ttf|otf)$/, (name) => site.bytes(name).length), ' kB');
    // Chromium asks for the icon when it finds the time: it counts once, asked or not yet.
    const icons = await visit.tab.evaluate(() => [...document.querySelectorAll('link[rel~="icon"]')].map(({ href }) => href));
    const others = traffic.requests.filter(({ url }) => !url.startsWith('data:') && !icons.includes(url));
    told('requests', others.length + Math.min(icons.length, 1), '');
  },
};
