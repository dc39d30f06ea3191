// Reruns the figures that the README and slow tests state, and fails where a claim is not met: node figures.mjs [OPTION]... [NAME]...
//
//   --fast             only the figures marked fast
//   --tab              those measured in a tab instead, with tests/browser/tab.mjs on a built page
//   --lab PATH         a lab that is already built, in place of cargo run
//   --recording PATH   the file of Schmidt and Lipson, for the figures that need it
//   NAME               only the figure of this name, or those whose names contain it
//
// figures.json has a figure an entry: what is run, with which seeds, what is claimed of it, and where: the row of the README, which
// has to be there word by word, or a test. A claim `states` a number as it is written: what is measured, rounded to as many digits,
// may not be worse. `least` and `most` are bounds as they stand. A claim that is `open` is known not to be met yet, and decides
// nothing. A figure that can't be measured here, for want of a file, is said and decides nothing either.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasTheFormOf } from './law.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BROWSER = fileURLToPath(new URL('../tests/browser', import.meta.url));
const WIDTHS = [36, 58, 10, 8];

const { values: options, positionals: names } = parse();
const parts = JSON.parse(readFileSync(new URL('figures.json', import.meta.url), 'utf8'));
const { quantities, figures } = parts[options.tab ? 'tab' : 'native'];
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const done = new Map();
const counts = { ok: 0, MISSED: 0, open: 0, 'not measured': 0 };

const chosen = figures.filter(
  ({ figure, fast }) => (fast || !options.fast) && (!names.length || names.some((name) => isMeant(figure, name))),
);
if (!chosen.length) fail('There is no such figure.');
for (const { figure, readme: row } of [...parts.native.figures, ...parts.tab.figures]) {
  if (row && !readme.includes(row)) fail(`${figure}: the README does not say “${row}”. Change figures.json with it.`);
}
for (const { figure, test } of parts.native.figures) {
  if (test && !isThere(test)) fail(`${figure}: there is no test “${test[1]}” in any tests/${test[0]}.rs.`);
}
if (!options.tab && !options.lab && chosen.some(({ runs }) => runs)) build();
print('figure', 'claim', 'measured', 'seconds', 'ok');
for (const entry of chosen) await measure(entry);
const summary = Object.entries(counts).filter(([, count]) => count);
console.log(summary.map(([word, count]) => `${count} ${word}`).join(', '));
process.exit(counts.MISSED ? 1 : 0);

function parse() {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({ options: { fast: flag, tab: flag, lab: text, recording: text }, allowPositionals: true });
  } catch (error) {
    return fail(`${error.message} See the top of figures.mjs.`);
  }
}

/** Whether there is a test of this name in a file of that name. */
function isThere([file, name]) {
  const crates = readdirSync(resolve(ROOT, 'crates')).map((crate) => resolve(ROOT, 'crates', crate));
  const paths = [ROOT, ...crates].map((folder) => resolve(folder, 'tests', `${file}.rs`));
  return paths.some((path) => existsSync(path) && readFileSync(path, 'utf8').includes(`fn ${name}(`));
}

/** Whether a name means this figure: its whole name, or a part of it that is no whole name. */
function isMeant(figure, name) {
  return figure === name || (figure.includes(name) && !figures.some((other) => other.figure === name));
}

