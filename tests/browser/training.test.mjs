// What Train, Pause, One step and Rewind promise, on the CPU engine.
//
// Whether the models learn physics well is for the Rust tests and for speed.test.mjs; here it is enough that they learn.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Orrery } from './support/orrery.mjs';
import { suite } from './support/suite.mjs';

const claim = suite();
const SPRING = '#v=1&preset=spring&device=cpu';
const LONG_RUN = '#v=1&preset=spring-paper&models=hnn&device=cpu&steps=300';

claim('a quick spring finishes on the CPU, its test losses fall, and the GPU engine is never fetched', async ({ open, server }) => {
  const orrery = await open(SPRING);
  assert.equal(await orrery.status(), 'idle');
  await orrery.train();

  assert.equal(await orrery.stepsDone(), await orrery.stepsPlanned());
  const ratio = await orrery.number('ratio');
  assert.ok(Number.isFinite(ratio) && ratio > 0, `the ratio is ${ratio}`);

  const history = await orrery.lossHistory();
  const first = Orrery.testLosses(history[0]);
  const last = Orrery.testLosses(history.at(-1));
  assert.equal(first.length, 2, 'the table has a train and a test loss for both models');
  first.forEach((loss, model) => assert.ok(last[model] < loss, `test loss ${model} went from ${loss} to ${last[model]}`));
  for (const id of ['train-loss', 'test-loss', 'energy'].flatMap((name) => [`${name}-baseline`, `${name}-hnn`])) {
    assert.ok(Number.isFinite(await orrery.number(id)), `${id} is a number`);
  }
  assert.deepEqual(server.asked.filter((path) => path.includes('trainer-gpu')), []);
});

claim('opening the page trains nothing and claims nothing', async ({ open }) => {
  const orrery = await open();
  await sleep(1000);
  assert.equal(await orrery.status(), 'idle');
  assert.equal(await orrery.stepsDone(), 0);
  assert.equal(await orrery.find('ratio').getAttribute('data-value'), '');
});

claim('pause holds the run where it is, and Train takes it up again', async ({ open }) => {
  const orrery = await open(LONG_RUN);
  await orrery.press('train');
  await orrery.untilSteps(5);
  await orrery.press('pause');
  await orrery.untilStatus('paused');
  const held = await orrery.stepsDone();
  assert.ok(held < 300, 'the run was paused before its end');
  await sleep(1000);
  assert.equal(await orrery.stepsDone(), held);

  await orrery.train();
  assert.equal(await orrery.stepsDone(), 300);
});

claim('One step does exactly one step, from the start and from a pause', async ({ open }) => {
  const orrery = await open(SPRING);
  for (const expected of [1, 2, 3]) {
    await orrery.press('step');
    await orrery.until(`step ${expected} is done`, async () => (await orrery.stepsDone()) === expected);
    await orrery.untilStatus('paused');
    await sleep(300);
    assert.equal(await orrery.stepsDone(), expected);
  }
});

claim('Rewind leads back to the same start, and the same run follows to the last digit', async ({ open }) => {
  const orrery = await open(`${SPRING}&steps=120`);
  await orrery.train();
  const firstRun = await orrery.lossHistory();
  await orrery.press('rewind');
  await orrery.untilStatus('idle');
  assert.equal(await orrery.stepsDone(), 0);
  await orrery.train();
  assert.ok(firstRun.length > 1);
  assert.deepEqual(await orrery.lossHistory(), firstRun);
});

claim('a new seed is another run', async ({ open }) => {
  const orrery = await open(`${SPRING}&models=hnn&steps=40`);
  const seed = await orrery.number('seed');
  await orrery.train();
  const firstRun = await orrery.lossHistory();
  await orrery.press('new-seed');
  await orrery.until('the seed is another', async () => (await orrery.number('seed')) !== seed);
  await orrery.untilStatus('idle');
  await orrery.train();
  assert.notDeepEqual(await orrery.lossHistory(), firstRun);
});

claim('a learning rate far too high ends with finite numbers or with a sentence that says what to try', async ({ open }) => {
  const orrery = await open(`${SPRING}&lr=1&steps=300`);
  await orrery.press('train');
  await orrery.until('the run ends', async () => ['finished', 'failed'].includes(await orrery.status()));
  if ((await orrery.status()) === 'failed') {
    assert.match(await orrery.text('failure'), /\w+ \w+ \w+.*\./s, 'a sentence, not a code');
  } else {
    const numbers = (await orrery.lossHistory()).flat();
    assert.ok(numbers.every(Number.isFinite), 'every loss in the table is finite');
  }
});
