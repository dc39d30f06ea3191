// Interaction networks and hidden graphs: they train in workers, are asked about other sizes without training, and survive a worker's death.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const INTERACTIONS = '#v=1&preset=spring&page=interactions&in-steps=400&in-hidden=24';
const HIDDEN = '#v=1&preset=spring&page=hidden&nri-steps=600';

async function finished(orrery, longest = 120_000) {
  await orrery.press('train');
  await orrery.until('training ends', async () => (await orrery.find('status').getAttribute('data-status')) === 'finished', longest);
}

async function accessible(orrery) {
  await orrery.settled();
  const { violations } = await new AxeBuilder({ page: orrery.page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
}

claim('a scene moves before anything was trained', async ({ open }) => {
  const orrery = await open(INTERACTIONS);
  assert.equal(await orrery.find('in-scene').getAttribute('data-models'), 'constant_velocity');
  const first = await orrery.find('in-scene').screenshot();
  await orrery.page.waitForTimeout(500);
  assert.notDeepEqual(await orrery.find('in-scene').screenshot(), first);
  await accessible(orrery);
});

claim('interaction networks are asked about more bodies without training again', async ({ open }) => {
  const orrery = await open(INTERACTIONS);
  await finished(orrery);
  assert.equal(await orrery.number('steps'), 400);
  assert.ok((await orrery.number('in-ratio-in-6')) > 1, 'better than constant velocity after 400 steps');
  for (const bodies of [3, 6, 12]) assert.ok((await orrery.number(`in-ratio-in-${bodies}`)) > 0);
  await orrery.find('set-in-bodies').fill('12');
  const models = () => orrery.find('in-scene').getAttribute('data-models');
  await orrery.until('the network moves twelve', async () => (await models()).includes('in') && !(await models()).includes('mlp'), 10_000);
  assert.equal(await orrery.find('in-scene').getAttribute('data-bodies'), '12');
  assert.equal(await orrery.number('steps'), 400);
  assert.ok(orrery.page.url().includes('in-bodies=12'));
  await accessible(orrery);
});

claim('the link of an experiment opens it again', async ({ open }) => {
  const orrery = await open('#v=1&preset=in-balls&in-bodies=9');
  assert.equal(await orrery.find('set-in-domain').inputValue(), 'balls');
  assert.equal(await orrery.find('in-scene').getAttribute('data-bodies'), '9');
  const again = await open(new URL(orrery.page.url()).hash);
  assert.equal(await again.find('in-scene').getAttribute('data-bodies'), '9');
});

claim('a visitor guesses first, then the graph is inferred', async ({ open }) => {
  const orrery = await open(HIDDEN);
  assert.equal(await orrery.find('nri-scene').getAttribute('data-inferred'), 'false');
  await orrery.find('nri-guess-0').check();
  assert.equal(await orrery.find('nri-guessed').getAttribute('data-value'), null);
  await accessible(orrery);
  await finished(orrery);
  assert.ok((await orrery.number('nri-edges')) > 0.9, 'most edges are told right after 600 steps');
  assert.ok((await orrery.number('nri-graphs')) <= (await orrery.number('nri-edges')));
  const [best, known] = [await orrery.number('nri-projection'), await orrery.number('nri-least-squares')];
  assert.ok(best < (await orrery.number('nri-edges')) && known > 0.99);
  assert.ok((await orrery.number('nri-mse-inferred-20')) < (await orrery.number('nri-mse-full-20')));
  const right = await orrery.number('nri-guessed');
  assert.ok(right >= 0 && right <= 10);
  await orrery.press('nri-next');
  await orrery.until('another motion is explained', async () => (await orrery.find('nri-scene').getAttribute('data-inferred')) === 'true', 10_000);
  await accessible(orrery);
});

claim('when the worker dies in mid-run, another goes on to the last step', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&page=hidden&nri-steps=1500');
  await orrery.press('train');
  await orrery.untilSteps(100);
  const [victim] = orrery.engines('trainer-cpu');
  assert.ok(victim, 'a worker is at work');
  victim.evaluate(() => self.close()).catch(() => {}); // never answers: that is the point
  await orrery.until('a notice is given', async () => (await orrery.textIfAny('notice')) !== '', 60_000);
  await orrery.untilStatus('finished', 120_000);
  assert.equal(await orrery.stepsDone(), 1500);
  assert.ok((await orrery.number('nri-edges')) > 0.97);
});