/** Builds lab first, so that what a figure takes is not what a build takes. */
function build() {
  const { status } = spawnSync('cargo', ['build', '--release', '--locked', '--bin', 'lab'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) fail('lab could not be built.');
}

/** Runs what an entry needs and prints a line for each of its claims. */
async function measure(entry) {
  const begun = performance.now();
  const reports = await (entry.test ? tested(entry.test) : ran(entry)).catch((error) => error);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  entry.claims.forEach((claim, place) => {
    const { measured = '', verdict, why } = judge(claim, reports);
    counts[verdict] += 1;
    print(place ? '' : entry.figure, said(claim), measured, place ? '' : seconds, verdict);
    if (why) console.log(`    ${why}`);
  });
}

/** What was measured, and whether it is what was claimed. */
function judge(claim, reports) {
  if (reports instanceof Error) return { verdict: 'MISSED', why: reports.message };
  if (!reports) return { verdict: 'not measured' };
  if (claim.says) return verdictOf(claim, { met: reports.passed });
  const value = over(claim.over, reports.map((report) => quantity(claim.of, report)));
  const { least = -Infinity, most = Infinity } = bounds(claim);
  const open = Number.isNaN(value) ? undefined : claim.open;
  return verdictOf({ open }, { met: value >= least && value <= most, measured: short(value) });
}

function verdictOf({ open }, { met, measured }) {
  if (met) return { measured, verdict: 'ok' };
  return open ? { measured, verdict: 'open', why: open } : { measured, verdict: 'MISSED' };
}

/** The bounds that a claim implies: half a unit of its last digit is what rounding may have taken away. */
function bounds({ states, better, least, most }) {
  if (states === undefined) return { least, most };
  const [mantissa, exponent = '0'] = states.split('e');
  const half = 0.5 * 10 ** (Number(exponent) - (mantissa.split('.')[1] ?? '').length);
  return better === 'larger' ? { least: Number(states) - half } : { most: Number(states) + half };
}

/** A claim in words. */
function said(claim) {
  if (claim.says) return claim.says;
  const { least, most } = bounds(claim);
  const bound = least === undefined ? `at most ${short(most, 4)}` : `at least ${short(least, 4)}`;
  return `${claim.over} of ${claim.of}: ${claim.states === undefined ? bound : `${claim.states} (${bound})`}`;
}

/** A number of one run; NaN where it is not there. */
function quantity(of, report) {
  if (typeof of === 'object') {
    const [[how, parts]] = Object.entries(of);
    if (how === 'law') return isRight(report.world, field(parts, report)) ? 1 : 0;
    const values = parts.map((part) => quantity(part, report));
    if (how === 'ratio') return values[0] / values[1];
    return over(how, values);
  }
  if (Object.hasOwn(quantities, of)) return quantity(quantities[of], report);
  const value = field(of, report);
  return typeof value === 'number' ? value : NaN;
}

/** Whether this is the law of a world; what can't be read is not. One that is not is shown. */
function isRight(world, law) {
  let why = `not the law of gn-${world}: ${law || 'none at all'}`;
  try {
    if (law && hasTheFormOf(world, law)) return true;
  } catch (error) {
    why = error.message;
  }
  console.log(`    ${why}`);
  return false;
}

function field(path, report) {
  return path.split('.').reduce((inside, key) => inside?.[key], report);
}

/** One number of several; NaN among them makes it NaN. */
function over(how, values) {
  if (values.some(Number.isNaN)) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  switch (how) {
    case 'min': return sorted[0];
    case 'max': return sorted.at(-1);
    case 'sum': return sorted.reduce((sum, value) => sum + value, 0);
    case 'median': return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
    default: return fail(`figures.json: “${how}” is no way to put numbers together.`);
  }
}

/** One report a seed of all runs of an entry, or null where a file is missing. What ran before is not run again. */
async function ran({ runs, seeds }) {
  const list = spread(seeds);
  const reports = [];
  for (const run of runs) {
    if (run.includes('{recording}') && !options.recording) return null;
    const words = run.map((word) => (word === '{recording}' ? resolve(options.recording) : word));
    const key = JSON.stringify([words, list]);
    if (!done.has(key)) done.set(key, await (options.tab ? inTab(words, list) : inLab(words, list)));
    const world = words.find((word) => word.startsWith('gn-'))?.slice(3);
    reports.push(...done.get(key).map((report) => ({ ...report, world })));
  }
  return reports;
}

/** Seeds as numbers: "0-2" or "0,5". */
function spread(seeds) {
  return seeds.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

async function inLab([command, ...words], seeds) {
  const lab = (...more) => {
    const rest = [command, ...words, ...more, '--json'];
    const cargo = ['run', '--release', '--locked', '--quiet', '--bin', 'lab', '--', ...rest];
    return options.lab ? output(options.lab, rest) : output('cargo', cargo);
  };
  if (command === 'run') return objects(await lab('--seeds', seeds.join(',')), seeds.length);
  // A search takes one seed, and the last object is its summary.
  const found = [];
  for (const seed of seeds) found.push(objects(await lab('--seed', String(seed))).at(-1));
  return found;
}

async function inTab(words, seeds) {
  const reports = objects(await output('node', ['tab.mjs', ...words, ...seeds.map(String)], BROWSER), seeds.length);
  const ended = reports.find(({ status }) => status !== 'finished');
  if (ended) throw new Error(`seed ${ended.seed} ended as “${ended.status}”.`);
  return reports;
}

/** Runs a slow test; null where there is a lab and perhaps no cargo. */
async function tested([file, name]) {
  if (options.lab) return null;
  const words = ['test', '--release', '--locked', '--test', file, '--', '--ignored', '--exact', name];
  const said = await output('cargo', words).catch((error) => {
    if (/ 1 failed;/.test(error.said)) return error.said;
    throw error;
  });
  return { passed: / 1 passed;/.test(said) };
}

/** JSON objects, one a line. */
function objects(text, count) {
  const found = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  if (!found.length || (count && found.length !== count)) throw new Error(`${found.length} results in place of ${count ?? 'some'}.`);
  return found;
}

/** What a program prints; an error with its last words where it fails. */
function output(program, words, cwd = process.cwd()) {
  const place = program === 'cargo' ? ROOT : cwd;
  return new Promise((ended, reject) => {
    const child = spawn(program, words, { cwd: place, stdio: ['ignore', 'pipe', 'pipe'] });
    let [text, last] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
    child.stderr.setEncoding('utf8').on('data', (part) => (last = (last + part).slice(-2000)));
    child.on('error', (error) => reject(new Error(`${program}: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) return ended(text);
      const why = `${program} ${words.join(' ')} ended with ${code}: ${last.trim().split('\n').at(-1)}`;
      return reject(Object.assign(new Error(why), { said: text }));
    });
  });
}

function short(value, digits = 3) {
  const rounded = Number(value.toPrecision(digits));
  return rounded === 0 || (Math.abs(rounded) >= 1e-2 && Math.abs(rounded) < 1e5) ? String(rounded) : rounded.toExponential();
}

function print(...cells) {
  console.log(cells.map((cell, i) => (i in WIDTHS ? cell.padEnd(WIDTHS[i]) : cell)).join(' ').trimEnd());
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}
