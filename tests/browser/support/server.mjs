// A static file server on the loopback address, for the tests and the benchmark.
//
// It mounts folders under paths, remembers what was asked for, and can be slow. Anything outside the mounts is a 404, so a page
// that reaches for `/file` instead of `./file` is caught when it is mounted below a sub-path. It does not compress,
// cache, or listen to anything beyond this machine.

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Pieces of a file that arrives slowly. */
const PIECES = 28;

const MIME_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves `mounts` (a path such as `/some/where/` to a folder) on a free port.
 * Returns the `origin`, the lists of paths that were `asked` for and `missed` so far, the `mounts`, which may be replaced, and
 * `close()`. Where its `slow(path)` is set and gives a number of seconds, the file arrives in pieces over that time. Where it
 * `hidesEndings`, documents are sent on to their names without `.html`, as some hosts do.
 */
export async function serve(mounts) {
  const [asked, missed] = [[], []];
  const running = { asked, missed, mounts };
  const server = createServer(async (request, response) => {
    const [pathname] = request.url.split('?');
    asked.push(pathname);
    if (running.hidesEndings && pathname.endsWith('.html')) {
      return response.writeHead(308, { location: pathname.replace(/(index)?\.html$/, '') }).end();
    }
    const found = (path) => fileFor(path, running.mounts).catch(() => undefined);
    const file = (await found(pathname)) ?? (running.hidesEndings ? await found(`${pathname}.html`) : undefined);
    if (!file) {
      missed.push(pathname);
      return response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    }
    response.writeHead(200, {
      'content-type': MIME_TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    });
    const seconds = running.slow?.(pathname) ?? 0;
    if (seconds > 0) return trickle(await readFile(file), seconds, response);
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(running, {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  });
}

/** Sends a file in equal pieces over so many seconds. */
async function trickle(content, seconds, response) {
  const size = Math.ceil(content.length / PIECES);
  for (let from = 0; from < content.length && !response.destroyed; from += size) {
    response.write(content.subarray(from, from + size));
    await sleep((1000 * seconds) / PIECES);
  }
  response.end();
}

/** The file behind a path, or undefined. Rejects for a path that is no URL path at all. */
async function fileFor(pathname, mounts) {
  const mount = Object.keys(mounts).find((path) => pathname.startsWith(path));
  if (!mount) return undefined;
  const folder = resolve(mounts[mount]);
  const file = join(folder, decodeURIComponent(pathname.slice(mount.length)) || 'index.html');
  if (!file.startsWith(folder + sep)) return undefined;
  return (await stat(file)).isFile() ? file : undefined;
}
