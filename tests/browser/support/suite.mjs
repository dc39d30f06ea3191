// One browser and one server per test file, one fresh context per opened page, and the same ending for every test:
// nothing left the origin, no policy was violated, no error was logged.
//
// It knows how to open the page and how to clean up. What the page should do is the tests' business.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { launch } from './chromium.mjs';
import { distFolder, SUB_PATH } from './dist.mjs';
import { Orrery } from './orrery.mjs';
import { serve } from './server.mjs';
import { complaintsAbout } from './watcher.mjs';

const LONGEST_TEST_MS = 120_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Prepares a test file and returns `claim(sentence, body, { timeout })`. The body is called with
 * - `open(fragment, { tolerated, prepare, ...contextOptions })`: opens the page in a fresh context and returns an
 *   Orrery; `prepare(context)` runs before the page loads, and complaints that match a `tolerated` pattern are expected;
 * - `server`, and `t`, the test's own context.
 */
export function suite({ webgpu = false } = {}) {
  let server;
  let browser;
  before(async () => {
    server = await serve({ [SUB_PATH]: distFolder() });
    browser = await launch(chromium, { webgpu });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  return function claim(sentence, body, { timeout = LONGEST_TEST_MS } = {}) {
    test(sentence, { timeout }, async (t) => {
      const visits = [];
      t.after(() => Promise.all(visits.map(({ context }) => context.close())));
      const open = async (fragment = '', options) => {
        const visit = await visitOf(browser, server, options);
        visits.push(visit);
        await visit.page.goto(server.origin + SUB_PATH + fragment);
        return new Orrery(visit.page);
      };
      try {
        await body({ open, server, t });
      } catch (error) {
        for (const complaint of visits.flatMap(({ complaints }) => complaints)) t.diagnostic(complaint);
        throw error;
      }
      for (const { complaints, tolerated } of visits) {
        const unexpected = complaints.filter((complaint) => !tolerated.some((pattern) => pattern.test(complaint)));
        assert.deepEqual(unexpected, [], 'the page did something it must never do');
      }
    });
  };
}

async function visitOf(browser, server, { tolerated = [], prepare, ...contextOptions } = {}) {
  // What is kept for use without a network would answer in place of the server that a test watches.
  const usual = { viewport: { width: 1366, height: 768 }, serviceWorkers: 'block' };
  const context = await browser.newContext({ ...usual, ...contextOptions });
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  const complaints = await complaintsAbout(context, server.origin);
  await prepare?.(context);
  return { context, complaints, tolerated, page: await context.newPage() };
}
