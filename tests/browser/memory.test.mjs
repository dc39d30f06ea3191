// A worker that has trained many times takes no more memory than one that has trained a few times, and pictures that are drawn leave
// nothing behind.
//
// Wasm memory only grows, so its size is the most that was ever needed at once.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();
const RUNS = 200;
const SETTLED_AFTER = 20;
const LONGEST_MS = 400_000;

const memory = (orrery) => {
  const [engine] = orrery.engines('trainer-cpu');
  return engine.evaluate(() => self.engine.memory.buffer.byteLength);
};

claim(`after ${RUNS} runs a worker is as large as after ${SETTLED_AFTER}`, async ({ open, t }) => {
  const orrery = await open('#v=1&preset=spring&models=hnn&device=cpu&hidden=16&trajectories=10&steps=5');
  let settled;
  for (let run = 1; run <= RUNS; run += 1) {
    await orrery.train();
    if (run === SETTLED_AFTER) settled = await memory(orrery);
  }
  assert.equal(orrery.engines('trainer-cpu').length, 1, 'all runs were those of one worker');
  const last = await memory(orrery);
  t.diagnostic(`${settled} bytes after ${SETTLED_AFTER} runs, ${last} after ${RUNS}`);
  assert.equal(last, settled);
}, { timeout: LONGEST_MS });

/** How many JavaScript functions a page keeps, by its debugger, once what nobody holds is gone. */
async function functions(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { result } = await session.send('Runtime.evaluate', { expression: 'Function.prototype' });
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId, objectGroup: 'functions' });
  const { result: count } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId, functionDeclaration: 'function () { return this.length; }', returnByValue: true,
  });
  await session.send('Runtime.releaseObjectGroup', { objectGroup: 'functions' });
  return count.value;
}

claim('pictures that move leave no functions behind', async ({ open, t }) => {
  const orrery = await open('#v=1&preset=spring');
  const session = await orrery.page.context().newCDPSession(orrery.page);
  await session.send('HeapProfiler.enable');
  await orrery.page.waitForTimeout(3000);
  const before = await functions(session);
  await orrery.page.waitForTimeout(6000);
  const after = await functions(session);
  t.diagnostic(`${before} functions, ${after} six seconds later`);
  // At ten pictures a second there were sixty more, at sixty some hundreds.
  assert.ok(after - before <= 20, `${after - before} functions more`);
});
