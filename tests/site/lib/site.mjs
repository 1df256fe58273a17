/**
 * The built site as files: which there are, which of them are pages, and what an address in
 * a page leads to. Knows nothing of browsers and judges nothing.
 */
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Reads the names of all files of `folder`, with `/` between their parts, in order. */
export function readSite(folder) {
  const root = path.resolve(folder);
  if (!existsSync(path.join(root, 'index.html'))) throw new Error(`${folder} has no index.html: build the report first`);
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'))
    .sort();
  const site = { root, files: new Set(names), bytes: (name) => readFileSync(path.join(root, name)) };
  site.text = (name) => site.bytes(name).toString('utf8');
  site.gzip = (name) => gzipSync(site.bytes(name)).length;
  const html = names.filter((name) => name.endsWith('.html'));
  // A page that only leads to another would take the browser away from what is judged.
  site.redirects = html.filter((name) => /<meta[^>]+http-equiv=["']?refresh/i.test(site.text(name)));
  site.pages = html.filter((name) => !site.redirects.includes(name));
  // Pages of one figure, for frames of other sites: no pages of the report.
  site.frames = site.pages.filter((name) => /(^|\/)embed\//.test(name));
  site.pages = site.pages.filter((name) => !site.frames.includes(name));
  return site;
}

/**
 * What an address in a page means: `{ outside: true }` for other sites and schemes,
 * `{ wrong }` for one that cannot work everywhere, else `{ file, anchor }`.
 */
export function resolve(page, address) {
  if (/^(mailto|tel|data):/i.test(address)) return { outside: true };
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('//')) return { outside: true, absolute: true };
  if (address.startsWith('/')) return { wrong: 'it begins at the root of the server' };
  const [beforeAnchor, ...anchor] = address.split('#');
  const file = beforeAnchor.split('?')[0];
  let parts;
  try {
    parts = [...(file ? page.split('/').slice(0, -1) : []), ...(file ? decodeURIComponent(file) : page).split('/')];
  } catch {
    return { wrong: 'it is not well encoded' };
  }
  const stack = [];
  for (const part of parts) {
    if (part === '..' && stack.length === 0) return { wrong: 'it leads out of the site' };
    if (part === '..') stack.pop();
    else if (part !== '.') stack.push(part);
  }
  if (stack.at(-1) === '' || stack.length === 0) return { wrong: 'it names a folder, which opens no page from a disk' };
  return { file: stack.join('/'), anchor: anchor.length ? decode(anchor.join('#')) : undefined };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
