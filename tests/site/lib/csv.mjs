/** Reads CSV as RFC 4180 has it: commas, quotes doubled inside quotes, line breaks inside quotes. */

/** The records of `text`; throws on a quote in a wrong place. */
export function parseCsv(text) {
  const records = [];
  let record = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error(`line ${records.length + 1}: a quote is not closed`);
        if (text[at] !== '"') field += text[at];
        else if (text[at + 1] === '"') field += text[++at];
        else break;
      }
      at += 1;
      if (at < text.length && !',\r\n'.includes(text[at])) throw new Error(`record ${records.length + 1}: text after a closing quote`);
    } else {
      while (at < text.length && !',\r\n'.includes(text[at])) field += text[at++];
      if (field.includes('"')) throw new Error(`record ${records.length + 1}: a quote inside an unquoted field`);
    }
    record.push(field);
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) record.push('');
      if (at < text.length && '\r\n'.includes(text[at])) record.push('');
      else if (at < text.length) continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    records.push(record);
    record = [];
  }
  return records;
}
