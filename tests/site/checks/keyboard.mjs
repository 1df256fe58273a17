/**
 * The page can be used with the keyboard: a skip link comes first, shows itself and works;
 * Tab passes through everything in the order of the page; each stop shows that it has the
 * focus; Enter opens and closes every <details>.
 *
 * The walk with real key presses ends after WALK stops; whether the focus shows is judged on
 * all of them. A page with no navigation before `main` needs no skip link.
 */
const WALK = 30;

export default {
  name: 'keyboard',
  judges: 'skip link first and working, focus visible at every stop, details open with Enter',

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
    const summaries = await tab.evaluate(() => {
      globalThis.summaries = [...document.querySelectorAll('summary')].filter(globalThis.probe.visible);
      return globalThis.summaries.length;
    });
    for (let at = 0; at < summaries; at += 1) {
      const states = [];
      await tab.evaluate((at) => globalThis.summaries[at].focus(), at);
      for (let press = 0; press < 2; press += 1) {
        await tab.keyboard.press('Enter');
        states.push(await tab.evaluate((at) => globalThis.summaries[at].parentElement.open, at));
      }
      if (!states[0] || states[1]) fault(await tab.evaluate((at) => globalThis.probe.describe(globalThis.summaries[at]), at), 'expected Enter to open and to close it');
    }
  },
};

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
    .filter((element) => element.tabIndex >= 0 && laidOut(element) && !element.disabled);
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
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderColor, style.color, style.opacity].join(' ');
  };
  const folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach((details) => { details.open = true; });
  for (const element of globalThis.findStops()) {
    document.activeElement.blur();
    const before = look(element);
    element.focus({ focusVisible: true, preventScroll: true });
    const style = getComputedStyle(element);
    if (document.activeElement === element && !visible(element)) faults.push([describe(element), 'expected to be seen when it has the focus']);
    if (document.activeElement !== element) faults.push([describe(element), 'cannot take the focus']);
    else if (look(element) === before) faults.push([describe(element), 'expected the focus to be seen']);
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
