// Runs the experiments behind the lessons and fails where a figure is not in the range that a lesson states: node lessons.mjs [OPTION]... [NAME]...
//
//   --lab PATH   a lab that is already built, in place of cargo run
//   --check      only what needs no run: every lesson can be read, and every figure is one that can be measured
//   NAME         only these lessons
//
// A figure of a lesson (`Figure: NAME | SENTENCE | LOW to HIGH`) is read off the page by a student; here it is what `lab run` brings with
// seeds 0 to 2. Orders of integrators need no run (tests/lessons.rs measures them), and a visitor's guess is nobody's claim.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { read } from '../www/lesson/format.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SEEDS = '0,1,2';
const LONGEST_MS = 30 * 60_000;

/** Where a figure is in what `lab run` reports: a path, or two whose quotient it is. Of two names between bars the first that is there. */
const FIGURES = {
  ratio: ['models.baseline.energy_mse_inside|energy_mse', 'models.hnn.energy_mse_inside|energy_mse'],
  'message-r2': ['models.gn.message_r2.plain'],
  'message-r2@trimmed': ['models.gn.message_r2.trimmed'],
  'srnn-finer-multi': ['refined.rmse_10'],
  'srnn-finer-truth': ['refined.true_rmse_10'],
  'nri-edges': ['edge_accuracy'],
  'nri-graphs': ['graph_accuracy'],
  'nri-path': ['yardsticks.path'],
};
const BY_MODEL = [
  [/^test-loss-(\w+)$/, (model) => [`models.${model}.test_loss`]],
  [/^energy-(\w+)$/, (model) => [`models.${model}.energy_mse_inside|energy_mse`]],
  [/^momentum-(\w+)$/, (model) => [`models.${model}.momentum_error`]],
  [/^rollout-(\w+)$/, (model) => [`models.${model}.rollout_mse_inside|rollout_mse`]],
  [/^reconstruction-(\w+)$/, (model) => [`models.${model}.reconstruction_mse`]],
  [/^angle-r2-(\w+)$/, (model) => [`models.${model}.angle_r2`]],
  [/^r2-(plain|trimmed)-force-(bottleneck|other)$/, (fit, network) => [`models.${network === 'other' ? 'standard' : 'gn'}.message_r2.force.${fit}`]],
  [/^srnn-rmse10-(\w+)$/, (network) => [`models.${network}.rmse_10`]],
  [/^in-ratio-(\w+)-(\d+)$/, (network, bodies) => [`models.${network}.mse_ratio.${bodies}`]],
];
const ELSEWHERE = /^(order-|nri-guessed$)/;

const { values: options, positionals: names } = parseArgs({
  options: { lab: { type: 'string' }, check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const listed = readFileSync(`${ROOT}static/lessons/list.txt`, 'utf8').split('\n').filter(Boolean);
const reports = new Map();
let faults = 0;

for (const name of listed.filter((name) => !names.length || names.includes(name))) {
  const { lesson, problems } = read(readFileSync(`${ROOT}static/lessons/${name}.md`, 'utf8'));
  for (const { line, sentence } of problems) fault(`${name}, line ${line}: ${sentence}`);
  let link;
  for (const step of lesson.steps) {
    link = step.open?.link ?? link;
    for (const block of Object.values(step.parts).flat()) if (block.type === 'figure') hold(name, link, block);
  }
}
if (faults) console.log(`${faults} missed`);
process.exit(faults ? 1 : 0);

function hold(lesson, link, { name, low, high }) {
  if (ELSEWHERE.test(name)) return;
  const paths = pathsOf(name);
  if (!paths) return fault(`${lesson}: nobody measures “${name}”.`);
  if (options.check) return undefined;
  const values = reportsOf(link).map((report) => {
    const [value, divisor = 1] = paths.map((path) => path.split('.').reduce((part, key) => part?.[key.split('|').find((name) => part?.[name] !== undefined)], report));
    return value / divisor;
  });
  const within = values.length === SEEDS.split(',').length && values.every((value) => value >= low && value <= high);
  const said = `${lesson}: ${name} is ${values.map((value) => Number(value.toPrecision(3))).join(', ')}, stated ${low} to ${high}`;
  if (within) console.log(`ok      ${said}`);
  else fault(said);
  return undefined;
}

function pathsOf(name) {
  if (FIGURES[name]) return FIGURES[name];
  for (const [pattern, paths] of BY_MODEL) {
    const found = pattern.exec(name);
    if (found) return paths(...found.slice(1));
  }
  return undefined;
}

/** What `lab run` reports of this link, a report for each seed. */
function reportsOf(link) {
  if (!reports.has(link)) {
    const begun = Date.now();
    const [program, first] = options.lab ? [options.lab, []] : ['cargo', ['run', '--release', '--quiet', '--locked', '--bin', 'lab', '--']];
    const { status, stdout, stderr } = spawnSync(program, [...first, 'run', link, '--seeds', SEEDS, '--json'], { cwd: ROOT, encoding: 'utf8', timeout: LONGEST_MS, maxBuffer: 64 << 20 });
    if (status !== 0) fault(`lab run ${link}: ${stderr}`);
    console.log(`        ${link}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
    // A report a line.
    reports.set(link, status === 0 ? stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);
  }
  return reports.get(link);
}

function fault(sentence) {
  faults += 1;
  console.log(`MISSED  ${sentence}`);
}
