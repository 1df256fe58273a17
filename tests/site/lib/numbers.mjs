/** Numbers as a reader sees them in French, Dutch or English text. */

/** The numbers in `text`, without spaces between thousands, with a point and a plain minus. */
export function numbersIn(text) {
  const joined = text
    .replace(/(?<=\d)[\u0020\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, '')
    .replace(/(?<!\d)[\u2212\u2013](?=\d)/g, '-');
  return (joined.match(/(?<!\d)-?\d+(?:[.,]\d+)?/g) ?? []).map((number) => number.replace(',', '.'));
}

/** Text with every run of white space, also the unbreakable ones, as one blank. */
export function plain(text) {
  return text.replace(/[\s\u00a0\u2009\u202f]+/g, ' ').trim();
}
