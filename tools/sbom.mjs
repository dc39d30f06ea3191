// Writes which packages are in each program of a release, as CycloneDX 1.6: node tools/sbom.mjs FOLDER
//
// It asks `cargo tree` for what is linked (no tests, no build tools) and Cargo.lock for the checksums. A tool that is installed for this
// (cargo-cyclonedx) takes minutes to build and lists what any feature could bring, not what these programs have.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const WASM = 'wasm32-unknown-unknown';

/** Each program, its package and feature: those that Trunk builds, by the document that it reads, and the page's own (tools/page.sh). */
export function programs() {
  const document = readFileSync(join(root, 'www/index.html'), 'utf8');
  const links = document.match(/<link\b[^>]*rel="rust"[^>]*>/g) ?? [];
  const attribute = (link, name) => link.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
  const built = links.map((link) => ({
    program: attribute(link, 'data-bin'),
    manifest: join(root, 'www', attribute(link, 'href')),
    features: attribute(link, 'data-cargo-features') ?? '',
  }));
  return [{ program: 'page', manifest: join(root, 'Cargo.toml'), features: 'page' }, ...built];
}

const checksums = new Map(
  readFileSync(join(root, 'Cargo.lock'), 'utf8')
    .split('[[package]]')
    .map((text) => (key) => text.match(new RegExp(`^${key} = "(.*)"$`, 'm'))?.[1])
    .map((of) => [`${of('name')} ${of('version')}`, of('checksum')]),
);

const asked = new Map();

/** Name, version and licence of everything that a program links. */
function linked({ manifest, features }) {
  const key = `${manifest} ${features}`;
  if (!asked.has(key)) asked.set(key, tree(manifest, features));
  return asked.get(key);
}

function tree(manifest, features) {
  const choice = ['--manifest-path', manifest, '--target', WASM, '--no-default-features', '--features', features];
  const text = execFileSync('cargo', ['tree', '--locked', ...choice, '-e', 'normal', '--prefix', 'none', '--format', '{p}|{l}'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return new Set(text.split('\n').filter(Boolean).map((line) => line.replace(/ \(\*\)$/, '').replace(/ \([^)]*\)(?=\|)/g, '')));
}

export function bill() {
  const packages = new Map();
  for (const program of programs()) {
    for (const line of linked(program)) {
      if (!packages.has(line)) packages.set(line, []);
      packages.get(line).push(program.program);
    }
  }
  const component = ([line, names]) => {
    const [, name, version, license] = line.match(/^(\S+) v(\S+)\|(.*)$/);
    const checksum = checksums.get(`${name} ${version}`);
    return {
      type: 'library',
      'bom-ref': `pkg:cargo/${name}@${version}`,
      name,
      version,
      purl: `pkg:cargo/${name}@${version}`,
      ...(license && { licenses: [{ expression: license.replaceAll('/', ' OR ').replaceAll(/ +/g, ' ') }] }),
      ...(checksum && { hashes: [{ alg: 'SHA-256', content: checksum }] }),
      properties: names.map((value) => ({ name: 'orrery:program', value })),
    };
  };
  const version = readFileSync(join(root, 'Cargo.toml'), 'utf8').match(/^version = "(.*)"$/m)[1];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'orrery', name: 'orrery', version } },
    components: [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(component),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('node tools/sbom.mjs FOLDER');
  // An engine with relaxed SIMD has the packages of that without.
  const known = new Set(programs().flatMap(({ program }) => [`${program}_bg.wasm`, `${program}-relaxed_bg.wasm`]));
  const served = readdirSync(folder, { recursive: true }).map((path) => basename(path)).filter((name) => name.endsWith('_bg.wasm'));
  const unknown = served.filter((name) => !known.has(name));
  if (served.length === 0 || unknown.length) throw new Error(`programs in ${folder}: ${served.length}; nobody knows what is in ${unknown.join(', ') || 'none'}`);
  const written = bill();
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(written, null, 1)}\n`);
  console.log(`   ${written.components.length} packages of ${served.length} programs in ${join(folder, 'sbom.cdx.json')}`);
}
