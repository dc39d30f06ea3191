// Without a network, and while the page is updated: what was visited once goes on working, and no tab gets files of two builds.
//
// Each test serves releases of its own. That nothing is kept on plain http, where browsers allow no service worker, is tested too:
// the page has to do without.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { launch } from './support/chromium.mjs';
import { Orrery } from './support/orrery.mjs';
import { release } from './support/releases.mjs';
import { serve } from './support/server.mjs';
import { complaintsAbout } from './support/watcher.mjs';

const PATH = '/class/orrery/';
const SPRING = '#v=1&preset=spring&device=cpu&hidden=8&steps=40';
const PLAIN = 'orrery.test';
const WITHIN = { timeout: 600_000 };

let browser;
before(async () => {
  browser = await launch(chromium, { args: [`--host-resolver-rules=MAP ${PLAIN} 127.0.0.1`] });
});
after(() => browser?.close());

/** A server of a first release, a browser context, and the end of both. */
async function begin(t, { host } = {}) {
  const first = release('first');
  const server = await serve({ [PATH]: first.folder });
  const origin = host ? server.origin.replace('127.0.0.1', host) : server.origin;
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(15_000);
  const complaints = await complaintsAbout(context, origin);
  const releases = [first];
  t.after(async () => {
    await context.close();
    await server.close().catch(() => {});
    releases.forEach(({ remove }) => remove());
  });
  const open = async (fragment = SPRING) => {
    const page = await context.newPage();
    await page.goto(origin + PATH + fragment);
    await page.getByTestId('train').waitFor();
    return new Orrery(page);
  };
  const deploy = (mark) => {
    const next = release(mark);
    releases.push(next);
    server.mounts = { [PATH]: next.folder };
    return next;
  };
  return { first, server, context, complaints, open, deploy };
}

/** What the service worker tells about what it has kept; nothing where it was replaced by the next one meanwhile. */
const ask = (page, question) =>
  page.evaluate(async (question) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => {
      port1.onmessage = ({ data }) => {
        if (!('fetched' in data)) resolve(data);
      };
    });
    active.postMessage({ ask: question }, [port2]);
    return Promise.race([answer, new Promise((replaced) => setTimeout(replaced, 2000, {}))]);
  }, question);

/** Looks into the browser's store: asking the service worker all the time would keep the old one from giving way. */
const untilKept = (orrery, id) =>
  orrery.until('the release is kept', () => orrery.page.evaluate(async (id) => {
    const registration = await navigator.serviceWorker.getRegistration();
    const list = await caches.match(`b/${id}/files.json`);
    return Boolean(list) && registration?.active?.state === 'activated' && !registration.installing && !registration.waiting;
  }, id), 180_000);

const buildOf = (orrery) => orrery.page.evaluate(() => document.querySelector('meta[name="orrery-files"]').content.split('/')[1]);

test('after one visit everything but the engine for the graphics card works without a network, and that too once it was kept', WITHIN, async (t) => {
  const { first, server, context, complaints, open } = await begin(t);
  const orrery = await open();
  await untilKept(orrery, first.id);
  const { later } = await ask(orrery.page, 'state');
  assert.ok(later.bytes > 0 && !later.kept, 'the large engine is not fetched unasked');
  assert.deepEqual(await ask(orrery.page, 'later'), { done: true });
  assert.equal((await ask(orrery.page, 'state')).later.kept, true);

  const kept = await orrery.page.evaluate(async (id) => (await (await caches.match(`b/${id}/files.json`)).json()).map(({ path }) => path), first.id);
  const engines = kept.filter((path) => /trainer-(cpu|graph|networks)\S*\.wasm$/.test(path));
  assert.ok(engines.length === 3 && engines.every((path) => path.includes('-relaxed')), `of the twins those of this browser alone are kept: ${engines}`);

  await server.close();
  await orrery.page.reload();
  await orrery.find('train').waitFor();
  await orrery.train();
  const engine = await orrery.page.evaluate(async () => {
    const { content } = document.querySelector('meta[name="orrery-files"]');
    return (await (await fetch(`${content}trainer-gpu_bg.wasm`)).arrayBuffer()).byteLength;
  });
  assert.ok(engine > 0);

  for (const key of ['integrators', 'molecules', 'graph', 'interactions', 'hidden', 'ode', 'recurrent', 'formula', 'learning']) {
    await orrery.page.evaluate((fragment) => (location.hash = fragment), `#v=1&preset=spring&page=${key}`);
    await orrery.page.locator('main canvas').first().waitFor();
  }
  await orrery.page.goto(orrery.page.url().split('#')[0] + '#v=1&preset=pendulum&page=formula');
  await orrery.press('search');
  await orrery.until('Newton’s law is found', async () => (await orrery.find('search-status').getAttribute('data-status')) === 'exact', 60_000);
  const slides = await context.newPage();
  await slides.goto(orrery.page.url().split('#')[0] + 'slides.html');
  assert.ok((await slides.locator('section.card').count()) > 20);
  assert.notEqual(await slides.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor), 'rgba(0, 0, 0, 0)', 'it has its style');
  assert.deepEqual(complaints, []);
});

