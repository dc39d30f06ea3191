// Training steps in Chromium: the page of this checkout against that of an older commit, in turns in one browser.
//
//   node tab.mjs [--old 5730219] [--rounds 5] [--seconds 6] [--gpu]
//
// With --gpu, on Chromium's software adapter for WebGPU, and how soon after the arrival of its file an engine has made its first step.
// This checkout's page has to lie in dist/ (make release); the older one is built below target/ (ten minutes, once). Each run is a fresh
// page that believes to have one core, so that nobody shares a network between two; what moves is paused. Figures are milliseconds a
// step, Adam included: what both pages say themselves (the median of what is shown), which leaves out losses and pictures along the way,
// and by the clock, from two counts of steps and the time between them. Where only one page says it, the clock decides,
// and on a card, where what the older page says leaves out much of the wait for it. Ratios are taken pair by pair, with their range.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../../tests/browser/support/chromium.mjs';
import { serve } from '../../tests/browser/support/server.mjs';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const { chromium } = createRequire(join(root, 'tests/browser/'))('playwright-core');
const { values: options } = parseArgs({
  options: { old: { type: 'string', default: '5730219' }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string' }, gpu: { type: 'boolean', default: false } },
});

const GPU_CASES = [
  { name: 'HNN, 200 wide, 750 rows', goal: 1 / 3, link: 'preset=spring-paper&models=hnn&steps=3000', from: 1 },
  { name: 'graph network, gn-spring', goal: 1 / 3, link: 'preset=gn-spring&against=nothing&graph-steps=20000', from: 1 },
];
const FIRST_STEP_S = 3;
const CPU_CASES = [
  { name: 'HNN, 200 wide, 750 rows', goal: 0.95, link: 'preset=spring-paper&models=hnn&steps=3000', from: 50 },
  { name: 'HNN, 64 wide', goal: 0.8, link: 'preset=spring&models=hnn&steps=30000', from: 300 },
  { name: 'graph network, gn-spring', goal: 0.7, link: 'preset=gn-spring&against=nothing&graph-steps=20000', from: 100 },
  { name: 'pixels', goal: 1.0, link: 'preset=pixels&models=hnn&steps=2000', from: 20 },
];
/** HOGN through RK4: five bodies, 64 wide, 32 steps of motions in an update. */
const HOGN = { link: 'preset=ode-ring&ode-bodies=5&ode-hidden=64&ode-batch=32&ode-steps=400', goal: 20 };
const CASES = options.gpu ? GPU_CASES : CPU_CASES;
/** Counts are taken over this long. */
const LEAST_MS = 1000 * Number(options.seconds ?? (options.gpu ? 15 : 6));

const then = join(root, 'target/bench', options.old);
if (!existsSync(then)) {
  mkdirSync(join(root, 'target/bench'), { recursive: true });
  execFileSync('git', ['worktree', 'add', '--detach', then, options.old], { cwd: root, stdio: 'inherit' });
}
if (!existsSync(join(then, 'dist/index.html'))) execFileSync('make', ['release'], { cwd: then, stdio: 'inherit' });

const server = await serve({ '/old/': join(then, 'dist'), '/new/': join(root, 'dist') });
const browser = await launch(chromium, { webgpu: options.gpu });

/** A fresh page of a build, of which one core is known, with `use` made of it. */
async function opened(build, link, use) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 1 }));
  const page = await context.newPage();
  let arrived;
  // What a worker fetches is heard of in its context.
  context.on('requestfinished', (request) => {
    if (/trainer-gpu.*\.wasm$/.test(request.url())) arrived ??= performance.timeOrigin + performance.now();
  });
  await page.goto(`${server.origin}/${build}/#v=1&device=${options.gpu ? 'gpu' : 'cpu'}&${link}`);
  // Old graph pages have test ids of their own.
  const find = (...ids) => page.locator(ids.map((id) => `[data-testid=${id}]`).join(', ')).first();
  try {
    await find('train', 'graph-train').waitFor({ timeout: 60_000 });
    const motion = find('motion', 'graph-motion');
    if (await motion.count()) await motion.click();
    await find('train', 'graph-train').click();
    return await use(find, () => arrived);
  } finally {
    await context.close();
  }
}

const firsts = { old: [], new: [] };

