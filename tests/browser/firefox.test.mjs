// One link, two browsers: Chromium and Firefox train to the same numbers with the same kind of SIMD, and to nearly the same with another.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { launch } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { firefox, firefoxPath } from './support/firefox.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';

const missing = firefoxPath() ? false : 'there is no Firefox here: tools/install.sh firefox, or FIREFOX=PATH';
const LINKS = [
  '#v=1&preset=spring&device=cpu&hidden=16&trajectories=10&steps=60&seed=3',
  '#v=1&preset=pendulum&device=cpu&hidden=24&trajectories=10&steps=60&seed=5',
];
const LONGEST_MS = 180_000;

let server;
before(async () => { server = await serve({ [SUB_PATH]: distFolder() }); });
after(() => server.close());

/** Whether an engine with relaxed SIMD was fetched after so many requests. */
const relaxedSince = (asked) => server.asked.slice(asked).some((path) => path.includes('trainer-cpu-relaxed'));

/** The table of losses as it is written: every digit counts. */
const rows = (table) => [...table.tBodies].flatMap((body) => [...body.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())));

/** With relaxed SIMD, which it has, or kept from it. */
async function inChromium(address, relaxed) {
  const browser = await launch(chromium, {});
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    let kept = 0;
    if (!relaxed) {
      await context.route('**/worker.js', async (route) => {
        const response = await route.fetch();
        const script = (await response.text()).replace('WebAssembly.validate(RELAXED)', 'false');
        kept += 1;
        await route.fulfill({ response, body: script });
      });
    }
    const orrery = new Orrery(await context.newPage());
    const asked = server.asked.length;
    await orrery.page.goto(address);
    await orrery.train(LONGEST_MS);
    assert.equal(relaxedSince(asked), relaxed, `the engine with relaxed SIMD, ${kept} loaders kept from it`);
    return await orrery.find('loss-history').evaluate(rows);
  } finally {
    await browser.close();
  }
}

async function inFirefox(address) {
  const browser = await firefox();
  try {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(address);
    const status = () => page.$eval('[data-testid=status]', (element) => element.dataset.status);
    await (await page.waitForSelector('[data-testid=train]', { timeout: LONGEST_MS })).click();
    const deadline = Date.now() + LONGEST_MS;
    while (!['finished', 'failed'].includes(await status())) {
      assert.ok(Date.now() < deadline, `the run did not end in Firefox: ${await status()}`);
      await sleep(100);
    }
    assert.equal(await status(), 'finished');
    assert.deepEqual(errors, []);
    return await page.$eval('[data-testid=loss-history]', rows);
  } finally {
    await browser.close();
  }
}

/** How far apart the numbers of two tables are, of themselves, at most. */
function apart(one, other) {
  assert.equal(one.length, other.length);
  const pairs = one.flatMap((row, i) => row.map((cell, j) => [Number(cell), Number(other[i][j])]));
  return Math.max(...pairs.filter(([x, y]) => x !== y).map(([x, y]) => Math.abs(x - y) / Math.abs(x)), 0);
}

for (const link of LINKS) {
  test(`${link} trains to the same losses in Chromium and Firefox`, { skip: missing, timeout: 3 * LONGEST_MS }, async (t) => {
    const address = server.origin + SUB_PATH + link;
    const [plain, relaxed] = [await inChromium(address, false), await inChromium(address, true)];
    assert.ok(plain.length > 2, `only ${plain.length} losses`);
    const asked = server.asked.length;
    const other = await inFirefox(address);
    const fused = relaxedSince(asked);
    t.diagnostic(`last losses: ${plain.at(-1).join(' ')}; Firefox has ${fused ? 'relaxed' : 'plain'} SIMD; relaxed and plain ${apart(plain, relaxed).toExponential(1)} apart`);
    assert.deepEqual(other, fused ? relaxed : plain);
    assert.ok(apart(plain, relaxed) < 1e-3);
  });
}
