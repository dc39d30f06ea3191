// Native training steps: this checkout against an older commit, and against JAX on the CPU, in turns in one run.
//
//   node compare.mjs [--old 5730219] [--rounds 5] [--python python3]
//
// The older commit is checked out and built below target/; JAX is left out where Python has none (pip install jax).
// Figures are milliseconds a step, Adam included, as `lab` counts them; ratios are taken pair by pair, with their range.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const option = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : process.argv[at + 1];
};
const old = option('old', '5730219');
const rounds = Number(option('rounds', '5'));
const python = option('python', 'python3');

const CASES = [
  { name: 'HNN, 200 wide, 750 rows', goal: 0.7, run: ['spring-paper', '--set', 'models=hnn', '--set', 'steps=400'] },
  { name: 'HNN, 64 wide', goal: 0.6, run: ['spring', '--set', 'models=hnn', '--set', 'steps=1000'] },
  { name: 'graph network, gn-spring', goal: 0.6, run: ['gn-spring', '--set', 'against=nothing', '--set', 'graph-steps=800'] },
  { name: 'pixels', goal: 1.0, run: ['pixels', '--set', 'models=hnn', '--set', 'steps=250'] },
];

const built = (folder) => {
  execFileSync('cargo', ['build', '--release', '--locked', '--bin', 'lab'], { cwd: folder, stdio: 'inherit' });
  return join(folder, 'target/release/lab');
};
const then = join(root, 'target/bench', old);
if (!existsSync(then)) {
  mkdirSync(join(root, 'target/bench'), { recursive: true });
  execFileSync('git', ['worktree', 'add', '--detach', then, old], { cwd: root, stdio: 'inherit' });
}
const labs = { old: built(then), new: built(root) };

function step(lab, run) {
  const out = execFileSync(lab, ['run', ...run, '--seeds', '0', '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const models = Object.values(JSON.parse(out.toString().trim().split('\n').at(-1)).models);
  return 1000 / models[0].steps_per_second;
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];
const range = (numbers) => `${median(numbers).toFixed(2)} (${sorted(numbers)[0].toFixed(2)} to ${sorted(numbers).at(-1).toFixed(2)})`;

console.log(`${cpus()[0].model.trim()}, ${cpus().length} cores; ${rounds} rounds in turns; ${old} against this checkout`);
let missed = 0;
for (const { name, goal, run } of CASES) {
  const times = { old: [], new: [] };
  for (let round = 0; round < rounds; round += 1) for (const which of ['old', 'new']) times[which].push(step(labs[which], run));
  const ratios = times.new.map((time, i) => time / times.old[i]);
  const fine = median(ratios) <= goal;
  missed += fine ? 0 : 1;
  console.log(`${name}: ${median(times.old).toFixed(2)} ms, now ${median(times.new).toFixed(2)} ms, ratio ${range(ratios)}, at most ${goal}: ${fine ? 'ok' : 'MISSED'}`);
}

const example = ['run', '--release', '--locked', '--quiet', '-p', 'orrery-autodiff', '--example', 'steps', '--', '8'];
const ours = () => Number(/^HNN\s+200 wide, 750 rows\s+([\d.]+) ms/m.exec(execFileSync('cargo', example, { cwd: root }).toString())[1]);
const jax = () => {
  const found = spawnSync(python, [fileURLToPath(new URL('hnn.py', import.meta.url))], { encoding: 'utf8' });
  return found.status === 0 ? Number(found.stdout) : undefined;
};
if (jax() === undefined) {
  console.log('JAX: not installed, left out');
} else {
  const pairs = Array.from({ length: rounds }, () => [ours(), jax()]);
  const ratios = pairs.map(([ours, theirs]) => ours / theirs);
  const fine = median(ratios) <= 1.3;
  missed += fine ? 0 : 1;
  console.log(`HNN step beside JAX: ${range(pairs.map(([ours]) => ours))} ms against ${range(pairs.map(([, theirs]) => theirs))} ms, ratio ${range(ratios)}, at most 1.3: ${fine ? 'ok' : 'MISSED'}`);
}
process.exit(missed === 0 ? 0 : 1);
