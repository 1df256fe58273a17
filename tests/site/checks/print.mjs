/**
 * A page (but `404.html`) prints on A4: no navigation, nothing wider than the paper, no figure cut by a
 * page break, no empty sheet, and in the typefaces of the screen.
 *
 * Chromium writes a PDF. For that, the first and the last letter of every text in a figure,
 * and its drawing, are made anchors: the PDF tells the page of each, and those of one figure
 * must lie on one page. So are the texts outside of figures: a sheet that has neither is empty.
 * The anchors are empty and change no line. The width is judged in the
 * print style, in a window as wide as the paper between its margins. Whether a page looks
 * good on paper is for a reader to judge.
 */
import { readPdf } from '../lib/pdf.mjs';

const A4 = [595, 842];

export default {
  name: 'print',
  judges: 'A4 without navigation, nothing wider than the paper, no figure cut by a page break, no empty sheet, the typefaces of the screen',

  async print({ page, tab }, fault) {
    if (page === '404.html') return;
    // Without it the page would be shown as on a screen again: it stays until the PDF is there.
    const client = await tab.context().newCDPSession(tab);
    const seen = await typefaces(client);
    await tab.emulateMedia({ media: 'print', colorScheme: 'light' });
    const paper = await tab.evaluate(readPaper);
    await tab.setViewportSize({ width: Math.floor(paper), height: 1000 });
    for (const [element, message] of await tab.evaluate(judgeStyle)) fault(element, message);
    const printed = await typefaces(client);
    for (const [element, name] of seen) if (printed.has(element) && printed.get(element) !== name) fault(element, `expected the typeface of the screen, ${name}, on paper; it is ${printed.get(element)}`);

    const { figures, texts } = await tab.evaluate(setAnchors);
    const { sizes, pageOf } = readPdf(await tab.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true }));
    await client.detach();
    if (sizes.length === 0) fault('', 'expected at least one sheet');
    if (sizes.some((size) => size.some((length, at) => Math.abs(length - A4[at]) > 1))) fault('@page', `expected A4, it is ${sizes[0].join(' x ')} points`);
    const filled = new Set([...texts, ...figures.flatMap(({ anchors, drawings }) => [...anchors, ...drawings])].map((anchor) => pageOf.get(anchor)));
    for (const sheet of sizes.keys()) if (!filled.has(sheet + 1)) fault('', `expected something on every sheet, sheet ${sheet + 1} of ${sizes.length} is empty`);
    const sheet = (A4[1] * 96) / 72;
    for (const { element, anchors, drawings, height } of figures) {
      const lost = anchors.filter((anchor) => !pageOf.has(anchor));
      if (lost.length > 0) fault(element, `${lost.length} of its ${anchors.length} parts are not printed`);
      // Which of them is printed depends on the width that Chromium gives to the sheet.
      const shown = drawings.filter((drawing) => pageOf.has(drawing));
      if (shown.length === 0 && drawings.length > 0) fault(element, 'its drawing is not printed');
      const pages = [...new Set([...anchors, ...shown].map((anchor) => pageOf.get(anchor)).filter(Boolean))];
      // What is higher than a sheet without its margins cannot stand on one.
      if (pages.length > 1 && height < sheet * 0.8) fault(element, `expected it on one sheet, it is cut over the sheets ${pages.sort((a, b) => a - b).join(', ')}`);
    }
  },
};

/** The names of the typefaces that the first heading, text and label of a chart are set in. */
async function typefaces(client) {
  await client.send('DOM.enable');
  await client.send('CSS.enable');
  const { root } = await client.send('DOM.getDocument');
  const names = new Map();
  for (const selector of ['h1', 'main p', 'svg.chart text']) {
    const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { fonts } = nodeId ? await client.send('CSS.getPlatformFontsForNode', { nodeId }) : { fonts: [] };
    if (fonts.length > 0) names.set(selector, fonts.sort((a, b) => b.glyphCount - a.glyphCount)[0].familyName);
  }
  return names;
}

/** The width between the margins of the paper, in CSS pixels. */
function readPaper() {
  let width = '210mm';
  let margins = ['0px', '0px'];
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  for (const rule of rules.flatMap((rule) => (rule instanceof CSSMediaRule && matchMedia(rule.conditionText).matches ? [...rule.cssRules] : [rule]))) {
    if (!(rule instanceof CSSPageRule) || rule.selectorText) continue;
    margins = [rule.style.marginLeft || margins[0], rule.style.marginRight || margins[1]];
    const size = /^([\d.]+[a-z]+)/.exec(rule.style.getPropertyValue('size'));
    if (size) width = size[1];
  }
  const ruler = document.createElement('div');
  ruler.style.cssText = `position: absolute; visibility: hidden; box-sizing: content-box; width: calc(${width} - ${margins[0]} - ${margins[1]})`;
  document.body.append(ruler);
  const pixels = ruler.getBoundingClientRect().width;
  ruler.remove();
  return pixels;
}

function judgeStyle() {
  const { describe, visible } = globalThis.probe;
  const faults = [];
  for (const element of document.querySelectorAll('nav, [role="navigation"], body > a[href^="#"]')) {
    if (visible(element)) faults.push([describe(element), 'expected no navigation on paper']);
  }
  for (const figure of document.querySelectorAll('main figure')) {
    if (visible(figure) && !/avoid/.test(getComputedStyle(figure).breakInside)) faults.push([describe(figure), 'expected break-inside: avoid']);
  }
  const width = document.documentElement.clientWidth;
  for (const element of document.body.querySelectorAll('*:not(svg *)')) {
    const style = getComputedStyle(element);
    if (!visible(element) || style.clipPath !== 'none') continue;
    const { left, right } = element.getBoundingClientRect();
    if (right > width + 1 || left < -1) faults.push([describe(element), `expected it within the ${width} px of the paper, it lies at ${Math.round(left)}–${Math.round(right)} px`]);
    else if (/auto|scroll|hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) faults.push([describe(element), 'expected all of it on paper, it is cut at the side']);
  }
  return faults;
}

/** Makes anchors in each figure and of each text; gives back their names. Links make Chromium write them down. */
function setAnchors() {
  const { describe, visible } = globalThis.probe;
  const links = document.createElement('div');
  links.style.display = 'none';
  let count = 0;
  const anchor = (element) => {
    element.id ||= `print-${(count += 1)}`;
    links.append(Object.assign(document.createElement('a'), { href: `#${encodeURIComponent(element.id)}` }));
    return element.id;
  };
  const holds = (block) => [...block.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const ending = (block) => {
    const end = document.createElement('span');
    // What begins at the very edge of the paper is not written down.
    end.style.cssText = 'position: relative; left: -2px';
    block.append(end);
    return anchor(end);
  };
  const figures = [...document.querySelectorAll('main figure')].filter(visible).map((figure) => {
    const element = describe(figure);
    const anchors = [anchor(figure)];
    const blocks = [...figure.querySelectorAll('*:not(svg, svg *)')].filter((block) => visible(block) && holds(block));
    for (const block of blocks) anchors.push(anchor(block), ending(block));
    return { element, anchors, drawings: [...figure.querySelectorAll('svg')].map(anchor), height: figure.getBoundingClientRect().height };
  });
  const outside = [...document.querySelectorAll('main *:not(svg, svg *), footer *')].filter((block) => !block.closest('figure') && holds(block) && visible(block));
  const texts = outside.flatMap((block) => [anchor(block), ending(block)]);
  document.body.append(links);
  return { figures, texts };
}
