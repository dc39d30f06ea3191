// A worker that has trained many times takes no more memory than one that has trained a few times.
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