test('a host that sends documents on to names without an ending can be visited again, with a network and without', WITHIN, async (t) => {
  const { first, server, context, complaints, open } = await begin(t);
  server.hidesEndings = true;
  const orrery = await open();
  await untilKept(orrery, first.id);
  const base = orrery.page.url().split('#')[0];
  const opens = async (name, shown) => {
    const page = await context.newPage();
    await page.goto(base + name);
    await page.locator(shown).first().waitFor();
    await page.close();
  };
  for (const network of [true, false]) {
    if (!network) await server.close();
    await opens('lesson.html', '[data-testid="lesson-laws"]');
    await opens('slides.html', 'section.card');
    await opens(`index.html${SPRING}`, '[data-testid="train"]');
    await opens(SPRING, '[data-testid="train"]');
  }
  assert.deepEqual(complaints, []);
});

test('two deployments in a row with open tabs: each tab goes on with its own files, a new one gets the new ones', WITHIN, async (t) => {
  const { first, server, complaints, open, deploy } = await begin(t);
  const oldest = await open();
  await untilKept(oldest, first.id);

  const second = deploy('second');
  const older = await open();
  assert.equal(await buildOf(older), second.id);
  await oldest.train();
  await older.train();
  await untilKept(older, second.id);

  const third = deploy('third');
  const newest = await open();
  assert.equal(await buildOf(newest), third.id);
  await untilKept(newest, third.id);
  // Workers of kinds that the tabs have not asked for yet come from the builds of the tabs.
  for (const [orrery, id] of [[oldest, first.id], [older, second.id], [newest, third.id]]) {
    const before = server.asked.length;
    await orrery.page.evaluate((fragment) => (location.hash = fragment), '#v=1&preset=pendulum&page=formula');
    await orrery.press('search');
    await orrery.until('a law is found', async () => (await orrery.find('search-status').getAttribute('data-status')) === 'exact', 60_000);
    assert.equal(await buildOf(orrery), id);
    const strangers = server.asked.slice(before).filter((path) => path.startsWith(`${PATH}b/`) && !path.includes(third.id));
    assert.deepEqual(strangers, [], 'nothing is asked for that the server does not have any more');
  }
  assert.deepEqual(server.missed, []);
  assert.deepEqual(complaints, []);

  // Builds that no tab needs any more are given up with the next one.
  await oldest.page.close();
  await older.page.close();
  const fourth = deploy('fourth');
  const last = await open();
  await untilKept(last, fourth.id);
  await last.until('older builds are gone', async () => (await last.page.evaluate(() => caches.keys())).length === 2, 15_000);
  assert.deepEqual((await last.page.evaluate(() => caches.keys())).sort(), [fourth.id, third.id].map((id) => `orrery ${id}`).sort());
});

test('a file that is not the one of its build is not kept, and nothing is started from it', WITHIN, async (t) => {
  const { first, server, open } = await begin(t);
  const { appendFileSync } = await import('node:fs');
  appendFileSync(`${first.folder}/b/${first.id}/writer.js`, '\n// changed on the way\n');
  const orrery = await open();
  await orrery.until('the worker was tried', async () => server.asked.filter((path) => path.endsWith('writer.js')).length > 0, 60_000);
  await orrery.train();
  const kept = await orrery.page.evaluate(async (id) => {
    const cache = await caches.open(`orrery ${id}`);
    return (await cache.keys()).map(({ url }) => url).filter((url) => url.endsWith('writer.js'));
  }, first.id);
  assert.deepEqual(kept, []);
  assert.equal(await orrery.page.evaluate(() => navigator.serviceWorker.controller), null);
});

test('a sign-in page of a wireless network does not take the place of a page that was kept', WITHIN, async (t) => {
  const { first, server, complaints, open } = await begin(t);
  const orrery = await open();
  await untilKept(orrery, first.id);
  const { mkdtempSync, writeFileSync } = await import('node:fs');
  const portal = mkdtempSync('/tmp/orrery-portal-');
  writeFileSync(`${portal}/index.html`, '<!doctype html><title>Sign in</title><p>Please sign in.');
  server.mounts = { [PATH]: portal };
  await orrery.page.reload();
  await orrery.train();
  assert.deepEqual(complaints, []);
});

test('on plain http there is no service worker, and everything else works: training, copying a link', WITHIN, async (t) => {
  const { complaints, open } = await begin(t, { host: PLAIN });
  const orrery = await open();
  assert.equal(await orrery.page.evaluate(() => isSecureContext), false);
  assert.equal(await orrery.page.evaluate(() => 'serviceWorker' in navigator || 'clipboard' in navigator), false);
  await orrery.press('copy-link');
  await orrery.until('the link is copied', async () => (await orrery.page.locator('header .copied').textContent()) === 'Copied', 5000);
  await orrery.train();
  assert.ok((await orrery.stepsDone()) > 0);
  assert.deepEqual(complaints, []);
});
