/**
 * Judges a built site: `node run.mjs SITE [--only check,…] [--pages name,…]`.
 *
 * Prints one line a check, the faults of those that failed, and last `N passed, N failed`.
 * Ends with 1 when a check failed, 2 when the command cannot be understood or carried out.
 */
import { CHECKS } from './checks/index.mjs';
import { judge, openBrowser } from './lib/judge.mjs';

const usage = `usage: node run.mjs SITE [--only check,…] [--pages name,…]\nchecks: ${CHECKS.map((check) => check.name).join(', ')}`;

function refuse(message) {
  console.error(message);
  process.exit(2);
}

const values = { only: [], pages: [] };
const folders = [];
for (let rest = process.argv.slice(2); rest.length > 0; ) {
  const [word, value, ...others] = rest;
  const option = word.startsWith('--') ? word.slice(2) : undefined;
  if (option === undefined) {
    folders.push(word);
    rest = rest.slice(1);
  } else if (option in values && value) {
    values[option].push(...value.split(','));
    rest = others;
  } else refuse(usage);
}
if (folders.length !== 1) refuse(usage);
const unknown = values.only.find((name) => !CHECKS.some((check) => check.name === name));
if (unknown) refuse(`there is no check \`${unknown}\`\n${usage}`);

/**
 * Pages of questions and groups are one template and many, and heavy: of those of the first language
 * every fourth question and every group are judged, the others just read, for what spans pages.
 */
const EVERY = 4;
/** Pages for frames are the figures of chapters, which are judged there. */
const EVERY_FRAME = 8;
const isQuestion = (page) => page.startsWith('question-');
const isTwin = (page) => /^[a-z]{2}\/(?:question|profile)-/.test(page);
const isFrame = (page) => /(^|\/)embed\//.test(page);
const isOwnFrame = (page) => page.startsWith('embed/');
const worthJudging = (all) => [
  ...all.filter((page) => !isQuestion(page) && !isTwin(page) && !isFrame(page)),
  ...all.filter((page) => isQuestion(page)).filter((_, at) => at % EVERY === 0),
  ...all.filter((page) => isOwnFrame(page)).filter((_, at) => at % EVERY_FRAME === 0),
];

const checks = CHECKS.filter((check) => values.only.length === 0 || values.only.includes(check.name));
const began = Date.now();
let browser;
try {
  browser = await openBrowser();
  const { judged, report } = await judge(folders[0], checks, browser, (all) => (values.pages.length === 0 ? worthJudging(all) : all.filter((page) => values.pages.includes(page))));
  console.log(`${judged} pages, ${((Date.now() - began) / 1000).toFixed(0)} s`);
  console.log(report.lines(checks).join('\n'));
  process.exitCode = report.failed().length > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await browser?.close();
}
