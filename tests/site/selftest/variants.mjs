/**
 * Ways to break the good site: for each, the check that must fail, alone, and a word of what it
 * must say. `change(files)` edits the files in place.
 */
import { randomBytes } from 'node:crypto';
import { archive, goodSingle } from './good.mjs';

/** Replaces `from` in a file; a variant that changes nothing proves nothing. */
function swap(files, name, from, to) {
  const before = files[name];
  files[name] = before.replace(from, to);
  if (files[name] === before) throw new Error(`${name} has no ${from}`);
}

const style = (css) => (files) => { files['assets/style.css'] += `${css}\n`; };
const script = (code) => (files) => { files['assets/script.js'] += `${code}\n`; };
const inPage = (name, from, to) => (files) => swap(files, name, from, to);

/** Writes `html` on every page, and the same words into what is searched. */
const hostile = (html) => (files) => {
  for (const name of Object.keys(files)) if (name.endsWith('.html')) files[name] = files[name].replace('</main>', `<p>${html}</p></main>`);
  for (const index of ['assets/search-en.js', 'assets/search-nl.js']) swap(files, index, '"Later"', '"Later <hostile onhostile=1>"');
};

/** A report in one file, changed. */
const single = (from, to) => (files) => {
  files['single.html'] = goodSingle();
  if (from) swap(files, 'single.html', from, to);
};

