/*
 * What the checks ask of a page from inside: names for elements, what is seen, colours and
 * contrast. Read into every page as a classic script; changes nothing that a reader sees.
 */
globalThis.probe = (() => {
  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

  /** A short name that finds the element again: `figure#fig-x > svg.chart "Énergie"`. */
  function describe(element) {
    const holder = element.closest?.('figure[id], section[id], [id]');
    const named = (node) => node.localName + (node.id ? `#${node.id}` : '') + [...node.classList].slice(0, 2).map((name) => `.${name}`).join('');
    const text = squeeze(element.textContent ?? '').slice(0, 40);
    const own = named(element) + (text && element.children.length < 8 ? ` "${text}"` : '');
    return holder && holder !== element ? `#${holder.id} ${own}` : own;
  }

  /** Whether a reader can see the element: laid out, not hidden, and not shrunk to a point. */
  function visible(element) {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true, contentVisibilityAuto: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1.5 && box.height > 1.5;
  }

  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map();

  /** A CSS colour as red, green, blue (0–255) and alpha (0–1). */
  function colour(text) {
    const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(text);
    if (plain) return [+plain[1], +plain[2], +plain[3], plain[4] === undefined ? 1 : +plain[4]];
    if (!known.has(text)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = text;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      known.set(text, [red, green, blue, alpha / 255]);
    }
    return known.get(text);
  }

  /** A colour laid over an opaque one. */
  function over(top, under, opacity = 1) {
    const alpha = top[3] * opacity;
    return [0, 1, 2].map((at) => top[at] * alpha + under[at] * (1 - alpha)).concat(1);
  }

  function luminance([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** The contrast ratio of WCAG between two opaque colours, 1 to 21. */
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** The colour behind an element: the backgrounds of what it stands in, down to the canvas. */
  function ground(element) {
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      const back = colour(getComputedStyle(node).backgroundColor);
      if (back[3] > 0) layers.push(back);
      if (back[3] === 1) break;
    }
    return layers.reduceRight((under, layer) => over(layer, under), colour('Canvas'));
  }

  return { squeeze, describe, visible, colour, over, contrast, ground };
})();
