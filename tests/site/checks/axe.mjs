/**
 * axe-core finds no violation: at 1280 and 360 px, light, dark and in forced colours, with
 * every <details> open.
 *
 * All rules run in light at both widths. In the other colours the rules that look at colours
 * run again; the rest see the same document. What axe calls undecided is not judged. Drawings
 * are emptied for it but for their names: it would not look at what they show, and take three
 * times as long to pass it by; the check on charts looks.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

export default {
  name: 'axe',
  judges: 'axe-core finds no violation in light, dark and forced colours, wide and narrow',
  states: ['1280 light', '1280 dark', '1280 forced', '360 light', '360 dark', '360 forced'],

  async state({ tab, record }, fault, state) {
    if (!record.axe) {
      await tab.evaluate(`${SOURCE}; 0`);
      record.axe = true;
    }
    const options = state.endsWith('light') ? { rules: { 'target-size': { enabled: true } } } : { runOnly: COLOUR_RULES };
    const violations = await tab.evaluate(async (options) => {
      const isName = (node) => /^(?:title|desc)$/.test(node.localName);
      const drawings = [...document.querySelectorAll('svg[role="img"]')].map((svg) => [svg, [...svg.childNodes]]);
      for (const [svg, nodes] of drawings) svg.replaceChildren(...nodes.filter(isName));
      const run = globalThis.axe.run(document, { resultTypes: ['violations'], selectors: false, elementRef: true, preload: false, ...options });
      const { violations } = await run.finally(() => drawings.forEach(([svg, nodes]) => svg.replaceChildren(...nodes)));
      return violations.flatMap(({ id, help, nodes }) => nodes.map(({ element, any }) => ({
        element: globalThis.probe.describe(element),
        message: `${id}: ${help}${any[0]?.data?.contrastRatio ? ` (${any[0].data.contrastRatio}:1, expected ${any[0].data.expectedContrastRatio})` : ''}`,
      })));
    }, options);
    for (const { element, message } of violations) fault(element, message);
  },
};
