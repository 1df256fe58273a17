/**
 * Every drawing can be read by everyone. At each width exactly one of the drawings of a chart
 * is seen; it is one image with a name and a description that everyone sees; its texts lie
 * inside it, over nothing else, at 11 px or more; texts have 4.5:1 and marks 3:1 against what
 * lies beneath, in light, dark and forced colours; its numbers stand in the table of its figure,
 * or beside it where it is no figure.
 * Where a figure has its drawing as a file to take away, whose texts carry the lengths that the
 * program measured, these differ by less than 2 % from what the browser sets.
 *
 * A drawing is an SVG with text in `main`. Marks, intervals and values are known by the classes
 * `mark`, `interval` and `value`. Contrast is computed from fills, lines and opacity, not from
 * pixels; contrast between neighbouring marks and colour blindness are not judged.
 */
import { numbersIn } from '../lib/numbers.mjs';
import { resolve } from '../lib/site.mjs';

export default {
  name: 'charts',
  judges: 'one drawing at each width, named, described, legible, in contrast, and told in a table',
  states: ['1280 light', '1280 dark', '1280 forced', '768 light', '672 light', '360 light', '360 dark', '360 forced', '320 light'],

  /** `textLength` as it stands in the file against the text as the page sets it. */
  async fresh({ page, site, tab }, fault) {
    const addresses = await tab.evaluate(() => [...document.querySelectorAll('main figure a[download][href$=".svg"]')].map((link) => link.getAttribute('href')));
    for (const address of new Set(addresses)) {
      const { file } = resolve(page, address);
      if (!site.files.has(file)) continue; // `links` tells.
      for (const [text, message] of await tab.evaluate(compareLengths, site.text(file))) fault(`${address} "${text}"`, message);
    }
  },

  async state({ tab, record }, fault, state) {
    const { faults, values } = await tab.evaluate(measure, { colours: /^(1280|360)/.test(state) });
    for (const [element, message] of faults) fault(element, message);
    if (state.endsWith('light')) record.values = [...(record.values ?? []), ...values];
  },

  across(site, records, fault) {
    for (const [page, { facts, values = [] }] of records) {
      for (const figure of facts?.figures ?? []) {
        if (!figure.cells && (figure.hasDrawing || figure.bigNumber)) fault(page, figure.element, 'expected a table with the numbers of the figure');
        if (figure.bigNumber && figure.cells) missing(figure.tableText, figure.bigNumber, (number) => fault(page, figure.element, `expected ${number} in the table`));
      }
      for (const { element, text, table } of values) {
        if (table !== null) missing(table, text, (number) => fault(page, element, `expected ${number} in the table of the figure`));
      }
    }
  },
};

function missing(table, text, tell) {
  const known = new Set(numbersIn(table));
  for (const number of numbersIn(text)) if (!known.has(number)) tell(number);
}

/** The texts of a drawing that the page sets otherwise than its file has them. */
function compareLengths(source) {
  const drawing = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
  const place = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  place.setAttribute('class', document.querySelector('main figure svg').getAttribute('class'));
  place.setAttribute('font-family', getComputedStyle(document.querySelector('main figure svg text')).fontFamily);
  place.append(...drawing.childNodes);
  // At the size of the file, whatever the page has room for.
  place.style.cssText = 'display: block; position: absolute; width: 2000px; height: 10px; max-width: none';
  document.body.append(place);
  const faults = [];
  for (const text of place.querySelectorAll('text[textLength]')) {
    const told = parseFloat(text.getAttribute('textLength'));
    text.removeAttribute('textLength');
    const real = text.getComputedTextLength();
    if (Math.abs(real - told) > 0.02 * real) faults.push([text.textContent.slice(0, 40), `expected a length of ${real.toFixed(1)}, as the browser sets it, the file says ${told}`]);
  }
  place.remove();
  return faults;
}

