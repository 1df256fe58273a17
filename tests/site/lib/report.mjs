/**
 * Collects what the checks found and prints it: one line a check, under a failed one each
 * fault once, with the pages and circumstances it was seen in.
 */

/** Faults printed under one check; the rest are counted. */
const SHOWN = 30;

export class Report {
  constructor(checks) {
    this.faults = new Map(checks.map((check) => [check.name, new Map()]));
  }

  /** Notes a fault. `element` may be empty; `state` says in which width or scheme it was seen. */
  add(check, page, element, message, state = '') {
    const seen = this.faults.get(check);
    const key = `${element}\n${message}`;
    if (!seen.has(key)) seen.set(key, { element, message, pages: new Map() });
    const { pages } = seen.get(key);
    if (!pages.has(page)) pages.set(page, new Set());
    if (state) pages.get(page).add(state);
  }

  /** The names of the checks that found something. */
  failed() {
    return [...this.faults].filter(([, seen]) => seen.size > 0).map(([name]) => name);
  }

  /** The report as lines of text. */
  lines(checks) {
    const lines = [];
    for (const check of checks) {
      const seen = [...this.faults.get(check.name).values()];
      if (seen.length === 0) {
        lines.push(`PASS ${check.name}: ${check.judges}`);
        continue;
      }
      lines.push(`FAIL ${check.name}: ${check.judges}`);
      for (const { element, message, pages } of seen.slice(0, SHOWN)) {
        const names = [...pages.keys()];
        const where = names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} other pages` : names.join(', ');
        const states = [...new Set([...pages.values()].flatMap((set) => [...set]))];
        lines.push(`  ${where}: ${element ? `${element}: ` : ''}${message}${states.length ? ` [${states.join(', ')}]` : ''}`);
      }
      if (seen.length > SHOWN) lines.push(`  … and ${seen.length - SHOWN} other faults`);
    }
    const failed = this.failed().length;
    lines.push(`${checks.length - failed} passed, ${failed} failed`);
    return lines;
  }
}
