// Changes experiments for MINUTES (10) minutes and watches what stays behind: JavaScript heap and listeners of the page, Wasm memory of page and workers.
//
//   MINUTES=60 node soak.mjs
//
// Half of the time is warming up, at most five minutes: engines are fetched, each experiment has been seen. After that no sum may grow by a
// megabyte a minute, by the straight line that fits best. Prints a line a measurement; ends with 1 where that is not so.

import { chromium } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';
import { complaintsAbout } from './support/watcher.mjs';

const MINUTES = Number(process.env.MINUTES ?? 10);
const WARM_MINUTES = Math.min(5, MINUTES / 2);
const MOST_MB_A_MINUTE = 1;
const MEASURE_EVERY_MS = 15_000;
const SMALL = '&device=cpu&hidden=16&trajectories=10&steps=60';
/** Each a link, and what is pressed there: nothing, where the page computes by itself. */
const EXPERIMENTS = [
  [`#v=1&preset=spring${SMALL}`, 'train'],
  [`#v=1&preset=pendulum${SMALL}&seed=2`, 'train'],
  [`#v=1&preset=two-body${SMALL}`, 'train'],
  ['#v=1&preset=gn-spring&graph-steps=60&graph-hidden=8', 'graph-train'],
  ['#v=1&preset=spring&page=molecules'],
  ['#v=1&preset=pendulum&page=integrators'],
  ['#v=1&preset=ode-springs&ode-steps=20&ode-hidden=8', 'train'],
  [`#v=1&preset=real-pendulum${SMALL}`, 'train'],
  ['#v=1&preset=spring&page=formula&seconds=2', 'search'],
];
/** Where each button's work says how far it is. */
const STATUS = { train: 'status', 'graph-train': 'graph-status', search: 'search-status' };
const WELL = ['seen', 'finished', 'time-up', 'exact'];
const ENDED = [...WELL, 'failed', 'stopped'];

/** Bytes of all Wasm memories of a page or worker, by the debugger: the page itself keeps none where a script could look. */
async function wasmBytes(session) {
  const { result } = await session.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' });
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId, objectGroup: 'memories' });
  const { result: sum } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }',
    returnByValue: true,
  });
  await session.send('Runtime.releaseObjectGroup', { objectGroup: 'memories' });
  return sum.value;
}

/** What the page and its workers hold now, in megabytes. */
async function measured(page, session) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name) => metrics.find((found) => found.name === name).value;
  // A worker may end while it is asked.
  const sizes = await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => self.engine?.memory.buffer.byteLength ?? 0).catch(() => 0)),
  );
  return {
    heap: metric('JSHeapUsedSize') / 2 ** 20,
    page: (await wasmBytes(session)) / 2 ** 20,
    workers: sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
  };
}

/** Slope of the straight line that fits best. */
function slope(points) {
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([x]) => x), mean(([, y]) => y)];
  const [up, across] = [mean(([a, b]) => (a - x) * (b - y)), mean(([a]) => (a - x) ** 2)];
  return across > 0 ? up / across : 0;
}

/** Opens an experiment in the same page, as a link in it would, and lets its work end; says how it ended. */
async function visit(orrery, [fragment, button]) {
  await orrery.page.evaluate((hash) => { location.hash = hash; }, fragment);
  await sleep(400);
  if (!button) return 'seen';
  const status = () => orrery.find(STATUS[button]).getAttribute('data-status');
  await orrery.find(button).click();
  await orrery.until('the work begins', async () => (await status()) !== 'idle', 60_000);
  await orrery.until(`the work of ${fragment} ends`, async () => ENDED.includes(await status()), 120_000);
  const ended = await status();
  await sleep(400);
  return ended;
}

const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await launch(chromium, {});
const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
context.setDefaultTimeout(30_000);
const complaints = await complaintsAbout(context, server.origin);
const page = await context.newPage();
await page.goto(server.origin + SUB_PATH + EXPERIMENTS[0]);
const session = await context.newCDPSession(page);
await session.send('Performance.enable');
await session.send('HeapProfiler.enable');

const orrery = new Orrery(page);
const rows = [];
let changes = 0;
let due = 0;
const begun = Date.now();
const minutes = () => (Date.now() - begun) / 60_000;
while (minutes() < MINUTES) {
  const ended = await visit(orrery, EXPERIMENTS[changes % EXPERIMENTS.length]);
  if (!WELL.includes(ended)) complaints.push(`${EXPERIMENTS[changes % EXPERIMENTS.length][0]}: ${ended}`);
  changes += 1;
  if (Date.now() < due || changes % EXPERIMENTS.length !== 0) continue;
  due = Date.now() + MEASURE_EVERY_MS;
  const row = { minutes: minutes(), ...(await measured(page, session)) };
  rows.push(row);
  const shown = Object.entries(row).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  console.log(`${shown.join('  ')}  changes ${changes}`);
}
await browser.close();
await server.close();

const late = rows.filter((row) => row.minutes >= WARM_MINUTES);
let good = complaints.length === 0 && late.length >= 3;
for (const complaint of complaints) console.log(complaint);
if (late.length < 3) console.log('Too few measurements for a slope: give it more MINUTES.');
for (const name of ['heap', 'page', 'workers']) {
  const found = slope(late.map((row) => [row.minutes, row[name]]));
  good &&= found < MOST_MB_A_MINUTE;
  console.log(`${name}: ${found.toFixed(3)} MB a minute after minute ${WARM_MINUTES}, ${found < MOST_MB_A_MINUTE ? 'held' : 'TOO MUCH'}`);
}
console.log(`${changes} changes of experiment in ${minutes().toFixed(1)} minutes, ${complaints.length} complaints`);
process.exitCode = good ? 0 : 1;