/** Milliseconds a step between two counts that the page shows. */
const step = (build, { link, from }) =>
  opened(build, link, async (find, arrived) => {
    const status = await find('status', 'graph-status').elementHandle();
    // Waited for inside the page: who asks over and over takes a share of the core that is measured.
    const watch = (counter, [status, rate, from, least]) =>
      new Promise((done, failed) => {
        let first;
        const rates = [];
        const look = () => {
          const last = { count: Number(counter.dataset.value), at: performance.timeOrigin + performance.now() };
          if (!first && last.count >= from) first = last;
          if (first && rate && rates.at(-1) !== rate.dataset.value) rates.push(rate.dataset.value);
          if (first && last.at - first.at >= least) done([first, last, rates.map(Number).sort((a, b) => a - b)]);
          else if (['finished', 'failed'].includes(status.dataset.status)) failed(new Error(`it ended after ${last.count} steps`));
        };
        const observer = new MutationObserver(look);
        observer.observe(counter, { attributeFilter: ['data-value'] });
        // A run that fails may show no further count.
        observer.observe(status, { attributeFilter: ['data-status'] });
      });
    const shown = find('steps-per-second');
    const rate = (await shown.count()) ? await shown.elementHandle() : null;
    const [first, last, rates] = await find('steps', 'graph-steps-done').evaluate(watch, [status, rate, from, LEAST_MS]);
    if (options.gpu) firsts[build].push((first.at - arrived()) / 1000);
    const said = 1000 / rates[Math.floor(rates.length / 2)];
    return { clock: (last.at - first.at) / (last.count - first.count), said };
  });

/** Milliseconds a step of the slowest network that is trained. */
const slowest = ({ link }) =>
  opened('new', link, async (find) => {
    let rate = Infinity;
    while ((await find('status').getAttribute('data-status')) !== 'finished') {
      const value = Number(await find('steps-per-second').getAttribute('data-value'));
      if (value > 0) rate = Math.min(rate, value);
      await sleep(500);
    }
    return 1000 / rate;
  });

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];
const range = (numbers) => `${median(numbers).toFixed(2)} (${sorted(numbers)[0].toFixed(2)} to ${sorted(numbers).at(-1).toFixed(2)})`;

let missed = 0;
const verdict = (found, goal) => {
  missed += found <= goal ? 0 : 1;
  return `at most ${goal.toPrecision(2)}: ${found <= goal ? 'ok' : 'MISSED'}`;
};
const rounds = Number(options.rounds);
try {
  console.log(`${cpus()[0].model.trim()}, ${cpus().length} cores, Chromium ${browser.version()}; ${rounds} rounds in turns; ${options.old} against this checkout`);
  for (const measured of CASES) {
    const times = { old: [], new: [] };
    for (let round = 0; round < rounds; round += 1) for (const build of ['old', 'new']) times[build].push(await step(build, measured));
    if (options.gpu) {
      console.log(`${measured.name}: first step ${range(firsts.old)} s after the engine's arrival, now ${range(firsts.new)} s, ${verdict(median(firsts.new), FIRST_STEP_S)}`);
      [firsts.old, firsts.new] = [[], []];
    }
    const compared = (by) => times.new.map((time, i) => time[by] / times.old[i][by]);
    const decides = !options.gpu && times.old.every(({ said }) => said > 0) ? 'said' : 'clock';
    for (const by of new Set([decides, 'clock'])) {
      const [then, now] = ['old', 'new'].map((build) => range(times[build].map((time) => time[by])));
      const ratio = `ratio ${range(compared(by))}${by === decides ? `, ${verdict(median(compared(by)), measured.goal)}` : ''}`;
      console.log(`${measured.name}${by === 'said' ? '' : ', by the clock'}: ${then} ms, now ${now} ms, ${ratio}`);
    }
  }
  const hogn = [];
  for (let round = 0; !options.gpu && round < rounds; round += 1) hogn.push(await slowest(HOGN));
  if (!options.gpu) console.log(`HOGN through RK4, 5 bodies: ${range(hogn)} ms, ${verdict(median(hogn), HOGN.goal)}`);
} finally {
  await browser.close();
  await server.close();
}
process.exitCode = missed === 0 ? 0 : 1;
