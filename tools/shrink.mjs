// Makes the Wasm files of a built page smaller, then checks what a visitor has to fetch: node shrink.mjs ../dist
//
// Limits keep what is there from growing: for the page what was reached, for the rest two percent more.
// A file that has been shrunk is not shrunk again. Sizes are those after Brotli, as a good static host sends them.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { transformSync } from 'esbuild';
import { shortened } from './names.mjs';
import { named } from './order.mjs';

const KB = 1024;
const BUDGETS = [
  { what: 'page, with everything before Train', files: /^(index\.html|(start|hold|language)\.js|worker\.js|style\.css|icon\.svg|page[^/]*|__wasm_split\.js|aids\/(aids|words)\.js)$/, limit: 350 * KB },
  { what: 'panels of the first page', files: /^split_panels/, limit: 40 * KB },
  { what: 'the other pages', files: /^(split_pages|chunk_)/, limit: 237 * KB },
  { what: 'CPU engine', files: /^trainer-cpu[._]/, limit: 224 * KB },
  { what: 'graph networks', files: /^trainer-graph[._]/, limit: 229 * KB },
  { what: 'networks side by side', files: /^trainer-networks[._]/, limit: 253 * KB },
  { what: 'CPU engine with relaxed SIMD', files: /^trainer-cpu-relaxed/, limit: 223 * KB },
  { what: 'graph networks with relaxed SIMD', files: /^trainer-graph-relaxed/, limit: 226 * KB },
  { what: 'networks side by side with relaxed SIMD', files: /^trainer-networks-relaxed/, limit: 252 * KB },
  { what: 'search for formulas', files: /^symbolic-regression/, limit: 279 * KB },
  { what: 'reader of files', files: /^reader/, limit: 189 * KB },
  { what: 'what follows a spot in a film', files: /^(tracker|film\.js)/, limit: 36 * KB },
  { what: 'page for teachers', files: /^(teacher|kept)/, limit: 244 * KB },
  { what: 'writer of files', files: /^writer/, limit: 311 * KB },
  { what: 'GPU engine', files: /^trainer-gpu/, limit: 1286 * KB },
];
// The pages' own files are optimised for size. Engines would get no faster, and the GPU engine larger after Brotli: they lose the names of
// their functions, a tenth to a quarter of a file, and what link-time optimisation has left in them several times.
const PAGES = /^(page_bg|teacher_bg|split_\w+|chunk_\w+)\.wasm$/;
// What was tried is in ARCHITECTURE.md: some passes that make a file smaller leave Brotli less to repeat.
const SMALL = ['-Os', '--converge', '--one-caller-inline-max-function-size=20', '--skip-pass=local-cse', '--skip-pass=simplify-locals'];
const ONCE = ['--duplicate-function-elimination'];
const FEATURES = [
  '--enable-simd',
  '--enable-bulk-memory',
  '--enable-bulk-memory-opt',
  '--enable-nontrapping-float-to-int',
  '--enable-sign-ext',
  '--enable-mutable-globals',
  '--enable-reference-types',
  '--enable-multivalue',
];
const RELAXED = /-relaxed_bg\.wasm$/;

const dist = resolve(process.argv[2] ?? '../dist');
const optimizer = fileURLToPath(new URL('node_modules/.bin/wasm-opt', import.meta.url));
const disassembler = fileURLToPath(new URL('node_modules/.bin/wasm-dis', import.meta.url));
if (!existsSync(join(dist, 'index.html'))) fail(`There is no built page in ${dist}: run trunk build --release first.`);

const stamps = new URL('node_modules/.shrunk.json', import.meta.url);
const shrunk = existsSync(stamps) ? JSON.parse(readFileSync(stamps, 'utf8')) : {};
for (const name of readdirSync(dist).filter((name) => name.endsWith('.wasm'))) shrink(name, PAGES.test(name) ? SMALL : ONCE);
writeFileSync(stamps, JSON.stringify(shrunk));
check();
for (const engine of ['trainer-cpu', 'trainer-graph', 'trainer-networks']) {
  vectorized(`${engine}_bg.wasm`, /f32x4\.mul/g, 100);
  vectorized(`${engine}-relaxed_bg.wasm`, /f32x4\.relaxed_madd/g, 20);
}

function shrink(name, passes) {
  const path = join(dist, name);
  const before = readFileSync(path);
  if (shrunk[name] === digest(before)) return;
  const optimize = (...passes) => {
    const features = [...FEATURES, ...(RELAXED.test(name) ? ['--enable-relaxed-simd'] : [])];
    execFileSync(optimizer, [path, ...passes, ...features, '--strip-debug', '--strip-producers', '-o', path], { stdio: 'inherit' });
  };
  optimize(...passes);
  const script = join(dist, name.replace('_bg.wasm', '.js'));
  if (passes === SMALL && name.endsWith('_bg.wasm')) {
    const short = shortened(readFileSync(path), readFileSync(script, 'utf8'));
    writeFileSync(path, short.wasm);
    writeFileSync(script, transformSync(short.script, { minify: true, target: 'es2022', charset: 'utf8' }).code);
  }
  writeFileSync(path, named(readFileSync(path)));
  optimize('--reorder-functions-by-name');
  const after = readFileSync(path);
  shrunk[name] = digest(after);
  console.log(`   ${name}: ${kilobytes(before.length)} became ${kilobytes(after.length)}`);
}

function check() {
  let within = true;
  const names = readdirSync(dist, { recursive: true });
  for (const { what, files, limit } of BUDGETS) {
    const size = names.filter((name) => files.test(name)).reduce((sum, name) => sum + brotli(join(dist, name)), 0);
    console.log(`   ${what}: ${kilobytes(size)} of ${kilobytes(limit)}${size > limit ? '  TOO LARGE' : ''}`);
    within &&= size <= limit;
  }
  if (!within) fail('The built page is larger than it may be.');
}

/** The products of an engine use the processor's vectors: whether they do depends on how it was compiled and linked. */
function vectorized(name, product, least) {
  const text = execFileSync(disassembler, [join(dist, name), '--all-features'], { maxBuffer: 512 * KB * KB }).toString();
  const products = text.match(product)?.length ?? 0;
  console.log(`   ${name}: ${products} products of four numbers`);
  if (products < least) fail(`${name} was built without the SIMD that it is for, and would train several times more slowly.`);
  if (!RELAXED.test(name) && /\.relaxed_/.test(text)) fail(`${name} has relaxed SIMD: browsers without it would refuse the file.`);
}

function brotli(path) {
  const content = readFileSync(path);
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  }).length;
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function kilobytes(bytes) {
  return `${(bytes / KB).toFixed(0)} KB`;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
