// Keeps a release in the browser, so that the page works without a network after one visit.
//
// `tools/stage.mjs` puts `const BUILD = { id, folder, documents, files }` before this text. Every file of a build but the
// documents lies in a folder of its own name, so two builds never share an address: a tab that was opened before an update goes
// on with the files of its build, a new one gets the new ones, and none can get a mixture.
// Of the engines for the processor there are two each (worker.js): the one that this browser uses is kept.
//
// Messages from the page, each answered on the port that comes with it:
//   { ask: 'state' }   -> { id, usual: { bytes, kept }, later: { bytes, kept } }: of the files that are kept by themselves, and of
//                         those that are kept once they were fetched (`late`: the engine for the graphics card)
//   { ask: 'later' }   -> { fetched, bytes } while the late files arrive, then { done } or { failed: SENTENCE }

/* global BUILD */

const NAME = 'orrery ';
const LIST = 'files.json';
/** A network that has not answered with a document by then is taken for none, in milliseconds. */
const PATIENCE = 4000;

const address = (path) => new URL(path, self.registration.scope).href;
/** Whether this browser uses the engines with relaxed SIMD: the program that worker.js asks it about too. */
const relaxed = WebAssembly.validate(
  Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11),
);
/** The files of the build that this browser can need. */
const FILES = BUILD.files.filter((file) => file.relaxed === undefined || file.relaxed === relaxed);
const nameOf = (id) => NAME + id;
/** A lock that every page of a build holds for as long as it is open. */
const lockOf = (id) => `orrery build ${id}`;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const scope = new URL(self.registration.scope);
  if (event.request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length);
  if (event.request.mode === 'navigate' || isDocument(path)) event.respondWith(documentFor(event.request, path));
  else event.respondWith(fileFor(event.request, path));
});
self.addEventListener('message', (event) => {
  const [port] = event.ports;
  const tell = (what) => port?.postMessage(what);
  if (event.data?.ask === 'state') event.waitUntil(state().then(tell, () => tell({ failed: 'The browser does not tell what it has kept.' })));
  if (event.data?.ask === 'later') {
    event.waitUntil(later(tell).then(() => tell({ done: true }), (error) => tell({ failed: sentence(error) })));
  }
});

/** Fetches what is kept by itself; files that an older build has with the same hash are copied from it. */
async function install() {
  const cache = await caches.open(nameOf(BUILD.id));
  const before = await olderBuilds();
  const had = before.some(({ files, keys }) => files.some(({ path, late }) => late && keys.has(address(path))));
  for (const file of FILES) {
    if (!file.late || had) await keep(cache, file, before);
  }
  await cache.put(address(BUILD.folder + LIST), new Response(JSON.stringify(FILES)));
  // An older build's tabs lose nothing by it: their files are in a cache of their own, and this worker reads that too.
  await self.skipWaiting();
}

async function activate() {
  await clean();
  await self.clients.claim();
}

/** Builds that were kept before this one: their files, and the addresses that are in their caches. */
async function olderBuilds() {
  const names = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== nameOf(BUILD.id));
  const builds = await Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const keys = new Set((await cache.keys()).map(({ url }) => url));
      const list = [...keys].find((url) => url.endsWith(`/${LIST}`));
      const files = list ? await (await cache.match(list)).json() : [];
      return { cache, files, keys };
    }),
  );
  return builds;
}

/** Puts a file into the cache unless it is there; throws where it cannot be had, or is not the file of this build. */
async function keep(cache, { path, hash }, before = []) {
  if (await cache.match(address(path))) return;
  for (const build of before) {
    const same = build.files.find((file) => file.hash === hash && build.keys.has(address(file.path)));
    const copy = same && (await build.cache.match(address(same.path)));
    if (copy) return cache.put(address(path), straight(copy));
  }
  // A document has to be asked for anew, since its address is the same in every build.
  const response = await fetch(address(path), { integrity: `sha256-${hash}`, cache: isDocument(path) ? 'no-cache' : 'default' });
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return cache.put(address(path), straight(response));
}

/** Removes builds that no open page needs. Where that cannot be known, all are left. */
async function clean() {
  if (!self.navigator.locks) return;
  const { held } = await self.navigator.locks.query();
  const needed = new Set(held.map(({ name }) => name));
  for (const name of await caches.keys()) {
    const id = name.slice(NAME.length);
    if (name.startsWith(NAME) && id !== BUILD.id && !needed.has(lockOf(id))) await caches.delete(name);
  }
}

function isDocument(path) {
  return BUILD.documents.includes(path || 'index.html');
}

/**
 * A document: the server's where there is a network, else the kept one. What is no document of Orrery, such as the sign-in page of
 * a wireless network, is not taken for one where there is a better.
 */
async function documentFor(request, path) {
  const kept = async () => (await caches.open(nameOf(BUILD.id))).match(address(path || 'index.html'));
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(request.url, { cache: 'no-cache', signal: patience.signal });
    const text = response.ok ? await response.clone().text() : '';
    // Some servers redirect /lesson.html to /lesson.
    if (text.includes('name="orrery-files"')) return straight(response);
    // Where a redirect leads elsewhere, the redirect itself is the answer.
    return (await kept()) ?? (response.redirected ? Response.redirect(response.url) : response);
  } catch (error) {
    const copy = await kept();
    if (copy) return copy;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A file: the kept one of whichever build it belongs to, else the server's, which is then kept where it is one of this build. */
async function fileFor(request, path) {
  const found = await caches.match(address(path));
  if (found) return request.destination === 'worker' ? addressless(found) : found;
  const response = await fetch(request);
  if (request.destination === 'worker') return addressless(response);
  // A browser that was updated may have come to need the other engines of the same build.
  const file = FILES.find((known) => known.path === path);
  if (file && (file.late || file.relaxed !== undefined) && response.ok) {
    const cache = await caches.open(nameOf(BUILD.id));
    // A store that is full keeps nothing; the file is used all the same.
    await cache.put(address(path), response.clone()).catch(() => {});
  }
  return response;
}

/**
 * The same answer without an address of its own. A worker takes the address of its script's answer for its own, and so would lose the
 * fragment that says what it is to be.
 */
function addressless(response) {
  const { status, statusText, headers } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** What a redirect led to, as an answer of the address that was asked for: a navigation takes no other. */
function straight(response) {
  return response.redirected ? addressless(response) : response;
}

async function state() {
  const cache = await caches.open(nameOf(BUILD.id));
  const keys = new Set((await cache.keys()).map(({ url }) => url));
  const files = FILES.map(({ path, bytes, late }) => ({ path, bytes, late, kept: keys.has(address(path)) }));
  const sum = (list) => list.reduce((bytes, file) => bytes + file.bytes, 0);
  const [usual, rest] = [files.filter(({ late }) => !late), files.filter(({ late }) => late)];
  return {
    id: BUILD.id,
    usual: { bytes: sum(usual), kept: usual.every(({ kept }) => kept) },
    later: { bytes: sum(rest), kept: rest.length > 0 && rest.every(({ kept }) => kept) },
  };
}

/** Fetches what is not kept by itself. */
async function later(tell) {
  const cache = await caches.open(nameOf(BUILD.id));
  const files = FILES.filter(({ late }) => late);
  const all = files.reduce((bytes, file) => bytes + file.bytes, 0);
  let fetched = 0;
  for (const file of files) {
    tell({ fetched, bytes: all });
    await keep(cache, file);
    fetched += file.bytes;
  }
}

function sentence(error) {
  return `This could not be kept: ${error?.message ?? error}.`;
}
