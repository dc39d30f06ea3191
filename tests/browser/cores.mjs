// Steps a second of one large network on one core and on two, in turns in one Chromium: node cores.mjs [ROUNDS] [CASE]
//
// The network is alone where the worker that would be its partner does not arrive. Ratios are taken pair by pair.

import { chromium } from 'playwright-core';
import { launch } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';

const CASES = {
  'HNN, 200 wide, 4,000 rows': '#v=1&preset=spring&device=cpu&models=hnn&hidden=200&trajectories=160&samples=50&steps=4000',
  'HNN, 200 wide, 2,000 rows': '#v=1&preset=spring&device=cpu&models=hnn&hidden=200&trajectories=80&samples=50&steps=4000',
  'graph network of the paper, 1/r²': '#v=1&preset=gn-r2&recipe=paper&against=nothing&device=cpu&graph-steps=20000',
};
const MEASURED_S = 12;
const rounds = Number(process.argv[2] ?? 5);
const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await launch(chromium, {});
try {
  for (const [name, link] of Object.entries(CASES).filter(([name]) => name.includes(process.argv[3] ?? ''))) {
    const speeds = { one: [], two: [] };
    for (let round = 0; round < rounds; round++) {
      speeds.one.push(await speed(link, 1));
      speeds.two.push(await speed(link, 2));
    }
    const ratios = speeds.two.map((two, i) => two / speeds.one[i]);
    console.log(`${name}: ${written(speeds.one)} steps/s on one core, ${written(speeds.two)} on two; ratio ${written(ratios, 2)}`);
  }
} finally {
  await browser.close();
  await server.close();
}

async function speed(link, cores) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  let loaders = 0;
  if (cores === 1) await context.route('**/worker.js', (route) => (loaders++ === 0 ? route.continue() : route.abort()));
  const orrery = new Orrery(await context.newPage());
  await orrery.page.goto(server.origin + SUB_PATH + link);
  const remarks = await orrery.remarks();
  if (remarks.length) throw new Error(`${link} is not what is measured: ${remarks.join(' ')}`);
  const graph = link.includes('preset=gn-');
  await orrery.press(graph ? 'graph-train' : 'train');
  const shown = orrery.page.locator('[data-cores]').first();
  const steps = () => orrery.number(graph ? 'graph-steps-done' : 'steps');
  const shared = async () => (await shown.getAttribute('data-cores')) === String(cores);
  await orrery.until(`${cores} at work`, async () => (await steps()) > (cores === 2 ? 0 : 40) && (await shared()), 300_000);
  // The measurement that decides about the partner is over.
  const decided = (await steps()) + 70;
  await orrery.until('it is decided', async () => (await steps()) > decided, 120_000);
  if (!(await shared())) console.error('the partner was sent away');
  const [from, begun] = [await steps(), performance.now()];
  await new Promise((done) => setTimeout(done, 1000 * MEASURED_S));
  const rate = ((await steps()) - from) / ((performance.now() - begun) / 1000);
  await context.close();
  return rate;
}

function written(numbers, digits = 1) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const text = (x) => x.toFixed(digits);
  return `${text(sorted[Math.floor(sorted.length / 2)])} (${text(sorted[0])} to ${text(sorted.at(-1))})`;
}
