/**
 * Takes the pictures of the README: `node tests/site/pictures.mjs SITE FOLDER PAGE#ID…` writes
 * `FOLDER/ID.png` for each figure, from its label to the end of its drawing.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './lib/judge.mjs';

const [site, folder, ...figures] = process.argv.slice(2);
if (!figures.length) {
  console.error('usage: node tests/site/pictures.mjs SITE FOLDER PAGE.html#ID…');
  process.exit(2);
}
const MARGIN = 12;
const browser = await openBrowser();
try {
  const tab = await browser.newPage({ viewport: { width: 800, height: 1000 } });
  for (const figure of figures) {
    const [page, id] = figure.split('#');
    await tab.goto(pathToFileURL(resolve(site, page)).href);
    await tab.evaluate(() => document.fonts.ready);
    const clip = await tab.evaluate(([id, margin]) => {
      const figure = document.getElementById(`fig-${id}`);
      const top = figure.querySelector('figcaption').getBoundingClientRect();
      const chart = [...figure.querySelectorAll('.figure-chart')].find((chart) => chart.checkVisibility());
      const end = chart.getBoundingClientRect();
      return { x: end.left - margin, y: scrollY + top.top - margin, width: end.width + 2 * margin, height: end.bottom - top.top + margin + 4 };
    }, [id, MARGIN]);
    await tab.screenshot({ path: join(folder, `${id}.png`), clip, fullPage: true });
  }
} finally {
  await browser.close();
}
