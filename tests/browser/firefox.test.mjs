// One link, two browsers: Chromium and Firefox train to the same numbers.

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

/** The table of losses as it is written: every digit counts. */
const rows = (table) => [...table.tBodies].flatMap((body) => [...body.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())));

async function inChromium(address) {
  const browser = await launch(chromium, {});
  try {
    const orrery = new Orrery(await browser.newPage());
    await orrery.page.goto(address);
    await orrery.train(LONGEST_MS);
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

for (const link of LINKS) {
  test(`${link} trains to the same losses in Chromium and Firefox`, { skip: missing, timeout: 2 * LONGEST_MS }, async (t) => {
    const address = server.origin + SUB_PATH + link;
    const [one, other] = [await inChromium(address), await inFirefox(address)];
    assert.ok(one.length > 2, `only ${one.length} losses`);
    t.diagnostic(`last losses: ${one.at(-1).join(' ')}`);
    assert.deepEqual(other, one);
  });
}
