/**
 * At 360 and 320 px, and at 360 px with the text spacing of WCAG 1.4.12, nothing makes the
 * page scroll sideways and no text is cut.
 *
 * An area may scroll sideways inside the page when the keyboard can reach it. Text inside
 * drawings is judged by the check on charts and is left out of the spacing.
 */
export default {
  name: 'reflow',
  judges: 'no sideways scroll at 360 and 320 px, no text cut, also with wider text spacing',
  states: ['360 light', '360 spaced', '320 light'],

  async state({ tab }, fault) {
    for (const [element, message] of await tab.evaluate(measure)) fault(element, message);
  },
};

function measure() {
  const { describe, visible } = globalThis.probe;
  const faults = [];
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) faults.push(['', `the page scrolls sideways: ${page.scrollWidth} px in ${page.clientWidth} px`]);
  if (!/width=device-width/.test(document.querySelector('meta[name="viewport"]')?.content ?? '')) faults.push(['meta viewport', 'expected width=device-width']);

  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const inScrollArea = (element) => {
    for (let node = element.parentElement; node && node !== document.body; node = node.parentElement) if (scrolls(node)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll('*:not(svg *)')) {
    const style = getComputedStyle(element);
    if (!visible(element) || style.clipPath !== 'none') continue;
    const { left, right } = element.getBoundingClientRect();
    if ((right > page.clientWidth + 1 || left < -1) && !inScrollArea(element) && ![...element.children].some((child) => child.getBoundingClientRect().right >= right)) {
      faults.push([describe(element), `expected it inside 0–${page.clientWidth} px, it lies at ${Math.round(left)}–${Math.round(right)} px`]);
    }
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && style.display !== 'inline') {
      if (scrolls(element) && element.tabIndex < 0) faults.push([describe(element), 'scrolls sideways and cannot be reached with the keyboard (tabindex)']);
      if (scrolls(element) && !element.getAttribute('aria-label') && !element.getAttribute('aria-labelledby')) faults.push([describe(element), 'scrolls sideways and has no name (aria-label)']);
      if (/hidden|clip/.test(style.overflowX)) faults.push([describe(element), 'its text is cut at the side']);
    }
    if (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 2) faults.push([describe(element), 'its text is cut below']);
  }
  return faults;
}
