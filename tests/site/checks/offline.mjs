/**
 * A page asks for nothing but files of its own site, all of them are there, and the console
 * stays empty: served under a sub-path and opened from the disk.
 *
 * Judges what happens when a page is opened and not touched. Links to other sites are links.
 */
import { PREFIX } from '../lib/server.mjs';

export default {
  name: 'offline',
  judges: 'no request outside, none that fails, nothing in the console',

  async loaded(visit, fault) {
    const { requests, failed, said } = visit.traffic;
    const inside = visit.how === 'served' ? visit.base : new URL(`file://${visit.site.root}/`).href;
    for (const { url } of requests) {
      if (url.startsWith('data:') || url.startsWith(inside)) continue;
      fault(url, visit.how === 'served' ? `expected only requests below ${PREFIX}` : 'expected only requests into the folder of the site', visit.how);
    }
    for (const request of failed) fault(request, 'expected no failed request', visit.how);
    for (const line of said) fault(line, 'expected an empty console', visit.how);
  },
};
