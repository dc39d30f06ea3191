// The GPU engine, on Chromium's software adapter: right, but some hundred milliseconds a step, so everything is tiny.
//
// It says nothing about speed. Where not even the software adapter is to be had, these tests are skipped.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder } from './support/dist.mjs';
import { counted, WRITE_DOWN } from './support/gpu-calls.mjs';
import { suite } from './support/suite.mjs';

const claim = suite({ webgpu: true });
const SLOW_MS = 240_000; // a software adapter compiles its shaders on whatever core there is
const LONGEST_MS = 2 * SLOW_MS + 60_000; // two engines, one after the other
const WITHIN = 0.01; // the two engines add in another order and have another tanh

/** Like `claim`, but skipped with a sentence when there is no adapter. */
function gpuClaim(sentence, body) {
  claim(sentence, async (given) => {
    const orrery = await given.open();
    const adapter = await orrery.page.evaluate(async () => !!(await navigator.gpu?.requestAdapter()));
    if (!adapter) return given.t.skip('navigator.gpu.requestAdapter() gave null, even with --enable-unsafe-webgpu');
    await orrery.page.close();
    await body(given);
  }, { timeout: LONGEST_MS });
}

gpuClaim('twenty steps of a tiny HNN on the GPU agree with the CPU within one per cent', async ({ open, server }) => {
  const losses = {};
  for (const device of ['gpu', 'cpu']) {
    const asked = server.asked.length;
    const orrery = await open(`#v=1&preset=spring&models=hnn&hidden=8&steps=20&device=${device}`);
    await orrery.train(SLOW_MS);
    assert.equal(await orrery.stepsDone(), 20);
    losses[device] = { train: await orrery.number('train-loss-hnn'), test: await orrery.number('test-loss-hnn') };

    const engines = server.asked.slice(asked).filter((path) => /trainer-[cg]pu.*\.wasm$/.test(path));
    assert.ok(engines.length > 0 && engines.every((path) => path.includes(`trainer-${device}`)), `fetched: ${engines}`);
  }
  for (const part of ['train', 'test']) {
    const [gpu, cpu] = [losses.gpu[part], losses.cpu[part]];
    assert.ok(Math.abs(gpu - cpu) <= WITHIN * cpu, `${part} loss: ${gpu} on the GPU, ${cpu} on the CPU`);
  }
});

gpuClaim('a tiny graph network on the GPU says the same messages as on the CPU within one per cent', async ({ open, server }) => {
  const said = {};
  for (const device of ['gpu', 'cpu']) {
    const asked = server.asked.length;
    const orrery = await open(`#v=1&preset=gn-spring&graph-steps=20&graph-hidden=8&against=nothing&device=${device}`);
    await orrery.press('graph-train');
    const status = () => orrery.find('graph-status').getAttribute('data-status');
    await orrery.until('it has finished', async () => (await status()) === 'finished', SLOW_MS);
    assert.equal(await orrery.number('graph-steps-done'), 20);
    said[device] = { r2: await orrery.number('r2-plain-force-bottleneck'), loss: await orrery.number('graph-test-loss-bottleneck') };
    const trainers = server.asked.slice(asked).filter((path) => /trainer-.*\.wasm$/.test(path));
    const wanted = device === 'gpu' ? 'trainer-gpu' : 'trainer-graph';
    assert.ok(trainers.length > 0 && trainers.every((path) => path.includes(wanted)), `fetched: ${trainers}`);
  }
  for (const figure of ['r2', 'loss']) {
    const [gpu, cpu] = [said.gpu[figure], said.cpu[figure]];
    assert.ok(Math.abs(gpu - cpu) <= WITHIN * Math.abs(cpu), `${figure}: ${gpu} on the GPU, ${cpu} on the CPU`);
  }
});

for (const [what, link, figures, steps = 20] of [
  ['interaction networks', 'preset=in-balls&in-steps=20&in-hidden=8&in-train=one', ['in-ratio-in-6', 'in-ratio-no_relations-6']],
  ['inference of hidden graphs', 'preset=nri-springs&nri-steps=20&nri-bodies=3', ['nri-mse-full-1', 'nri-mse-true-1']],
  ['networks at a coarse step', 'preset=srnn-chain&srnn-steps=5&srnn-hidden=8&srnn-trajectories=20', ['srnn-rmse10-multi', 'srnn-rmse10-single'], 5],
]) {
  gpuClaim(`${what} on the GPU come to the figures of the CPU within one per cent`, async ({ open, server }) => {
    const found = {};
    for (const device of ['gpu', 'cpu']) {
      const asked = server.asked.length;
      const orrery = await open(`#v=1&${link}&device=${device}`);
      await orrery.train(SLOW_MS);
      assert.equal(await orrery.stepsDone(), steps);
      await orrery.until('its figures are there', async () => Number.isFinite(await orrery.number(figures[0])), 60_000);
      found[device] = await Promise.all(figures.map((figure) => orrery.number(figure)));
      const trainers = server.asked.slice(asked).filter((path) => /trainer-.*\.wasm$/.test(path));
      const wanted = device === 'gpu' ? 'trainer-gpu' : 'trainer-networks';
      assert.ok(trainers.length > 0 && trainers.every((path) => path.includes(wanted)), `fetched: ${trainers}`);
    }
    figures.forEach((figure, at) => {
      const [gpu, cpu] = [found.gpu[at], found.cpu[at]];
      assert.ok(Math.abs(gpu - cpu) <= WITHIN * Math.abs(cpu), `${figure}: ${gpu} on the GPU, ${cpu} on the CPU`);
    });
  });
}

