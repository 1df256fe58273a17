/**
 * The page can be used with the keyboard: a skip link comes first, shows itself and works;
 * Tab passes through everything in the order of the page; each stop shows that it has the
 * focus; Enter opens and closes every <details>; arrows walk through tabs, which are radio
 * buttons, and show the panel of each and no other. The language switch leads to the figure that
 * the address names.
 *
 * The walk with real key presses ends after WALK stops; whether the focus shows is judged on
 * all of them. A page with no navigation before `main` needs no skip link.
 */
const WALK = 30;

export default {
  name: 'keyboard',
  judges: 'skip link first and working, focus visible at every stop, details open with Enter, tabs turn with arrows',

  async fresh({ tab }, fault) {
    await tab.keyboard.press('Tab');
    const first = await tab.evaluate(readSkipLink);
    if (first.needed && !first.target) fault(first.element, 'expected the first stop to be a link to the content of the page');
    if (first.target) {
      if (!first.seen) fault(first.element, 'expected to be seen when it has the focus');
      await tab.keyboard.press('Enter');
      await tab.keyboard.press('Tab');
      const inside = await tab.evaluate((id) => {
        const target = document.getElementById(id);
        const now = document.activeElement;
        return target !== null && (target.contains(now) || now === document.body || (target.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
      }, first.target);
      if (!inside) fault(first.element, 'expected the next stop after it to be in the content');
    }

    const stops = await tab.evaluate(startWalk);
    for (let step = 1; step < Math.min(stops, WALK); step += 1) await tab.keyboard.press('Tab');
    for (const [element, message] of await tab.evaluate(endWalk, WALK)) fault(element, message);
    for (const [element, message] of await tab.evaluate(judgeFocus)) fault(element, message);
  },

  async closed({ tab }, fault) {
    for (const [element, message] of await readMarks(tab)) fault(element, message);
    for (const [element, message] of await turnTabs(tab)) fault(element, message);
    // A tab that a reader chose is kept: the next page finds a new reader.
    await tab.evaluate(() => localStorage.clear());
    const lost = await tab.evaluate(languagesOfFigure);
    if (lost) fault('.languages a', `expected the other languages of ${lost} to be at the same figure`);
    const summaries = await tab.evaluate(() => {
      globalThis.summaries = [...document.querySelectorAll('summary')].filter(globalThis.probe.visible);
      return globalThis.summaries.length;
    });
    for (let at = 0; at < summaries; at += 1) {
      // Noted down in the page: to ask it after each press takes longer than the press.
      await tab.evaluate((at) => {
        const summary = globalThis.summaries[at];
        globalThis.states = [];
        summary.addEventListener('keyup', () => globalThis.states.push(summary.parentElement.open));
        summary.focus();
      }, at);
      for (let press = 0; press < 2; press += 1) await tab.keyboard.press('Enter');
      const wrong = await tab.evaluate((at) => (globalThis.states.join() === 'true,false' ? '' : globalThis.probe.describe(globalThis.summaries[at])), at);
      if (wrong) fault(wrong, 'expected Enter to open and to close it');
    }
  },
};

/** Goes to a figure; gives its address if the language switch does not follow. */
async function languagesOfFigure() {
  const figure = document.querySelector('figure[id^="fig-"]');
  const links = [...document.querySelectorAll('.languages a')];
  if (!figure || links.length === 0) return '';
  const gone = new Promise((done) => { addEventListener('hashchange', () => requestAnimationFrame(done), { once: true }); });
  location.hash = figure.id;
  await gone;
  const hash = location.hash;
  history.replaceState(null, '', location.pathname);
  return links.every((link) => link.hash === hash) ? '' : hash;
}

/** In a drawing that offers it the arrow keys say one number after the other, until Escape. */
async function readMarks(tab) {
  const charts = await tab.evaluate(() => {
    globalThis.charts = [...document.querySelectorAll('main [data-marks][tabindex]')].filter(globalThis.probe.visible);
    return globalThis.charts.length;
  });
  const faults = [];
  for (let at = 0; at < charts; at += 1) {
    await tab.evaluate((at) => globalThis.charts[at].focus(), at);
    const read = () => tab.evaluate((at) => globalThis.charts[at].querySelector('[role="status"]')?.textContent.trim() ?? '', at);
    const tell = async (message) => faults.push([await tab.evaluate((at) => globalThis.probe.describe(globalThis.charts[at]), at), message]);
    await tab.keyboard.press('Home');
    const said = [await read()];
    await tab.keyboard.press('End');
    said.push(await read());
    if (!said.every((text) => /\d/.test(text))) await tell(`expected the arrow keys to say numbers, they say "${said.join('", "')}"`);
    await tab.keyboard.press('Escape');
    if (await read()) await tell('expected Escape to take away what was said');
  }
  return faults;
}

/** Turns each group of tabs once around with the right arrow. */
async function turnTabs(tab) {
  const faults = [];
  const groups = await tab.evaluate(() => {
    const radios = [...document.querySelectorAll('main input[type="radio"]')];
    return [...new Set(radios.map((radio) => radio.name))].map((name) => radios.filter((radio) => radio.name === name).length);
  });
  for (const [at, count] of groups.entries()) {
    const chosen = [];
    for (let press = 0; press <= count; press += 1) {
      if (press > 0) await tab.keyboard.press('ArrowRight');
      chosen.push(await tab.evaluate(readTabs, { at, start: press === 0 }));
    }
    const [first] = chosen;
    const wrong = chosen.find(({ chosen, shown }) => shown.length !== 1 || shown[0] !== chosen);
    if (wrong) faults.push([wrong.element, `expected panel ${wrong.chosen + 1} alone to be seen, seen are ${wrong.shown.map((panel) => panel + 1).join(', ') || 'none'}`]);
    const walk = chosen.map(({ chosen }) => chosen).join();
    const expected = chosen.map((_, press) => (first.chosen + press) % count).join();
    if (walk !== expected) faults.push([first.element, `expected the right arrow to turn the tabs once around (${expected}), it went ${walk}`]);
  }
  return faults;
}

/** Which tab of the group is chosen, and which panels are seen: the children after its labels. */
function readTabs({ at, start }) {
  const { describe, visible } = globalThis.probe;
  const radios = [...document.querySelectorAll('main input[type="radio"]')];
  const name = [...new Set(radios.map((radio) => radio.name))][at];
  const group = radios.filter((radio) => radio.name === name);
  if (start) group.find((radio) => radio.checked)?.focus();
  const panels = [...group[0].parentElement.children].filter((child) => !['INPUT', 'LABEL', 'LEGEND'].includes(child.tagName));
  return {
    element: describe(group[0].parentElement),
    chosen: group.findIndex((radio) => radio.checked),
    shown: panels.flatMap((panel, number) => (visible(panel) ? [number] : [])),
  };
}

function readSkipLink() {
  const { describe, visible } = globalThis.probe;
  const link = document.activeElement;
  const main = document.querySelector('main');
  const address = link.localName === 'a' ? link.getAttribute('href') : '';
  const target = address.startsWith('#') ? document.getElementById(address.slice(1)) : null;
  const box = link.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  return {
    element: describe(link),
    needed: main !== null && [...document.querySelectorAll('nav')].some((nav) => nav.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING),
    target: target && main && (main.contains(target) || target.contains(main)) ? target.id : '',
    seen: visible(link) && x > 0 && y > 0 && x < innerWidth && y < innerHeight && link.contains(document.elementFromPoint(x, y)),
  };
}

/** Takes the first stop, which was judged, and notes down where the focus goes from there. */
function startWalk() {
  const laidOut = (element) => element.checkVisibility({ checkVisibilityCSS: true }) && element.getClientRects().length > 0;
  globalThis.findStops = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter((element) => element.tabIndex >= 0 && laidOut(element) && !element.disabled)
    // Of the buttons of one choice, Tab comes to the chosen one alone.
    .filter((element) => element.type !== 'radio' || element.checked || !document.querySelector(`input[name="${CSS.escape(element.name)}"]:checked`));
  globalThis.stops = globalThis.findStops();
  globalThis.walked = [];
  document.activeElement.blur();
  document.addEventListener('focusin', (event) => globalThis.walked.push(event.target));
  globalThis.stops[0]?.focus();
  return globalThis.stops.length;
}

function endWalk(limit) {
  const { describe } = globalThis.probe;
  const faults = [];
  const expected = globalThis.stops.slice(0, limit);
  const walked = globalThis.walked.slice(0, expected.length);
  const wrong = expected.findIndex((element, at) => element !== walked[at]);
  if (wrong >= 0) {
    const came = walked[wrong] ? describe(walked[wrong]) : 'nothing';
    faults.push([describe(expected[wrong]), `expected Tab to come to it as stop ${wrong + 1}, it came to ${came}`]);
  }
  for (const element of document.querySelectorAll('[tabindex]')) if (element.tabIndex > 0) faults.push([describe(element), 'expected no tabindex above 0']);
  return faults;
}

/** Gives every stop, also the folded ones, the focus in turn and looks whether anything changes. */
function judgeFocus() {
  const { describe, visible, colour, contrast, ground, over } = globalThis.probe;
  const faults = [];
  // A radio button may leave it to its label to be seen.
  const face = (element) => (element.type === 'radio' && !visible(element) && element.labels[0]) || element;
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderColor, style.color, style.opacity].join(' ');
  };
  const folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach((details) => { details.open = true; });
  document.activeElement.blur();
  // All that have no focus first: each turn from looking to focusing has the page styled again.
  const stops = globalThis.findStops().map((element) => ({ element, seen: face(element), before: look(face(element)) }));
  for (const { element, seen, before } of stops) {
    element.focus({ focusVisible: true, preventScroll: true });
    const style = getComputedStyle(seen);
    if (document.activeElement === element && !visible(seen)) faults.push([describe(element), 'expected to be seen when it has the focus']);
    if (document.activeElement !== element) faults.push([describe(element), 'cannot take the focus']);
    else if (look(seen) === before) faults.push([describe(element), 'expected the focus to be seen']);
    else if (style.outlineStyle !== 'none' && style.outlineStyle !== 'auto') {
      const behind = ground(element.parentElement);
      const ratio = contrast(over(colour(style.outlineColor), behind), behind);
      if (parseFloat(style.outlineWidth) < 2 || ratio < 3) faults.push([describe(element), `expected a focus outline of 2 px and 3:1, it has ${style.outlineWidth} and ${ratio.toFixed(1)}:1`]);
    }
  }
  document.activeElement.blur();
  folded.forEach((details) => { details.open = false; });
  return faults;
}