function measure({ colours }) {
  const { describe, visible, squeeze, colour, over, contrast, ground } = globalThis.probe;
  const faults = [];
  const values = [];
  const fault = (element, message) => faults.push([describe(element), message]);
  const canvas = document.createElement('canvas').getContext('2d');

  const groups = new Map();
  for (const svg of document.querySelectorAll('main svg')) {
    if (!svg.querySelector('text') || svg.parentElement.closest('svg')) continue;
    groups.set(svg.parentElement, [...(groups.get(svg.parentElement) ?? []), svg]);
  }
  for (const [holder, drawings] of groups) {
    // A panel that is folded away has nothing to show.
    if (!visible(holder) && holder.closest('[hidden], [role="tabpanel"], input[type="radio"] ~ *')) continue;
    const shown = drawings.filter(visible);
    if (shown.length !== 1) fault(holder, `expected exactly one drawing to be seen, there are ${shown.length} of ${drawings.length}`);
    for (const drawing of shown) judgeDrawing(drawing);
  }
  return { faults, values };

  function judgeDrawing(svg) {
    const figure = svg.closest('figure');
    const holder = figure ?? svg.parentElement;
    if (!figure && !holder.querySelector('table')) fault(svg, 'expected a table with its numbers beside it');
    if (svg.getAttribute('role') !== 'img') fault(svg, 'expected role="img"');
    const words = (attribute) => (svg.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));
    const labels = words('aria-labelledby');
    const name = squeeze(labels.map((label) => label?.textContent ?? '').join(' ') || (svg.getAttribute('aria-label') ?? svg.querySelector(':scope > title')?.textContent ?? ''));
    if (!name) fault(svg, 'expected a name (aria-labelledby, aria-label or title)');
    const descriptions = words('aria-describedby');
    if (descriptions.length === 0) fault(svg, 'expected aria-describedby');
    for (const description of descriptions) {
      if (!description) fault(svg, 'aria-describedby names no element');
      else if (!visible(description) || squeeze(description.textContent).length < 20) fault(svg, 'expected a description that everyone sees');
    }

    const order = new Map([...svg.querySelectorAll('*')].map((element, at) => [element, at]));
    const texts = [...svg.querySelectorAll('text, tspan')].filter((text) => text.textContent.trim() && !text.querySelector('tspan') && visible(text)).map(measureText);
    const frame = svg.getBoundingClientRect();
    for (const { element, box, size } of texts) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) fault(element, 'expected the text inside the drawing');
      if (element.closest('.value')) values.push({ element: describe(element), text: element.textContent, table: holder.querySelector('table') ? [...holder.querySelectorAll('th, td')].map((cell) => cell.textContent).join('\n') : null });
    }
    const small = texts.filter(({ size }) => size < 10.99).sort((a, b) => a.size - b.size);
    if (small.length > 0) fault(svg, `expected text of 11 px or more, ${small.length} texts are smaller: ${describe(small[0].element)} has ${small[0].size.toFixed(1)} px`);
    for (const [at, one] of texts.entries()) {
      for (const other of texts.slice(at + 1)) {
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (wide > 0.5 && high > 0.5) fault(one.element, `lies over "${squeeze(other.element.textContent)}" (${wide.toFixed(1)} x ${high.toFixed(1)} px)`);
      }
    }
    if (!colours) return;
    const paper = ground(svg);
    const shapes = [...svg.querySelectorAll('rect, circle, ellipse, path, polygon, polyline, line')].filter((shape) => !shape.closest('defs, clipPath, mask') && shape.checkVisibility({ checkVisibilityCSS: true })).map((shape) => measureShape(shape, order.get(shape)));
    for (const text of texts) judgeText(text, order.get(text.element), shapes, paper);
    const marks = shapes.filter(({ element }) => element.closest('.mark, .interval'));
    // Bars of nothing are not drawn.
    const says = texts.some(({ element }) => element.closest('.value') && /[1-9]/.test(element.textContent));
    if (says && !marks.some(({ element }) => element.closest('.mark'))) fault(svg, 'expected marks (class "mark")');
    for (const mark of marks) judgeMark(mark, shapes, paper);
  }

  /** The box of the ink of a text on the screen, and its size there. */
  function measureText(element) {
    const style = getComputedStyle(element);
    canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = canvas.measureText(squeeze(element.textContent));
    const matrix = element.getScreenCTM();
    const start = element.getStartPositionOfChar(0);
    const length = element.getComputedTextLength();
    const corners = [[0, -up], [length, -up], [0, down], [length, down]].map(([x, y]) => new DOMPoint(start.x + x, start.y + y).matrixTransform(matrix));
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
    return { element, style, box, size: parseFloat(style.fontSize) * Math.hypot(matrix.a, matrix.b) };
  }

  /** How a shape is painted, as the `order`th element of its drawing. */
  function measureShape(element, order) {
    const style = getComputedStyle(element);
    const matrix = element.getScreenCTM();
    let opacity = 1;
    for (let node = element; node.localName !== 'svg'; node = node.parentElement) opacity *= parseFloat(getComputedStyle(node).opacity);
    const paint = (name) => (style[name] === 'none' ? null : colour(style[name]));
    const width = parseFloat(style.strokeWidth) * Math.hypot(matrix.a, matrix.b);
    const box = element.getBoundingClientRect();
    const within = (x, y) => box.left - width <= x && x <= box.right + width && box.top - width <= y && y <= box.bottom + width;
    const isPanel = !element.closest('.mark, .interval, .halo, .guide');
    return { element, order, box, within, isPanel, opacity, back: matrix.inverse(), fill: paint('fill'), fillOpacity: parseFloat(style.fillOpacity), stroke: width > 0 ? paint('stroke') : null, strokeOpacity: parseFloat(style.strokeOpacity), width };
  }

  /** The colour at a point of the screen, from the shapes painted before `element` (or after). */
  function painted(shapes, x, y, paper) {
    let under = paper;
    for (const { element, within, back, opacity, fill, fillOpacity, stroke, strokeOpacity, width } of shapes) {
      // Most shapes lie elsewhere; what is exact takes time.
      if (!within(x, y)) continue;
      const point = new DOMPoint(x, y).matrixTransform(back);
      if (fill && element.isPointInFill(point)) under = over(fill, under, opacity * fillOpacity);
      // A hairline of the grid behind a letter hides nothing of it.
      if (stroke && width >= 2 && element.isPointInStroke(point)) under = over(stroke, under, opacity * strokeOpacity);
    }
    return under;
  }

  function judgeText({ element, style, box }, order, shapes, paper) {
    const before = shapes.filter((shape) => shape.order < order);
    const after = shapes.filter((shape) => shape.order > order);
    const middle = (box.top + box.bottom) / 2;
    const points = [box.left + 2, (box.left + box.right) / 2, box.right - 2];
    const haloed = style.paintOrder.startsWith('stroke') && style.stroke !== 'none' && parseFloat(style.strokeWidth) >= 2;
    let lowest = Infinity;
    for (const x of points) {
      const beneath = haloed ? over(colour(style.stroke), painted(before, x, middle, paper)) : painted(before, x, middle, paper);
      lowest = Math.min(lowest, contrast(over(colour(style.fill), beneath, parseFloat(style.opacity) * parseFloat(style.fillOpacity)), beneath));
      if (String(painted(after, x, middle, beneath)) !== String(beneath)) {
        fault(element, 'expected nothing to be painted over the text');
        break;
      }
    }
    if (lowest < 4.5) fault(element, `expected a contrast of 4.5:1 for text, it is ${lowest.toFixed(2)}:1`);
  }

  function judgeMark(mark, shapes, paper) {
    const { element, order, box, opacity, fill, fillOpacity, stroke, strokeOpacity, width } = mark;
    const panels = shapes.filter((shape) => shape.isPanel && shape.order < order);
    const beneath = painted(panels, (box.left + box.right) / 2, (box.top + box.bottom) / 2, paper);
    const ratios = [
      fill && contrast(over(fill, beneath, opacity * fillOpacity), beneath),
      stroke && width >= 1 && contrast(over(stroke, beneath, opacity * strokeOpacity), beneath),
    ].filter(Boolean);
    // A pale shape is seen by its outline.
    const best = Math.max(0, ...ratios);
    if (best < 3) fault(element, `expected a contrast of 3:1 for a ${element.closest('.interval') ? 'whisker' : 'mark'}, it is ${best.toFixed(2)}:1`);
  }
}
