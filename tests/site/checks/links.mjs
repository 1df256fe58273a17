/**
 * Every address, anchor and reference to an id leads to something in the site, in a way that
 * works from a disk, under a sub-path and at a root alike.
 *
 * Judged on the pages as they are without script. Addresses of other sites are not asked.
 * `404.html` is shown at any depth, so its own addresses are absolute and are judged as such.
 */
import { resolve } from '../lib/site.mjs';

export default {
  name: 'links',
  judges: 'addresses, anchors and references lead somewhere, from a disk and under a sub-path',

  across(site, records, fault) {
    const own = records.get('index.html')?.facts?.canonical;
    const ids = new Map([...records].map(([page, { facts }]) => [page, new Set(facts?.ids)]));
    for (const [page, { facts }] of records) {
      if (!facts) continue;
      for (const { element, address } of facts.addresses) judgeAddress(site, own, ids, page, address, (message) => fault(page, element, `\`${address}\`: ${message}`));
      for (const { element, attribute, id } of facts.idrefs) {
        if (!ids.get(page).has(id)) fault(page, element, `${attribute} names \`${id}\`, which is no id of this page`);
      }
    }
    for (const page of site.redirects) {
      const target = /url=([^"'>]+)/i.exec(site.text(page))?.[1];
      if (!target) fault(page, 'meta refresh', 'a page that leads on must name where to');
      else judgeAddress(site, own, ids, page, target, (message) => fault(page, 'meta refresh', `\`${target}\`: ${message}`));
    }
    for (const sheet of [...site.files].filter((name) => name.endsWith('.css'))) {
      for (const [, address] of site.text(sheet).matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)) {
        const to = resolve(sheet, address);
        if (to.wrong || to.absolute || (to.file && !site.files.has(to.file))) fault(sheet, 'url()', `\`${address}\`: expected a file of the site`);
      }
    }
  },
};

function judgeAddress(site, own, ids, page, address, fault) {
  if (address === '') return fault('it is empty');
  let to = resolve(page, address);
  const ours = own && (address.startsWith(own) ? own : address.startsWith(new URL(own).pathname) ? new URL(own).pathname : undefined);
  if (ours && page === '404.html') to = resolve('index.html', address.slice(ours.length) || 'index.html');
  else if (ours && to.absolute) return fault('expected a relative address for a page of the site');
  if (to.wrong) return fault(to.wrong);
  if (to.outside) return undefined;
  if (!site.files.has(to.file)) return fault(`there is no file \`${to.file}\``);
  // `#top` and an empty anchor mean the top of any page.
  const open = to.anchor === undefined || to.anchor === '' || to.anchor === 'top' || !ids.has(to.file);
  if (!open && !ids.get(to.file).has(to.anchor)) return fault(`\`${to.file}\` has no \`#${to.anchor}\``);
  return undefined;
}
