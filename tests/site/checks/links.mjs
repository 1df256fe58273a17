/**
 * Every address, anchor and reference to an id leads to something in the site, in a way that
 * works from a disk, under a sub-path and at a root alike; links lead to every page.
 *
 * Judged on the pages as they are without script, and that scripts leave them so. Addresses of other sites are not asked.
 * `404.html` is shown at any depth, so its own addresses are absolute and are judged as such.
 */
import { resolve } from '../lib/site.mjs';

export default {
  name: 'links',
  judges: 'addresses, anchors and references lead somewhere, from a disk and under a sub-path',

  async fresh({ tab }, fault) {
    const whole = await tab.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')).filter((address) => address.startsWith(location.origin)));
    for (const address of whole) fault('a', `expected scripts to leave addresses relative, one leads to \`${new URL(address).pathname}\``);
  },

  across(site, records, fault) {
    judgeReach(site, records, fault);
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

/** From the home page one comes to every other but the one that is shown where there is none. */
function judgeReach(site, records, fault) {
  const found = new Set(['index.html']);
  for (const page of found) {
    for (const { address } of records.get(page)?.facts?.addresses ?? []) {
      const { file } = resolve(page, address);
      if (site.pages.includes(file)) found.add(file);
    }
  }
  for (const page of site.pages) if (page !== '404.html' && !found.has(page)) fault(page, '', 'expected links that lead to it from the home page');
}

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