claim('no engine that trains runs its static constructors again whenever a script calls in', async () => {
  const scripts = readdirSync(distFolder(), { recursive: true }).filter((name) => /trainer-[^/]*\.js$/.test(name));
  assert.ok(scripts.some((name) => name.includes('trainer-gpu')), `${scripts}`);
  for (const name of scripts) {
    // What the linker names the exported functions that do.
    assert.doesNotMatch(readFileSync(join(distFolder(), name), 'utf8'), /command_export/, name);
  }
});

// A step is recognised by what it asks for between two submits: it comes far more often than anything else. Losses and snapshots
// stand between steps, the latter more often the slower the machine.
for (const [what, link, most] of [
  ['a Hamiltonian network', 'preset=spring&models=hnn&hidden=8&steps', 3],
  ['an ordinary network', 'preset=spring&models=baseline&hidden=8&steps', 3],
  ['a graph network', 'preset=gn-spring&graph-hidden=8&against=nothing&graph-steps', 3],
  ['a network behind an autoencoder', 'preset=pixels&models=hnn&hidden=8&autoencoder=8&steps', 3],
]) {
  gpuClaim(`a step of ${what} on the GPU is at most ${most} dispatches, and nothing is made for it`, async ({ open, t }) => {
    const [betweenLosses, losses] = [20, 4];
    const orrery = await open(`#v=1&${link}=${betweenLosses * 100}&device=gpu`, { prepare: before(WRITE_DOWN) });
    const graph = link.includes('gn-');
    await orrery.press(graph ? 'graph-train' : 'train');
    let steps = 0;
    const done = async () => (await (graph ? orrery.number('graph-steps-done') : orrery.stepsDone())) || 0;
    const until = async (least) => {
      await orrery.until(`${least} steps were taken`, async () => (steps = await done()) >= least, SLOW_MS);
      const [engine] = orrery.engines('trainer-gpu');
      return engine.evaluate(() => self.gpuCalls);
    };
    const early = await until(betweenLosses);
    const late = await until((2 + losses) * betweenLosses);
    const { step, taken, measured, submits, uploads, reads } = ofSteps(late.slice(early.length));
    t.diagnostic(`a step of ${what}: ${JSON.stringify(step)}; ${taken} between ${measured} losses, each step with `
      + `${uploads} uploads and ${reads} reads, and with losses and snapshots ${submits} submits`);
    assert.ok(step.dispatches >= 1 && step.dispatches <= most, `${step.dispatches} dispatches`);
    assert.deepEqual([step.buffers, step.bindGroups, step.pipelines], [0, 0, 0], 'buffers, bind groups, pipelines made');
    assert.ok(measured > 2, `${measured} losses`);
    assert.equal(taken, (measured - 1) * betweenLosses, 'every step between losses is one submit of this kind');
    assert.ok(uploads <= 2 / 25, `${uploads} uploads`);
    assert.ok(reads <= 1 / 25, `${reads} reads`);
  });
}

gpuClaim('when the GPU is lost in mid-run, the run goes on to its last step and says so', async ({ open }) => {
  const steps = 30;
  const orrery = await open(`#v=1&preset=spring&models=hnn&hidden=8&steps=${steps}&device=gpu`, {
    prepare: before(KEEP_THE_DEVICE),
    tolerated: [/console error: .*(device|gpu|lost|destroyed)/is],
  });
  await orrery.press('train');
  await orrery.untilSteps(3, SLOW_MS);
  const [engine] = orrery.engines('trainer-gpu');
  await engine.evaluate(() => self.keptDevice.destroy());
  await orrery.until('a notice is given', async () => (await orrery.textIfAny('notice')) !== '', 20_000);
  await orrery.untilStatus('finished', SLOW_MS);
  assert.equal(await orrery.stepsDone(), steps);
});

/** What most submits of a run are for, and how many of them stand between the first and the last of its losses: other submits with
 *  dispatches; and what is uploaded and read from one step to the next. */
function ofSteps(calls) {
  const submits = calls.split('s').slice(0, -1).map((calls) => ({ calls, made: calls.replace(/[wr]/g, '') }));
  const times = (shape) => submits.filter(({ made }) => made === shape).length;
  const dispatched = submits.map(({ made }) => made).filter((made) => made.includes('d'));
  const step = dispatched.reduce((most, shape) => (times(shape) > times(most) ? shape : most));
  const kind = (made) => (made === step ? 'step' : made.includes('d') ? 'loss' : 'nothing');
  const letters = submits.map(({ made }) => kind(made)[0]).join('');
  const losses = [...letters.matchAll(/l[ln]*/g)].map(({ index }) => index);
  const between = letters.slice(losses[0], losses.at(-1));
  const taken = [...between].filter((letter) => letter === 's').length;
  const following = submits.filter((_, i) => letters[i] === 's' && letters[i - 1] === 's');
  const each = counted(following.map(({ calls }) => calls).join(''));
  const share = (number) => Number((number / taken).toFixed(3));
  return {
    step: counted(step), taken, measured: losses.length,
    submits: share(between.length), uploads: share(each.uploads), reads: share(each.reads),
  };
}

/** Keeps the device that the engine will ask for where a test can reach it. */
const KEEP_THE_DEVICE = `if (self.GPUAdapter && !self.keepsDevice) {
  self.keepsDevice = true;
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...wishes) {
    return (self.keptDevice = await requestDevice.apply(this, wishes));
  };
}
`;

/** Puts a script before the GPU engine's own. */
const before = (script) => (context) =>
  context.route(
    (url) => /\/trainer-gpu[^/]*\.m?js$/.test(url.pathname),
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: script + (await response.text()) });
    },
  );
