/**
 * What is not for the eye: every page has a card of 1200 × 630 pixels and a strict content
 * policy before anything that it rules; feeds can be read and lead to pages; the data package
 * says the truth about its files, and one archive holds it with all of them. A page for frames
 * says no more than what is shown where its address is shared. What opens a window of its own
 * gives it no hold on the page.
 */
import { createHash } from 'node:crypto';
import { parseCsv } from '../lib/csv.mjs';
import { resolve } from '../lib/site.mjs';
import { readZip } from '../lib/zip.mjs';

export default {
  name: 'machines',
  judges: 'cards, content policy, feeds, data package, archive',

  across(site, records, fault) {
    const home = records.get('index.html')?.facts?.canonical ?? '';
    const own = (url) => (url?.startsWith(home) ? url.slice(home.length).replace(/(^|\/)$/, '$1index.html') : undefined);
    const feeds = new Set();
    const judgeCard = (page, html) => {
      const image = own(/property="og:image" content="([^"]*)"/.exec(html)?.[1]);
      if (!site.files.has(image)) fault(page, 'meta[property=og:image]', 'expected the address of a card');
      else if (!isCard(site.bytes(image))) fault(page, image, 'expected a PNG of 1200 × 630');
    };
    for (const page of [...site.pages, ...site.frames]) {
      const html = site.text(page);
      judgePolicy(html, (element, message) => fault(page, element, message));
      judgeWindows(html, (element, message) => fault(page, element, message));
    }
    for (const page of site.frames) {
      const html = site.text(page);
      judgeCard(page, html);
      for (const name of ['name="description"', 'property="og:title"', 'property="og:description"']) {
        const text = decode(new RegExp(`<meta ${name} content="([^"]*)"`).exec(html)?.[1] ?? '');
        const least = name.includes('title') ? 1 : 50;
        if ([...text].length < least || [...text].length > 170) fault(page, `meta[${name}]`, `expected ${least} to 170 characters, there are ${[...text].length}`);
      }
      if (!/name="robots" content="[^"]*noindex/.test(html)) fault(page, 'meta[name=robots]', 'expected search engines to be kept away');
    }
    for (const page of site.pages) {
      const html = site.text(page);
      if (page === '404.html' || /name="robots" content="[^"]*noindex/.test(html)) continue;
      judgeCard(page, html);
      const feed = /<link[^>]*type="application\/atom\+xml"[^>]*>/.exec(html)?.[0];
      const { file } = resolve(page, /href="([^"]*)"/.exec(feed ?? '')?.[1] ?? '');
      if (feed && site.files.has(file)) feeds.add(file);
      else fault(page, 'link[type=application/atom+xml]', 'expected the address of a feed');
    }
    for (const feed of feeds) judgeFeed(site, site.text(feed), own, (message) => fault(feed, '', message));
    judgePackage(site, (element, message) => fault('data/datapackage.json', element, message));
  },
};

function judgePolicy(html, fault) {
  const at = html.search(/<meta http-equiv="Content-Security-Policy"/);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  if (!policy.includes("default-src 'none'")) fault('policy', "expected `default-src 'none'`");
  const first = html.search(/<(style|script|link[^>]*rel="stylesheet")/);
  if (first >= 0 && first < at) fault('policy', 'expected it before the first style and script');
}

const decode = (text) => text.replace(/&(?:#x27|#39|quot|lt|gt|amp);/g, '?');

function judgeWindows(html, fault) {
  for (const [tag] of html.matchAll(/<(?:a|area|base|form)\b[^>]*\starget="_blank"[^>]*>/g)) {
    if (!/\srel="[^"]*\bno(?:opener|referrer)\b/.test(tag)) fault(tag.slice(0, 80), 'expected rel="noopener" on what opens a window');
  }
}

const isCard = (bytes) => bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(16) === 1200 && bytes.readUInt32BE(20) === 630;

function judgeFeed(site, xml, own, fault) {
  const [head, ...entries] = xml.split('<entry>');
  for (const name of ['title', 'id', 'updated']) if (!head.includes(`<${name}>`)) fault(`expected a <${name}>`);
  if (entries.length === 0) fault('expected an entry');
  for (const entry of entries) {
    if (!entry.includes('</entry>')) fault('expected every entry to end');
    for (const name of ['title', 'id', 'updated']) if (!entry.includes(`<${name}>`)) fault(`expected a <${name}> in every entry`);
    const url = /<link[^>]*href="([^"]*)"/.exec(entry)?.[1];
    if (!site.pages.includes(own(url))) fault(`expected \`${url}\` to be a page`);
  }
}

function judgePackage(site, fault) {
  let resources;
  try {
    ({ resources } = JSON.parse(site.text('data/datapackage.json')));
  } catch (error) {
    return fault('', `expected a data package: ${error.message}`);
  }
  for (const { path, bytes, hash, schema } of resources) {
    const file = `data/${path}`;
    if (!site.files.has(file)) {
      fault(path, 'expected a file of the site');
      continue;
    }
    const content = site.bytes(file);
    if (bytes !== content.length) fault(path, `expected ${content.length} bytes, it says ${bytes}`);
    if (hash !== `sha256:${createHash('sha256').update(content).digest('hex')}`) fault(path, 'expected another SHA-256');
    const header = schema && parseCsv(content.toString('utf8'))[0].join();
    if (schema && header !== schema.fields.map((field) => field.name).join()) fault(path, `expected the fields ${header}`);
  }
  return judgeArchive(site, ['datapackage.json', ...resources.map(({ path }) => path)], fault);
}

function judgeArchive(site, needed, fault) {
  const archives = [...site.files].filter((file) => /^data\/[^/]*\.zip$/.test(file));
  if (archives.length !== 1) return fault('', `expected one archive of the data, found ${archives.length}`);
  let members;
  try {
    members = readZip(site.bytes(archives[0]));
  } catch (error) {
    return fault(archives[0], `expected a ZIP archive: ${error.message}`);
  }
  for (const path of needed) if (!members.has(path)) fault(archives[0], `expected it to hold ${path}`);
  for (const [path, content] of members) {
    const file = `data/${path}`;
    if (!site.files.has(file) || !content.equals(site.bytes(file))) fault(archives[0], `expected ${path} as it lies beside it`);
  }
  return undefined;
}
