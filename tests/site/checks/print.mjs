/**
 * A page (but `404.html`) prints on A4: no navigation, nothing wider than the paper, no drawing away from
 * its title, no empty sheet, and in the typefaces of the screen.
 *
 * Chromium writes a PDF. For that, the first and the last letter of every text in a figure,
 * and its drawing, are made anchors: the PDF tells the page of each. The caption of a figure, its
 * drawing and the beginning of what is said of it must lie on one page, and so must each further drawing
 * with the text before it; what follows may flow over. Texts outside of figures are anchors, too: a sheet
 * that has neither is empty.
 * The anchors are empty and change no line. The width is judged in the
 * print style, in a window as wide as the paper between its margins. Whether a page looks
 * good on paper is for a reader to judge.
 */
import { readPdf } from '../lib/pdf.mjs';

const A4 = [595, 842];

export default {
  name: 'print',
  judges: 'A4 without navigation, nothing wider than the paper, no drawing away from its title, no empty sheet, the typefaces of the screen',

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
    for (const { element, anchors, drawings, wholes } of figures) {
      const lost = anchors.filter((anchor) => !pageOf.has(anchor));
      if (lost.length > 0) fault(element, `${lost.length} of its ${anchors.length} parts are not printed`);
      // Which of them is printed depends on the width that Chromium gives to the sheet.
      const shown = drawings.filter((drawing) => pageOf.has(drawing));
      if (shown.length === 0 && drawings.length > 0) fault(element, 'its drawing is not printed');
      for (const whole of wholes) {
        const pages = [...new Set(whole.map((anchor) => pageOf.get(anchor)).filter(Boolean))];
        if (pages.length > 1) fault(element, `expected title, drawing and the words on it on one sheet, it is cut over the sheets ${pages.sort((a, b) => a - b).join(', ')}`);
      }
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
    const blocks = [...figure.querySelectorAll('*:not(svg, svg *)')].filter((block) => visible(block) && holds(block));
    const told = blocks.map((block) => ({ block, start: anchor(block), end: ending(block) }));
    const anchors = [anchor(figure), ...told.flatMap(({ start, end }) => [start, end])];
    const drawings = [...figure.querySelectorAll('svg')].map((drawing) => ({ drawing, name: anchor(drawing) }));
    const caption = told.filter(({ block }) => block.closest('figcaption')).flatMap(({ start, end }) => [start, end]);
    const wholes = drawings.map(({ drawing, name }) => {
      const before = told.findLast(({ block }) => drawing.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_PRECEDING);
      const after = told.find(({ block }) => drawing.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING);
      return [before?.start, before?.end, name, after?.start].filter(Boolean);
    });
    // Without a drawing, the caption stands with the beginning of the table.
    const first = wholes[0] ?? [told.find(({ block }) => !block.closest('figcaption'))?.start].filter(Boolean);
    return { element, anchors, drawings: drawings.map(({ name }) => name), wholes: [[...caption, ...first], ...wholes.slice(1)] };
  });
  const outside = [...document.querySelectorAll('main *:not(svg, svg *), footer *')].filter((block) => !block.closest('figure') && holds(block) && visible(block));
  const texts = outside.flatMap((block) => [anchor(block), ending(block)]);
  document.body.append(links);
  return { figures, texts };
}
