// The page's host for the tests: the folder DESCENT_DIST under a path that is
// not the root, so that an address that is not relative to the page is not found.
// Started by Playwright before the tests; it needs no package.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the page lives on this host. */
export const PAGE_PATH = '/some/where/';
/** Packages that benchmarks compare with. */
const MODULES_PATH = '/node_modules/';
/** A document of the same origin without the page, its policy or its module. */
const BLANK_PATH = '/blank.html';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

// The import map is for d3-contour, which names the package d3-array.
const BLANK = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Blank</title>
<link rel="icon" href="data:,"><script type="importmap">{"imports": {
  "d3-array": "${MODULES_PATH}d3-array/dist/d3-array.mjs",
  "internmap": "${MODULES_PATH}internmap/src/index.js",
  "d3-contour": "${MODULES_PATH}d3-contour/dist/d3-contour.mjs"
}}</script></head><body></body></html>`;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder that is tested. */
export function dist() {
  return resolve(process.env.DESCENT_DIST ?? join(root, 'dist'));
}

/** The file that an address stands for, or null. */
function fileOf(path) {
  for (const [prefix, folder] of [[PAGE_PATH, dist()], [MODULES_PATH, join(root, 'node_modules')]]) {
    if (!path.startsWith(prefix)) continue;
    const file = normalize(join(folder, path.slice(prefix.length) || 'index.html'));
    return file === folder || file.startsWith(folder + sep) ? file : null;
  }
  return null;
}

function answer(request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  // Every run has a port of its own: what a browser keeps is of this very page.
  const head = { 'cache-control': 'max-age=86400, immutable', 'x-content-type-options': 'nosniff' };
  if (pathname === BLANK_PATH) {
    response.writeHead(200, { ...head, 'content-type': TYPES['.html'] }).end(BLANK);
    return;
  }
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    path = '';
  }
  const file = fileOf(path);
  const size = file && statSync(file, { throwIfNoEntry: false })?.isFile() ? statSync(file).size : null;
  if (size === null) {
    response.writeHead(404, { ...head, 'content-type': 'text/plain' }).end('not found');
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...head, 'content-type': type, 'content-length': size });
  createReadStream(file).pipe(response);
}

/** Starts the host on a free port; tells the tests where, returns how to stop it. */
export default async function start() {
  if (!statSync(join(dist(), 'index.html'), { throwIfNoEntry: false })) {
    throw new Error(`${dist()} holds no page; \`cargo xtask build\` makes it, DESCENT_DIST names another`);
  }
  const server = createServer(answer);
  await new Promise((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  process.env.DESCENT_ORIGIN = `http://127.0.0.1:${server.address().port}`;
  return () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
}
