// Networks through an integrator and at a coarse step: they train in workers, are stepped otherwise without training, and survive a worker's death.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();
const QUICK = '#v=1&preset=ode-springs';
const SMALL = '#v=1&preset=ode-springs&ode-steps=150&ode-hidden=16&ode-trajectories=100';
const CHAIN = '#v=1&preset=srnn-chain&srnn-steps=600';

async function finished(orrery, longest = 120_000) {
  await orrery.press('train');
  await orrery.until('training ends', async () => (await orrery.find('status').getAttribute('data-status')) === 'finished', longest);
}

const attribute = (orrery, id, name) => orrery.find(id).getAttribute(name);

for (const [what, link, id, network] of [
  ['a system', SMALL, 'ode-scene', 'hogn'],
  ['a chain', CHAIN, 'srnn-scene', 'multi'],
  ['three bodies', '#v=1&preset=srnn-three-body', 'srnn-scene', 'multi'],
]) {
  claim(`${what} moves before anything was trained, with the true H beside it`, async ({ open }) => {
    const orrery = await open(link);
    assert.equal(await attribute(orrery, id, 'data-models'), '');
    assert.equal(await orrery.find(id.replace('scene', `see-${network}`)).count(), 0);
    const first = await orrery.find(id).screenshot();
    await orrery.page.waitForTimeout(700);
    assert.notDeepEqual(await orrery.find(id).screenshot(), first);
  });
}

claim('the quick preset trains, and another step and integrator act without training', async ({ open }) => {
  const orrery = await open(QUICK);
  const begun = Date.now();
  await finished(orrery);
  console.log(`ode-springs: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  assert.equal(await orrery.number('steps'), 500);
  const [ogn, hogn] = [await orrery.number('ode-drift10-ogn'), await orrery.number('ode-drift10-hogn')];
  assert.ok(hogn < ogn, `HOGN drifts less: ${hogn} ${ogn}`);
  assert.equal(await attribute(orrery, 'ode-scene', 'data-models'), 'delta,ogn,hogn');
  assert.equal(await attribute(orrery, 'ode-scene', 'data-steppings'), 'as-it-is,rk4,rk4');

  await orrery.find('set-ode-factor').fill('2');
  await orrery.press('set-ode-integrator-leapfrog');
  const steppings = () => attribute(orrery, 'ode-scene', 'data-steppings');
  await orrery.until('the networks answer', async () => (await steppings()) === 'as-it-is,rk4,leapfrog', 20_000);
  assert.ok((await orrery.find('ode-stepped').textContent()).includes('0.200'));
  await orrery.press('set-ode-change-scaled');
  await orrery.until('DeltaGN answers', async () => (await steppings()) === 'scaled,rk4,leapfrog', 20_000);
  await orrery.find('set-ode-shown').fill('6');
  await orrery.until('six bodies', async () => (await attribute(orrery, 'ode-scene', 'data-bodies')) === '6' && (await steppings()) !== '', 20_000);
  assert.equal(await orrery.number('steps'), 500, 'nothing was trained again');

  await orrery.press('ode-fill');
  await orrery.find('ode-grid').waitFor({ timeout: 120_000 });
  for (const id of ['hogn-rk4-0.020', 'hogn-leapfrog-0.200', 'ogn-rk1-0.100', 'delta-as-it-is-0.020', 'true_h-rk2-0.100']) {
    await orrery.until(`the cell ${id}`, async () => (await orrery.find(`ode-cell-${id}`).count()) === 1, 120_000);
    assert.ok((await orrery.number(`ode-cell-${id}`)) > 0);
  }
  assert.equal(await orrery.find('ode-cell-ogn-leapfrog-0.100').count(), 0, 'leapfrog needs an H');
  const rk4 = await orrery.number('ode-cell-true_h-rk4-0.100');
  assert.ok(rk4 < (await orrery.number('ode-cell-true_h-rk2-0.100')), 'the true H by a better integrator is better');

  const again = await open(new URL(orrery.page.url()).hash);
  assert.equal(await attribute(again, 'ode-scene', 'data-bodies'), '6');
  assert.equal(await again.find('set-ode-factor').inputValue(), '2');
  assert.equal(await attribute(again, 'set-ode-integrator-leapfrog', 'aria-pressed'), 'true');
});

claim('the SRNN beats the true H at the coarse step and gets worse when the step is refined', async ({ open }) => {
  const orrery = await open(CHAIN);
  await finished(orrery);
  const errors = async (id) => orrery.number(`srnn-${id}`);
  assert.ok((await errors('rmse10-multi')) < 0.6 * (await errors('rmse10-true_leapfrog')));
  assert.ok((await errors('finer-multi')) > 1.3 * (await errors('same-multi')), 'finer is worse');
  assert.ok((await errors('finer-truth')) < 0.2 * (await errors('same-truth')), 'the true H gains');
  assert.ok((await errors('optimised-multi')) < (await errors('raw-multi')));
  assert.ok((await errors('rmse10-euler')) > 2 * (await errors('rmse10-single')));

  const refine = () => attribute(orrery, 'srnn-scene', 'data-refine');
  const models = () => attribute(orrery, 'srnn-scene', 'data-models');
  await orrery.press('srnn-refine-5');
  await orrery.until('the networks answer', async () => (await refine()) === '5' && (await models()) === 'single,multi,euler', 20_000);
  await orrery.press('set-srnn-from-optimised');
  await orrery.until('from an optimised start', async () => (await models()) === 'single,multi,euler', 20_000);
  assert.equal(await orrery.stepsDone(), 600, 'nothing was trained again');
  const again = await open(new URL(orrery.page.url()).hash);
  assert.equal(await refine(), '5');
  assert.equal(await attribute(again, 'srnn-refine-5', 'aria-pressed'), 'true');
});

for (const [what, link, steps] of [
  ['through an integrator', '#v=1&preset=ode-springs&ode-steps=1500', 1500],
  ['at a coarse step', '#v=1&preset=srnn-chain&srnn-steps=3000', 3000],
]) {
  claim(`when a worker of networks ${what} dies in mid-run, another goes on to the last step`, async ({ open }) => {
    const orrery = await open(link);
    await orrery.press('train');
    await orrery.untilSteps(60);
    const [victim] = orrery.engines('trainer-networks');
    assert.ok(victim, 'a worker is at work');
    victim.evaluate(() => self.close()).catch(() => {}); // never answers: that is the point
    await orrery.until('a notice is given', async () => (await orrery.textIfAny('notice')) !== '', 120_000);
    await orrery.untilStatus('finished', 240_000);
    assert.equal(await orrery.stepsDone(), steps);
  });
}
