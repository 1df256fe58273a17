/**
 * Every page and every SVG file is valid, as the Nu Html Checker sees it.
 *
 * Only errors count. Its warnings about the content security policy are wrong for pages that
 * are read as files, and its other remarks are matters of taste.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const JAR = fileURLToPath(new URL('../node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));

export default {
  name: 'html',
  judges: 'pages and SVG files are valid',

  async files(site, fault) {
    const names = [...site.files].filter((name) => /\.(html|svg)$/.test(name)).map((name) => `${site.root}/${name}`);
    const output = await new Promise((done, failed) => {
      const words = ['-jar', JAR, '--errors-only', '--also-check-svg', '--format', 'json', '--exit-zero-always', '--stdout', ...names];
      execFile('java', words, { maxBuffer: 1 << 28 }, (error, stdout) => (error ? failed(error) : done(stdout)));
    });
    for (const { type, subType, url, lastLine, message } of JSON.parse(output).messages) {
      if (type === 'info') continue;
      const page = decodeURIComponent(new URL(url).pathname).slice(site.root.length + 1);
      fault(page, '', `${message}${type === 'error' && !subType ? '' : ` (${subType ?? type})`} (line ${lastLine})`);
    }
  },
};
