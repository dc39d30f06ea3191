// Lays a built page out as a release that can be updated while people use it: node stage.mjs DIST [EMBEDDER]
//
// Everything but the documents moves into a folder named after the build, `b/ID/`, so that a file's address never has another
// content: it may be cached for ever, and no tab gets files of two builds. Documents, whose addresses stay, are made to point there.
// The service worker gets the list of all files with their hashes. EMBEDDER is the origin of a page, such as a learning platform's, that is
// told what happens when it has Orrery in a frame (docs/classroom.md). Run once on a freshly built folder; nothing else is changed.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What stays where it is: documents, and what browsers and hosts look for beside them. */
const ROOT = /^([^/]+\.(html|webmanifest)|icon[^/]*|service-worker\.js|README\.txt)$/;
/** What is kept for use without a network only once it was fetched: too large to be fetched unasked. */
const LATE = /^trainer-gpu/;
/** What every document has, and behind which it is told its build's folder. */
const CHARSET = /<meta charset="?utf-8"?\s*\/?>/i;

const dist = resolve(process.argv[2] ?? '../dist');
if (!existsSync(join(dist, 'index.html'))) fail(`There is no built page in ${dist}.`);
const embedder = process.argv[3] ?? '';
if (embedder && !isOrigin(embedder)) fail(`${embedder} is no origin: one looks like https://lms.school.example, without a path.`);
if (existsSync(join(dist, 'b'))) fail(`${dist} is laid out already: build it anew first.`);

const paths = listed('');
const moved = paths.filter((path) => !ROOT.test(path));
const digests = [`embedder ${embedder}`, ...paths.map((path) => `${path} ${hash(path)}`)];
const id = createHash('sha256').update(digests.join('\n')).digest('hex').slice(0, 12);
const folder = `b/${id}/`;

for (const path of moved) {
  mkdirSync(dirname(join(dist, folder, path)), { recursive: true });
  renameSync(join(dist, path), join(dist, folder, path));
}
removeEmptyFolders('');
const documents = paths.filter((path) => ROOT.test(path) && path.endsWith('.html'));
for (const document of documents) point(document);

/** Of engines that there are twice, whether a file is that with relaxed SIMD; of anything else nothing is said. */
function twin(path) {
  if (/-relaxed(?=[._])/.test(path)) return { relaxed: true };
  return moved.includes(path.replace(/(?=(_bg)?\.\w+$)/, '-relaxed')) ? { relaxed: false } : {};
}

const worker = join(dist, 'service-worker.js');
agree();
const served = [...documents, ...paths.filter((path) => ROOT.test(path) && /^(icon|[^/]+\.webmanifest$)/.test(path)), ...moved.map((path) => folder + path)];
const files = served.map((path) => ({
  path,
  hash: hash(path),
  bytes: statSync(join(dist, path)).size,
  ...(LATE.test(path.slice(folder.length)) ? { late: true } : {}),
  ...twin(path.slice(folder.length)),
}));
writeFileSync(worker, `const BUILD = ${JSON.stringify({ id, folder, documents, files })};\n\n${readFileSync(worker, 'utf8')}`);
const all = files.filter(({ late, relaxed }) => !late && relaxed !== false).reduce((bytes, file) => bytes + file.bytes, 0);
console.log(`   build ${id}: ${files.length} files, ${(all / 1e6).toFixed(1)} MB of them kept for use without a network`);

/** The loader and the service worker have to choose alike, and between engines that are there. */
function agree() {
  const [loader, keeper] = [join(dist, folder, 'worker.js'), worker].map((path) => readFileSync(path, 'utf8'));
  const probe = (script) => script.match(/Uint8Array\.of\(([\d,\s]+)\)/)?.[1].match(/\d+/g).join();
  if (!probe(loader) || probe(loader) !== probe(keeper)) fail('worker.js and service-worker.js ask the browser about different programs.');
  const named = loader.match(/const TWINS = \[(.*)\]/)?.[1].match(/[\w-]+/g).sort().join();
  const there = moved.filter((path) => path.endsWith('-relaxed.js')).map((path) => path.replace('-relaxed.js', '')).sort().join();
  if (named !== there) fail(`worker.js chooses between twins of ${named}, and the build has those of ${there}.`);
}

/** Paths of all files below a folder of the page, sorted. */
function listed(below) {
  const entries = readdirSync(join(dist, below), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries.flatMap((entry) => (entry.isDirectory() ? listed(`${below}${entry.name}/`) : [below + entry.name])).sort();
}

/** Makes a document point to the files of its build, and say what scripts and styles have to be. */
function point(document) {
  const path = join(dist, document);
  const before = readFileSync(path, 'utf8');
  if (!CHARSET.test(before)) fail(`${document} does not say that it is UTF-8.`);
  const told = { 'orrery-files': folder, ...(embedder ? { 'orrery-embedder': embedder } : {}) };
  const metas = Object.entries(told).map(([name, content]) => `<meta name="${name}" content="${content}">`);
  const pointed = before
    .replace(CHARSET, (charset) => [charset, ...metas].join('\n    '))
    .replace(/(<(?:script|link)\b[^>]*?\s(?:src|href)=")(?:\.\/)?([^":#?]+)("[^>]*>)/g, (whole, start, target, end) => {
      if (!moved.includes(target)) return whole;
      const checked = /\.(js|css)$/.test(target) && !whole.includes('integrity=');
      return `${start}${folder}${target}"${checked ? ` integrity="sha256-${hash(folder + target)}"` : ''}${end.slice(1)}`;
    });
  writeFileSync(path, pointed);
}

function isOrigin(text) {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);
}

function removeEmptyFolders(below) {
  for (const entry of readdirSync(join(dist, below), { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const inside = `${below}${entry.name}/`;
    removeEmptyFolders(inside);
    if (readdirSync(join(dist, inside)).length === 0) rmSync(join(dist, inside), { recursive: true });
  }
}

function hash(path) {
  return createHash('sha256').update(readFileSync(join(dist, path))).digest('base64');
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
