/** Serves the site under a sub-path of 127.0.0.1, as GitHub Pages does for a project. */
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** The sub-path. Two folders deep, so that neither `/` nor `../` leads home by chance. */
export const PREFIX = '/x/y/';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.woff2': 'font/woff2', '.json': 'application/json', '.xml': 'application/xml', '.csv': 'text/csv', '.txt': 'text/plain',
};

/** Starts serving; resolves to `{ url, close }`. */
export async function serve(site) {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://any').pathname);
    const name = asked.startsWith(PREFIX) ? asked.slice(PREFIX.length).replace(/^$|\/$/, '$&index.html') : undefined;
    if (!site.files.has(name)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
    const isText = /^text\/|\+xml|json|xml/.test(type);
    const headers = { 'content-type': type, 'cache-control': 'max-age=600', ...(isText && { 'content-encoding': 'gzip' }) };
    response.writeHead(200, headers).end(isText ? gzipSync(site.bytes(name)) : site.bytes(name));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}${PREFIX}`, close: () => server.close() };
}
