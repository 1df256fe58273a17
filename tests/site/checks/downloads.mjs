/**
 * Every figure with a drawing or a table offers its numbers as CSV, every file offered is
 * there, and a CSV file is UTF-8 with a header, equally wide records, and the same printed
 * numbers as the table of its figure.
 *
 * Whether the unrounded numbers beside them are right is for the tests of the program.
 */
import { parseCsv } from '../lib/csv.mjs';
import { numbersIn, plain } from '../lib/numbers.mjs';
import { resolve } from '../lib/site.mjs';

export default {
  name: 'downloads',
  judges: 'CSV files exist, are well formed, and agree with the table of their figure',

  across(site, records, fault) {
    for (const [page, { facts }] of records) {
      if (!facts) continue;
      for (const address of facts.downloads) {
        const { file } = resolve(page, address);
        if (!file || !site.files.has(file)) fault(page, `a[download] \`${address}\``, 'expected a file of the site');
        else if (site.bytes(file).length === 0) fault(page, file, 'expected a file that is not empty');
      }
      for (const figure of facts.figures) {
        const address = figure.downloads.find((name) => /\.csv$/.test(name));
        if (!address) {
          fault(page, figure.element, 'expected a link to its numbers as CSV');
          continue;
        }
        const { file } = resolve(page, address);
        if (!file || !site.files.has(file)) continue;
        const table = readTable(site.bytes(file), (message) => fault(page, file, message));
        if (table && figure.cells) compare(table, figure, (message) => fault(page, `${figure.element} and ${file}`, message));
      }
    }
  },
};

/** The records of a CSV file by column name, or nothing after a fault. */
function readTable(bytes, fault) {
  let records;
  try {
    records = parseCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return fault(`expected CSV in UTF-8: ${error.message}`);
  }
  const [header, ...rows] = records;
  if (!header || rows.length === 0) return fault('expected a header and at least one record');
  if (header.some((name) => !/^[a-z][a-z0-9_]*$/i.test(name)) || new Set(header).size !== header.length) fault(`expected a header of different names, it is \`${header.join(',')}\``);
  const uneven = rows.findIndex((row) => row.length !== header.length);
  if (uneven >= 0) return fault(`expected ${header.length} fields in each record, record ${uneven + 2} has ${rows[uneven].length}`);
  if (!header.includes('display')) return fault('expected a column `display`');
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at]])));
}

function compare(table, figure, fault) {
  const inFile = table.map((row) => plain(row.display)).filter((display) => /\d/.test(display));
  const inTable = figure.cells.map(plain).filter((cell) => /\d/.test(cell));
  for (const display of inFile) if (!inTable.some((cell) => cell === display)) fault(`\`display\` has "${display}", the table has not`);
  for (const cell of inTable) if (!inFile.includes(cell) && !isBase(table, cell) && !isInterval(table, cell) && !isDifference(table, cell)) fault(`the table has "${cell}", \`display\` has not`);
}

/** Whether a cell is the number of respondents of a row. */
function isBase(table, cell) {
  const [n, ...more] = numbersIn(cell);
  return more.length === 0 && table.some((row) => row.n === n);
}

/** Whether a cell is the difference of two rows, as printed: in points, or in the unit of a score. */
function isDifference(table, cell) {
  const [gap, ...more] = numbersIn(cell.replace('+', ''));
  if (gap === undefined || more.length) return false;
  const numbers = table.map((row) => row.estimate).filter(Boolean).map(Number);
  const isGap = (difference) => Math.abs(difference * 100 - gap) <= 0.5 || (gap.includes('.') && Math.abs(difference - gap) <= 0.0051);
  return numbers.some((one) => numbers.some((other) => isGap(one - other)));
}

/** Whether a cell is the confidence interval of a row, as printed: proportions in percent. */
function isInterval(table, cell) {
  const [low, high, ...more] = numbersIn(cell);
  if (high === undefined || more.length) return false;
  const isLimit = (limit, printed) => limit && [1, 100].some((unit) => Math.abs(limit * unit - printed) <= (printed.includes('.') ? 0.0051 : 1));
  // Limits are printed no further than the end of their scale, which is a whole number.
  const isEnd = (limit, printed, sign) => limit && Number.isInteger(Number(printed)) && [1, 100].some((unit) => sign * (limit * unit - printed) > 0);
  return table.some((row) => (isLimit(row.ci_low, low) || isEnd(row.ci_low, low, -1)) && (isLimit(row.ci_high, high) || isEnd(row.ci_high, high, 1)));
}
