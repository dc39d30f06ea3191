// The statements of the slides: their formulas, their live values, and what there is to do.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();
const shown = (orrery) => orrery.find('quantity').inputValue();

claim('losses stand as formulas with their values, and differences bring a measured error', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&steps=60');
  assert.match(await orrery.text('statements'), /not trained yet/);
  assert.ok((await orrery.find('statements').locator('math').count()) >= 3);
  await orrery.train();
  const [sum, mean] = [await orrery.number('loss-now-hnn'), await orrery.number('train-loss-hnn')];
  assert.ok(Math.abs(sum - 2 * mean) < 1e-9, `${sum} is not twice ${mean}`);
  assert.equal(await orrery.find('target-error').count(), 0);
  await orrery.find('targets-here').selectOption('difference');
  // Three units of time in 29 steps, ω = 2: |(e^(ix) − 1)/(ix) − 1| of x = 6/29.
  const x = 6 / 29;
  const expected = Math.hypot(Math.sin(x) / x - 1, (1 - Math.cos(x)) / x);
  assert.ok(Math.abs((await orrery.number('target-error')) / expected - 1) < 1e-3);
  await orrery.until('the link says so', async () => /targets=difference/.test(await orrery.fragment()));
});

claim('kinetic and potential energy, the learned H and the coordinate error are shown over time', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&steps=60');
  for (const [button, quantity] of [['K', 'kinetic energy'], ['V', 'potential energy'], ['K + V', 'energy']]) {
    await orrery.press(button);
    assert.equal(await shown(orrery), quantity);
  }
  await orrery.train();
  const caption = () => orrery.find('energy-chart').locator('figcaption').textContent();
  await orrery.find('quantity').selectOption('learned H');
  assert.match(await caption(), /The true energy stays at .* The HNN, true energy: ends at .* The HNN ends at/);
  await orrery.find('quantity').selectOption('coordinate error');
  assert.match(await caption(), /Distances are from the true motion. The baseline ends at/);
});

claim('a driven pendulum and two bodies with masses can be trained and changed', async ({ open }) => {
  const orrery = await open('#v=1&preset=driven-pendulum&steps=30');
  assert.match(await orrery.find('energy-chart').locator('figcaption').textContent(), /The true energy goes from/);
  assert.equal(await orrery.find('set-drive').count(), 1);
  await orrery.train();
  const bodies = await open('#v=1&preset=two-masses&steps=30');
  await bodies.find('set-mass-1').waitFor();
  for (const id of ['set-mass-1', 'set-mass-2', 'set-G']) assert.equal(await bodies.find(id).count(), 1);
  await bodies.find('quantity').selectOption('distance');
  await bodies.train();
});

claim('less data: five amounts are trained beside what is shown', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&steps=10&hidden=8');
  await orrery.press('run-sizes');
  await orrery.until('all sizes are done', async () => (await orrery.number('sizes')) === 5, 120_000);
  const rows = await orrery.find('less-data').locator('tbody th').allTextContents();
  assert.deepEqual(rows.map(Number), [2, 4, 8, 16, 32]);
  assert.equal(await orrery.status(), 'idle');
});

claim('the loss of films has three curves', async ({ open }) => {
  const orrery = await open('#v=1&preset=pixels&steps=6&films=5&frames=20&autoencoder=16');
  assert.match(await orrery.text('statements'), /CC: z_p is the rate of z_q/);
  await orrery.train(120_000);
  for (const part of [0, 1, 2]) assert.match(await orrery.text(`part-${part}`), /\d/);
  await orrery.find('parts-of').selectOption('baseline');
  await orrery.find('quantity').selectOption('position');
});

claim('molecules in a heat bath have a temperature, neighbours and no way back', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&page=molecules&matter=fluid');
  assert.equal(await orrery.find('molecules-reverse').isDisabled(), false);
  await orrery.find('set-ensemble').selectOption('canonical');
  assert.equal(await orrery.find('molecules-reverse').isDisabled(), true);
  await orrery.until('it is measured', async () => /heat bath of temperature 1/.test(await orrery.text('molecules-status')), 120_000);
  assert.equal(await orrery.number('ensemble-temperature'), 1);
  await orrery.find('set-matter').selectOption('chain');
  await orrery.until('the chain is measured', async () => (await orrery.number('ensemble-kinetic')) > 0, 120_000);
  assert.ok(Math.abs((await orrery.number('ensemble-kinetic')) - 0.5) < 1e-9);
});

claim('graph networks: pooling says what it breaks', async ({ open }) => {
  const orrery = await open('#v=1&preset=gn-spring');
  assert.match(await orrery.text('pooling-breaks'), /Forces add/);
  await orrery.find('pooling-here').selectOption('mean');
  assert.match(await orrery.text('pooling-breaks'), /3\/7/);
  await orrery.until('the link says so', async () => /pooling=mean/.test(await orrery.fragment()));
});

claim('the example of the slides is searched for, and a law stands as a tree', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&page=formula&formula=slides&seconds=5');
  for (const name of ['x1', 'x2', 'x3', 'x4', 'x5']) assert.equal(await orrery.find(`input-${name}`).isChecked(), true);
  await orrery.press('search');
  await orrery.until('a law is drawn', async () => (await orrery.find('law-tree').count()) === 1);
  assert.match(await orrery.find('law-tree').getAttribute('aria-label'), /as a tree of operators/);
  await orrery.press('search-stop');
});
