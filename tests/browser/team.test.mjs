// Two cores share the steps of one model where they are large: the numbers are those of one core, and it is faster.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();
// 200 wide, 4,000 rows: a step takes some tens of milliseconds.
const LARGE = '#v=1&preset=spring&device=cpu&models=hnn&hidden=200&trajectories=160&samples=50';

/** A browser that says that it has so many cores, to workers too. */
const cores = (count) => async (context) => {
  await context.addInitScript((count) => Object.defineProperty(navigator, 'hardwareConcurrency', { value: count }), count);
};
const shared = (orrery) => orrery.number('steps-per-second', 'data-cores');
const losses = async (orrery) => (await orrery.lossHistory()).map((row) => row.join(' '));

claim('a large network is trained on two cores with the losses of one, and goes on from where it was paused', async ({ open, t }) => {
  const two = await open(`${LARGE}&steps=300`);
  if ((await two.page.evaluate(() => navigator.hardwareConcurrency)) < 2) return t.skip('this machine has one core');
  await two.press('train');
  await two.until('two cores share it', async () => (await shared(two)) === 2, 60_000);
  assert.match(await two.text('steps-per-second'), /on two cores/);
  await two.press('pause');
  await two.untilStatus('paused');
  await two.press('train');
  await two.untilStatus('finished', 90_000);
  // Two models keep two cores busy: neither gets help.
  const both = await open(`${LARGE.replace('models=hnn', 'models=baseline,hnn')}&steps=300`);
  await both.press('train');
  await both.untilStatus('finished', 110_000);
  const hnn = (rows) => rows.map((row) => row.slice(-2).join(' '));
  assert.deepEqual(hnn(await two.lossHistory()), hnn(await both.lossHistory()));
}, { timeout: 300_000 });

claim('a partner that does not arrive leaves one core at work', async ({ open }) => {
  let loaders = 0;
  const lost = (context) => context.route('**/worker.js', (route) => (loaders++ === 0 ? route.continue() : route.abort()));
  const orrery = await open(`${LARGE}&steps=200`, { prepare: lost, tolerated: [/ERR_FAILED|worker/i] });
  await orrery.train(110_000);
  assert.equal(await shared(orrery), 1);
}, { timeout: 180_000 });