export const VARIANTS = [
  { check: 'html', of: 'an attribute that does not exist', says: 'not allowed', change: inPage('one.html', '<p>A text', '<p colour="red">A text') },
  { check: 'html', of: 'an invalid SVG file', says: 'icon.svg', change: inPage('assets/icon.svg', '<rect', '<foo/><rect') },

  { check: 'links', of: 'a page that is not there', says: 'no file', change: inPage('index.html', 'href="one.html">chapter', 'href="three.html">chapter') },
  { check: 'links', of: 'an anchor that is not there', says: '#later', change: inPage('two.html', 'id="later"', 'id="sooner"') },
  { check: 'links', of: 'a rooted address', says: 'root of the server', change: inPage('index.html', 'href="one.html">chapter', 'href="/one.html">chapter') },
  { check: 'links', of: 'a folder as address', says: 'folder', change: inPage('index.html', 'href="one.html">chapter', 'href="./">chapter') },
  { check: 'links', of: 'an absolute address of its own', says: 'relative', change: inPage('index.html', 'href="one.html">chapter', 'href="https://example.org/report/one.html">chapter') },
  { check: 'links', of: 'a reference to no id', says: 'no id', change: inPage('one.html', '<h2 id="shares">', '<h2 id="shares" aria-describedby="nothing">') },
  { check: 'links', of: 'a page that no link leads to', says: 'from the home page', change: (files) => {
    files['three.html'] = files['two.html'].replace('<title>Chapter two', '<title>Chapter three').replace('report/two.html">', 'report/three.html">');
    swap(files, 'sitemap.xml', '<url><loc>https://example.org/report/two.html</loc></url>', '$&<url><loc>https://example.org/report/three.html</loc></url>');
  } },
  { check: 'links', of: 'addresses that a script makes whole', says: 'to leave addresses relative', change: script("document.querySelectorAll('nav a').forEach((link) => { link.hash = ''; });") },
  { check: 'links', of: 'an address of a style sheet', says: 'no.png', change: style('@media (min-width: 9999px) { body { background: url(no.png) } }') },

  { check: 'offline', of: 'a line in the console', says: 'console', change: script("console.log('hello');") },
  { check: 'offline', of: 'an error in the script', says: 'uncaught', change: script("throw new Error('lost');") },
  { check: 'offline', of: 'a request to elsewhere', says: 'example.com', change: (files) => {
    for (const name of Object.keys(files)) if (name.endsWith('.html')) files[name] = files[name].replace("img-src 'self'", "img-src 'self' https:");
    script("new Image().src = 'https://example.com/pixel.png';")(files);
  } },

  { check: 'axe', of: 'pale text in the light', says: 'color-contrast', change: style('@media (prefers-color-scheme: light) { .aside { color: #aaa } .aside a { color: var(--link) } }') },
  { check: 'axe', of: 'dark text in the dark', says: '1280 dark', change: style('@media screen and (prefers-color-scheme: dark) { .aside { color: #444 } }') },
  { check: 'axe', of: 'a link known by its colour alone', says: 'link-in-text-block', change: style('p a { text-decoration: none; color: #0b5394 } @media (prefers-color-scheme: dark) { p a { color: #8cc4f5 } }') },
  { check: 'axe', of: 'an image without words', says: 'image-alt', change: (files) => {
    // Valid HTML knows no such image; a script may still make one.
    script("document.querySelector('main').append(Object.assign(new Image(), { src: document.querySelector('link[rel=icon]').href }));")(files);
  } },

  { check: 'reflow', of: 'a line that cannot break', says: 'sideways', change: style('h1 { width: 340px }') },
  { check: 'reflow', of: 'a scroll area without keyboard', says: 'tabindex', also: ['axe'], change: (files) => {
    swap(files, 'one.html', 'class="scroll" tabindex="0"', 'class="scroll"');
    style('table { min-width: 30rem }')(files);
  } },
  { check: 'reflow', of: 'text cut when spaced', says: 'cut below', change: style('h1 { max-height: 2.6em; overflow: hidden; line-height: 1.2; word-spacing: 0 } @media (max-width: 400px) { h1 { width: 8em; height: 1.25em } }') },

  { check: 'noscript', of: 'text that a script writes', says: 'missing', change: (files) => {
    swap(files, 'one.html', '<p>Another', '<p id="late">Another');
    swap(files, 'one.html', 'Another text, with', 'With');
    script("document.querySelector('#late')?.prepend('Another text. ');")(files);
  } },
  { check: 'noscript', of: 'a drawing that a script shows', says: 'drawings', change: (files) => {
    // A page for frames has no script, and no masthead.
    style('header ~ main .chart:not(.shown) { visibility: hidden }')(files);
    script("document.querySelectorAll('.chart').forEach((chart) => chart.classList.add('shown'));")(files);
  } },
  { check: 'noscript', of: 'navigation that a script shows', says: 'links', change: (files) => {
    style('nav ul:not(.shown) { display: none }')(files);
    script("document.querySelectorAll('nav ul').forEach((list) => list.classList.add('shown'));")(files);
  } },

  { check: 'charts', of: 'two drawings seen at once', says: 'exactly one', change: style('@media (max-width: 500px) { svg.wide { display: block; margin: 0; max-width: none } } @media (max-width: 500px) { .wide text { font-size: 60px } }') },
  { check: 'charts', of: 'no drawing on a phone', says: 'exactly one', change: style('@media (max-width: 340px) { .narrow { display: none } }') },
  { check: 'charts', of: 'no name', says: 'a name', also: ['axe'], change: inPage('one.html', /(<svg[^>]*) aria-labelledby="[^"]*"/g, '$1') },
  { check: 'charts', of: 'a hidden description', says: 'everyone sees', change: style('#about-shares { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }') },
  { check: 'charts', of: 'text outside the drawing', says: 'inside the drawing', change: inPage('one.html', /<text class="label" x="0"/g, '<text class="label" x="-9"') },
  { check: 'charts', of: 'texts over each other', says: 'lies over', change: inPage('one.html', /<text class="value" x="[\d.]+" y="66"/g, '<text class="value" x="4" y="44"') },
  { check: 'charts', of: 'small text', says: '11 px', change: inPage('one.html', 'font-size="18"', 'font-size="12"') },
  { check: 'charts', of: 'pale text', says: '4.5:1', change: style('svg .label { fill: #999 !important }') },
  { check: 'charts', of: 'a label on a dark bar', says: '4.5:1', change: (files) => {
    files['one.html'] = files['one.html'].replace(/<text class="value" x="[\d.]+"/g, '<text class="value" x="4"');
  } },
  { check: 'charts', of: 'text beneath a shape', says: 'painted over', change: inPage('one.html', /\n<\/svg>/g, '<rect class="mark" x="0" y="20" width="40" height="30" fill="#0a6da5"/></svg>') },
  { check: 'charts', of: 'pale marks in the dark', says: '3:1', change: style('@media screen and (prefers-color-scheme: dark) { :root { --series: #333 } }') },
  { check: 'charts', of: 'a number that is not in the table', says: 'in the table', change: inPage('one.html', /(<text class="value"[^>]*>)43,9/g, '$144,1') },
  { check: 'charts', of: 'a big number that is not in the table', says: 'in the table', change: inPage('index.html', 'number-value">43,9', 'number-value">43,8') },

  { check: 'charts', of: 'a drawing without a table', says: 'a table', change: inPage('index.html', /<details><summary>Show as table[^]*?<\/details>/, '') },
  { check: 'charts', of: 'a number that is not in the table beside it', says: 'in the table', change: inPage('index.html', /(<text class="value"[^>]*>)42/, '$141') },
  { check: 'charts', of: 'a text that was measured wrongly', says: 'a length of', change: inPage('data/scores.svg', /textLength="[\d.]+"/, 'textLength="39"') },

  { check: 'keyboard', of: 'no skip link', says: 'first stop', change: inPage('one.html', /<a class="skip".*\n/, '') },
  { check: 'keyboard', of: 'a skip link that stays hidden', says: 'be seen', change: style('.skip:focus { transform: translateY(-200%) }') },
  { check: 'keyboard', of: 'focus that cannot be seen', says: 'to be seen', change: style('nav a:focus-visible { outline: none }') },
  { check: 'keyboard', of: 'a pale focus', says: '3:1', change: style(':focus-visible { outline-color: #ddd }') },
  { check: 'keyboard', of: 'details that do not open', says: 'Enter', change: script("addEventListener('keydown', (event) => { if (event.target.localName === 'summary') event.preventDefault(); });") },
  { check: 'keyboard', of: 'tabs that show no panel', says: 'alone to be seen', change: style('@media screen { .tabs > input:nth-of-type(2):checked ~ .panel { display: none !important } }') },
  { check: 'keyboard', of: 'tabs that do not turn', says: 'right arrow', change: script("addEventListener('keydown', (event) => { if (event.key === 'ArrowRight') event.preventDefault(); });") },
  { check: 'keyboard', of: 'marks that say nothing', says: 'arrow keys', change: inPage('one.html', '<div class="chart">', '<div class="chart" data-marks="Values" tabindex="0" role="group" aria-label="Values">') },
  { check: 'keyboard', of: 'a tab whose focus cannot be seen', says: 'to be seen', change: style('.tabs > input:focus-visible + label { outline: none }') },
  { check: 'keyboard', of: 'a language switch that forgets the figure', says: 'at the same figure', change: inPage('assets/script.js', 'link.hash = location.hash', 'void 0') },
  { check: 'keyboard', of: 'a trap', says: 'expected Tab', change: script("addEventListener('keydown', (event) => { if (event.key === 'Tab' && event.target.matches('footer a, sup a')) event.preventDefault(); });") },

  { check: 'headings', of: 'two h1', says: 'expected one', change: inPage('one.html', /<h2 id="notes">(.*)<\/h2>/, '<h1 id="notes">$1</h1>') },
  { check: 'headings', of: 'a skipped level', says: 'skipped', also: ['axe', 'html'], change: inPage('one.html', /<h2 id="notes">(.*)<\/h2>/, '<h4 id="notes">$1</h4>') },
  { check: 'headings', of: 'navigations without names', says: 'a name', also: ['axe'], change: (files) => {
    swap(files, 'one.html', '<nav aria-label="Chapters">', '<nav>');
    swap(files, 'one.html', '<h2 id="shares">', '<nav><a href="two.html">Next</a></nav><h2 id="shares">');
  } },

  { check: 'print', of: 'navigation on paper', says: 'no navigation', change: style('@media print { nav { display: block } }') },
  { check: 'print', of: 'a title away from its drawing', says: 'it is cut', change: style('@media print { #fig-again figcaption { break-after: page } }') },
  { check: 'print', of: 'a drawing away from the words on it', says: 'it is cut', change: style('@media print { #fig-again { padding-bottom: 1px } #fig-again .chart { break-after: page } }') },
  { check: 'print', of: 'a wide element', says: 'of the paper', change: style('@media print { h1 { width: 190mm } }') },
  { check: 'print', of: 'an empty sheet', says: 'is empty', change: style('@media print { h1 { break-before: page } main { padding-top: 1px } h1::before { content: ""; display: block; height: 240mm; break-after: page } }') },
  { check: 'print', of: 'another typeface', says: 'the typeface of the screen', change: style('@media print { h1 { font-family: monospace } }') },
  { check: 'print', of: 'another paper', says: 'A4', change: inPage('assets/style.css', 'size: A4', 'size: 210mm 250mm') },

  { check: 'downloads', of: 'a table that differs', says: 'display', also: ['machines'], change: inPage('data/scores.csv', '61 %', '62 %') },
  { check: 'downloads', of: 'a ragged record', says: 'fields', also: ['machines'], change: inPage('data/scores.csv', ',0.05,', ',0.05,,') },
  { check: 'downloads', of: 'another encoding', says: 'UTF-8', also: ['machines'], change: (files) => { files['data/scores.csv'] = Buffer.from('item,display\nCommun\xe9,61 %\n', 'latin1'); } },
  { check: 'downloads', of: 'a figure without numbers to take away', says: 'as CSV', change: inPage('one.html', /<p><a href="data.*\n/, '') },

  { check: 'metadata', of: 'two pages of one title', says: 'of its own', change: inPage('two.html', '<title>Chapter two', '<title>Chapter one') },
  { check: 'metadata', of: 'a short description', says: '50 to 170', change: inPage('one.html', /name="description" content="[^"]*"/, 'name="description" content="Short."') },
  { check: 'metadata', of: 'a wrong canonical address', says: 'canonical', change: inPage('one.html', 'report/one.html">', 'report/two.html">') },
  { check: 'metadata', of: 'another language than that of the folder', says: 'in the folder', change: (files) => {
    swap(files, 'nl/index.html', '<html lang="nl">', '<html lang="de">');
    for (const name of ['index.html', 'nl/index.html']) files[name] = files[name].replace('hreflang="nl" href', 'hreflang="de" href');
  } },
  { check: 'metadata', of: 'a translation that does not name the page', says: 'to name this page too', change: inPage('nl/index.html', /<link rel="alternate" hreflang="(en|x-default)".*\n/g, '') },
  { check: 'metadata', of: 'a translation that is no page', says: 'to be a page', change: inPage('index.html', 'hreflang="nl" href="https://example.org/report/nl/"', 'hreflang="nl" href="https://example.org/report/be/"') },
  { check: 'metadata', of: 'a page that is not among its translations', says: 'its own translations', change: inPage('nl/index.html', /<link rel="alternate" hreflang="nl".*\n/, '') },
  { check: 'metadata', of: 'a translation in another language', says: 'to be in `nl`', change: (files) => {
    for (const name of ['index.html', 'nl/index.html']) files[name] = files[name].replace('hreflang="en" href', 'hreflang="xx" href').replace('hreflang="nl" href', 'hreflang="en" href').replace('hreflang="xx" href', 'hreflang="nl" href');
  } },
  { check: 'metadata', of: 'translations without a default', says: 'x-default', change: (files) => {
    for (const name of ['index.html', 'nl/index.html']) swap(files, name, /<link rel="alternate" hreflang="x-default".*\n/, '');
  } },
  { check: 'metadata', of: 'a page missing in the sitemap', says: 'missing', change: inPage('sitemap.xml', '<url><loc>https://example.org/report/two.html</loc></url>', '') },
  { check: 'metadata', of: 'broken JSON-LD', says: 'JSON', change: inPage('one.html', '"@type": "Report",', '"@type" "Report",') },

  { check: 'machines', of: 'a card of another size', says: '1200', change: (files) => { files['assets/card.png'] = Buffer.from(files['assets/card.png']); files['assets/card.png'].writeUInt32BE(600, 16); } },
  { check: 'machines', of: 'a page without a card', says: 'a card', change: inPage('one.html', /<meta property="og:image".*\n/, '') },
  { check: 'machines', of: 'a page for frames without a title to share', says: 'og:title', change: inPage('embed/shares.html', /<meta property="og:title".*\n/, '') },
  { check: 'machines', of: 'a page for frames that search engines list', says: 'kept away', change: inPage('embed/shares.html', /<meta name="robots".*\n/, '') },
  { check: 'machines', of: 'a window with a hold on the page', says: 'noopener', change: inPage('embed/shares.html', ' rel="noopener"', '') },
  { check: 'machines', of: 'a loose policy', says: 'default-src', change: inPage('one.html', "default-src 'none'", "default-src 'self'") },
  { check: 'machines', of: 'a late policy', says: 'before', change: inPage('one.html', /(<meta http-equiv.*\n)([^]*)(<script src.*\n)/, '$3$1$2') },
  { check: 'machines', of: 'a feed that leads nowhere', says: 'to be a page', change: inPage('feed.xml', '<link href="https://example.org/report/one.html"', '<link href="https://example.org/report/six.html"') },
  { check: 'machines', of: 'an entry without a date', says: '<updated>', change: inPage('feed.xml', /<updated>[^<]*<\/updated><\/entry>/, '</entry>') },
  { check: 'machines', of: 'a wrong sum', says: 'SHA-256', change: inPage('data/datapackage.json', /sha256:[0-9a-f]{4}/, 'sha256:0000') },
  { check: 'machines', of: 'other fields', says: 'fields', change: inPage('data/datapackage.json', '"estimate"', '"value"') },
  { check: 'machines', of: 'a data package of files that are not there', says: 'a file of the site', change: inPage('data/datapackage.json', '"path":"scores.csv"', '"path":"score.csv"') },
  { check: 'machines', of: 'an archive that lacks a file', says: 'to hold shares.csv', change: (files) => { files['data/report.zip'] = archive(files, ['datapackage.json', 'scores.csv']); } },
  { check: 'machines', of: 'an archive of other files', says: 'as it lies beside it', change: (files) => { files['data/report.zip'] = archive({ ...files, 'data/scores.csv': 'item\n' }, ['datapackage.json', 'shares.csv', 'scores.csv']); } },
  { check: 'machines', of: 'a broken archive', says: 'a ZIP archive', change: (files) => { files['data/report.zip'] = files['data/report.zip'].subarray(0, -4); } },

  { check: 'search', of: 'words that are not marked', says: 'to be marked', change: inPage('assets/search.js', "createElement('mark')", "createElement('b')") },
  { check: 'search', of: 'accents that must be typed', says: 'expected results for `Energie`', change: inPage('assets/search.js', ".normalize('NFD').replace(/\\p{M}/gu, '')", '') },
  { check: 'search', of: 'a number that nobody hears', says: 'to be told', change: inPage('assets/search.js', "status.setAttribute('role', 'status')", 'void 0') },
  { check: 'search', of: 'results that are no links', says: 'to be a link', change: inPage('assets/search.js', 'link.href = passage.address', 'void 0') },
  { check: 'search', of: 'a key that does not lead to it', says: '"/" to lead', change: inPage('assets/script.js', "event.key !== '/'", "event.key !== '?'") },
  { check: 'search', of: 'results that do not close', says: 'Escape to close', change: inPage('assets/search.js', 'function close() {\n    panel.hidden = true;', 'function close() {') },
  { check: 'search', of: 'arrows that choose nothing', says: 'arrows to choose', change: inPage('assets/search.js', "now.setAttribute('aria-selected', 'true')", 'void 0') },
  { check: 'search', of: 'results that nobody reaches', says: 'Tab to lead to a button', change: inPage('assets/search.js', 'panel.append(count, list, more)', 'panel.append(count, list)') },
  { check: 'search', of: 'arrows that turn back', says: 'to lead beyond', change: inPage('assets/search.js', 'active === last && !more.hidden', 'false') },
  { check: 'search', of: 'a list without order', says: 'before', change: inPage('search.html', '<li><a href="one.html">Chapter one</a></li>\n<li><a href="two.html">Chapter two</a></li>', '<li><a href="two.html">Chapter two</a></li>\n<li><a href="one.html">Chapter one</a></li>') },
  { check: 'search', of: 'a field that does nothing', says: 'does nothing', change: inPage('search.html', '<ul>\n<li><a href="one', '<p><input aria-label="Word"></p>\n<ul>\n<li><a href="one') },
  { check: 'search', of: 'something stored', says: 'leave nothing behind', change: script("localStorage.setItem('seen', 'yes');") },
  { check: 'search', of: 'a heavy index', says: '60 kB', change: (files) => { files['assets/search-en.js'] += `// ${randomBytes(70_000).toString('base64')}`; } },

  { check: 'weight', of: 'a heavy page', says: 'html', change: inPage('one.html', '<main', () => `<!-- ${randomBytes(65_000).toString('base64').replaceAll('--', '')} --><main`) },
  { check: 'weight', of: 'a heavy style', says: 'style', change: (files) => { files['assets/style.css'] += `/* ${randomBytes(16_000).toString('base64')} */`; } },
  { check: 'weight', of: 'a heavy script', says: 'script', change: (files) => { files['assets/script.js'] += `// ${randomBytes(9_000).toString('base64')}`; } },
  { check: 'weight', of: 'many requests', says: 'requests', change: (files) => {
    for (const name of ['a', 'b', 'c', 'd']) files[`assets/${name}.css`] = '/* nothing */\n';
    swap(files, 'one.html', '<link rel="icon"', `${['a', 'b', 'c', 'd'].map((name) => `<link rel="stylesheet" href="assets/${name}.css">`).join('')}<link rel="icon"`);
  } },
];

/** The same for what judges a site beside the checks; without `change` and `says`: it finds nothing. */
export const TOOL_VARIANTS = [
  { tool: 'hostile', of: 'text', change: hostile('&lt;hostile onhostile=1>') },
  { tool: 'hostile', of: 'an element', says: 'no such element', change: hostile('&lt;hostile onhostile=1><hostile>x</hostile>') },
  { tool: 'hostile', of: 'an element that the search makes', says: 'no such element', change: (files) => {
    hostile('&lt;hostile onhostile=1>')(files);
    swap(files, 'assets/search.js', "element('span', 'search-heading', marked(passage.heading, query, false))", "Object.assign(element('span', 'search-heading'), { innerHTML: passage.heading })");
  } },

  { tool: 'single', of: 'a report in one file', change: single() },
  { tool: 'single', of: 'a link to a file beside it', says: 'within the file or to the web', change: single('href="https://example.org/report/two.html"', 'href="two.html"') },
  { tool: 'single', of: 'a link to nothing', says: 'nothing in the file', change: single('href="#note-1"', 'href="#note-2"') },
  { tool: 'single', of: 'a picture beside it', says: 'stand in the file', change: single('<h2 id="notes">', '<img src="icon.svg" alt="A square"><h2 id="notes">') },
  { tool: 'single', of: 'a picture that cannot be read', says: 'cannot be shown', change: single('<h2 id="notes">', '<img src="data:image/png;base64,AAAA" alt="A square"><h2 id="notes">') },
  { tool: 'single', of: 'a font that cannot be read', says: 'a font', change: single('<style>', '<style>@font-face { font-family: Broken; src: url(data:font/woff2;base64,AAAA) } h1 { font-family: Broken }') },
  { tool: 'single', of: 'a heavy file', says: 'at most 3 MB', change: single('</main>', () => `<!-- ${'x'.repeat(3_000_000)} --></main>`) },
  { tool: 'single', of: 'a report without drawings', says: 'expected drawings', change: single(/<svg[^]*?<\/svg>/g, '') },
  { tool: 'single', of: 'markup that is not valid', says: 'not allowed', change: single('<p>A text', '<p colour="red">A text') },

  { tool: 'pdf', of: 'contents', change: inPage('two.html', '<h2 id="later">', '<p class="bound-contents"><a href="#later">Later</a></p><h2 id="later">') },
  { tool: 'pdf', of: 'contents that name nothing', says: 'no page has #sooner', change: inPage('two.html', '<h2 id="later">', '<p class="bound-contents"><a href="#sooner">Sooner</a></p><h2 id="later">') },

  { tool: 'lighthouse', of: 'the good site' },
  { tool: 'lighthouse', of: 'pale text', says: 'accessibility: color-contrast', change: style('.aside { color: #aaa }') },
  { tool: 'lighthouse', of: 'an error in the script', says: 'best-practices: errors-in-console', change: script("throw new Error('lost');") },
  { tool: 'lighthouse', of: 'a page that no search engine may list', says: 'seo: is-crawlable', change: inPage('one.html', '<title>', '<meta name="robots" content="noindex"><title>') },
  { tool: 'lighthouse', of: 'text that moves', says: 'layout shift', change: script("setTimeout(() => document.querySelector('h1').before(Object.assign(document.createElement('p'), { textContent: 'Late.' })), 300);") },
];
