// A run survives what happens to its engine: a worker that dies, a worker that hangs, a GPU that is not there.
//
// Losing a GPU in mid-run needs one: that is in webgpu.test.mjs.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();
const STEPS = 400;
const LONG_RUN = `#v=1&preset=spring-paper&device=cpu&steps=${STEPS}`;
const NOTICED_WITHIN_MS = 15_000; // the page promises about six seconds of silence; the machine may be slow

for (const [fate, harm] of Object.entries({
  dies: () => self.close(),
  hangs: () => {
    for (;;);
  },
})) {
  claim(`when an engine ${fate} in mid-run, it is replaced and the run goes on to its last step`, async ({ open }) => {
    const orrery = await open(LONG_RUN);
    await orrery.press('train');
    await orrery.untilSteps(20);
    const [victim] = orrery.engines('trainer-cpu');
    assert.ok(victim, 'a CPU engine is at work');
    victim.evaluate(harm).catch(() => {}); // never answers: that is the point
    await orrery.until('a notice is given', async () => (await orrery.textIfAny('notice')) !== '', NOTICED_WITHIN_MS);
    assert.ok((await orrery.stepsDone()) < STEPS, 'the run was still going');
    await orrery.untilStatus('finished', 90_000);

    assert.equal(await orrery.stepsDone(), STEPS);
    const steps = (await orrery.lossHistory()).map(([step]) => step);
    assert.deepEqual(steps, [...new Set(steps)].sort((a, b) => a - b), 'every step is in the table once');
    assert.ok((await orrery.lossHistory()).flat().every(Number.isFinite), 'the table has no gaps');
  });
}

claim('a page that may not use a GPU says so and trains on the CPU', async ({ open, server, t }) => {
  const asked = server.asked.length;
  const orrery = await open('#v=1&preset=spring&models=hnn&device=gpu&steps=40');
  const adapter = await orrery.page.evaluate(async () => !!(await navigator.gpu?.requestAdapter()));
  if (adapter) return t.skip('this browser has a GPU without being asked for one');
  await orrery.train();
  assert.equal(await orrery.stepsDone(), 40);
  const said = `${await orrery.textIfAny('notice')} ${await orrery.textIfAny('device-note')}`;
  assert.match(said, /CPU/, `it said: ${said}`);
  const fetched = server.asked.slice(asked);
  assert.ok(fetched.some((path) => /trainer-cpu.*\.wasm$/.test(path)), 'the CPU engine was fetched');
});
