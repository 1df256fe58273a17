/**
 * What Lighthouse finds on pages, as a phone on a slow line sees them: accessibility, best
 * practices and search engines without a fault, and nothing that moves while the page comes.
 *
 * The score of performance hangs on the machine and what else it does: it is told, not judged.
 */
import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { openBrowser } from './judge.mjs';
import { serve } from './server.mjs';

const JUDGED = ['accessibility', 'best-practices', 'seo'];
const TOLD = ['performance', ...JUDGED];

/** Measures `pages` of a site, one after the other; gives `{ page, scores, shift, faults }` for each. */
export async function measure(site, pages) {
  const port = await freePort();
  const server = await serve(site);
  const browser = await openBrowser([`--remote-debugging-port=${port}`]);
  try {
    const measured = [];
    for (const page of pages) {
      const { lhr } = await lighthouse(server.url + page, { hostname: '127.0.0.1', port, output: 'json', logLevel: 'silent', onlyCategories: TOLD });
      if (lhr.runtimeError) throw new Error(`${page}: ${lhr.runtimeError.message}`);
      const scores = TOLD.map((name) => Math.round(100 * lhr.categories[name].score));
      const { shift, faults } = moved(lhr);
      measured.push({ page, scores, shift, faults: [...JUDGED.flatMap((name) => missed(lhr, name)), ...faults] });
    }
    return measured;
  } finally {
    await browser.close();
    server.close();
  }
}

/** The audits that cost a category its full score. */
function missed({ categories, audits }, name) {
  const { score, auditRefs } = categories[name];
  if (score === 1) return [];
  const low = auditRefs.map(({ id, weight }) => ({ weight, ...audits[id] })).filter((audit) => audit.weight > 0 && audit.score !== null && audit.score < 1);
  const seen = (audit) => audit.details?.items?.map((item) => item.node?.snippet ?? item.description).filter(Boolean).slice(0, 3).join(' ') ?? '';
  return low.map((audit) => `${name}: ${audit.id}: ${audit.title} ${audit.explanation ?? ''} ${seen(audit)}`.trimEnd());
}

/** How far the page moves while it is loaded, and what moves. */
function moved({ audits }) {
  const shift = audits['cumulative-layout-shift'].numericValue;
  const told = (audits['layout-shifts']?.details?.items ?? []).map(({ node, score, subItems }) => `${node?.selector ?? 'the page'} moves by ${score.toFixed(3)}${(subItems?.items ?? []).map(({ cause }) => `, ${cause}`).join('')}`);
  return { shift, faults: shift > 0 ? [`layout shift: ${told.join('; ') || shift}`] : [] };
}

function freePort() {
  return new Promise((found, failed) => {
    const asking = createServer().on('error', failed);
    asking.listen(0, '127.0.0.1', () => {
      const { port } = asking.address();
      asking.close(() => found(port));
    });
  });
}
