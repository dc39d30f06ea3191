// Runs are kept: beyond a reload, a bad record, a full store, a browser that stores nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite } from './support/suite.mjs';

const claim = suite();
const SMALL = '#v=1&preset=spring&device=cpu&steps=60&hidden=8';
const LONG = '#v=1&preset=spring&device=cpu&steps=20000&hidden=64';

/** What the browser's store holds, by key: how many bytes. */
function stored(orrery) {
  return orrery.page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('orrery', 1);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const runs = opening.result.transaction('runs').objectStore('runs');
          const [keys, values] = [runs.getAllKeys(), runs.getAll()];
          values.onsuccess = () => {
            opening.result.close();
            resolve(Object.fromEntries(keys.result.map((key, i) => [key, values.result[i].length])));
          };
        };
      }),
  );
}

/** Names of the runs in the table, newest first. */
function names(orrery) {
  return orrery.find('runs').locator('tbody th').allTextContents();
}

claim('a reload in the middle of training offers the run again from its last checkpoint', async ({ open }) => {
  const orrery = await open(LONG);
  await orrery.press('train');
  await orrery.until('the run is stored', async () => Object.keys(await stored(orrery)).length === 1);
  const [name] = await names(orrery);
  await orrery.page.reload();
  await orrery.find('offer').waitFor();
  assert.match(await orrery.text('offer'), new RegExp(`${name}.*at step \\d+ of 20000`));
  assert.equal(await orrery.status(), 'idle', 'nothing starts by itself');
  const step = Number(/at step (\d+)/.exec(await orrery.text('offer'))[1]);
  await orrery.press('offer-go-on');
  await orrery.untilStatus('training');
  await orrery.untilSteps(step + 200);
  await orrery.press('pause');
  await orrery.untilStatus('paused');
  const history = await orrery.lossHistory();
  assert.equal(history[0][0], 0, 'its losses are whole');
  assert.deepEqual(await names(orrery), [name], 'it is the same run');
});

claim('the table says what changed, draws curves over one another, and a change can be undone', async ({ open }) => {
  const orrery = await open(SMALL);
  await orrery.train();
  const [first] = await names(orrery);
  await orrery.press('new-seed');
  await orrery.find('ended').waitFor();
  await orrery.press('undo-change');
  await orrery.untilStatus('finished');
  assert.equal(await orrery.text('seed'), 'seed 0');
  assert.ok(Number.isFinite(await orrery.number('energy-hnn')), 'with its figures');
  await orrery.press('new-seed');
  await orrery.train();
  const [second] = await names(orrery);
  assert.notEqual(first, second);
  assert.match(await orrery.text(`run-${second}`), /seed 0 → 1/);
  await orrery.find(`overlay-${first}`).check();
  await orrery.find(`overlay-${second}`).check();
  await orrery.find('overlay').locator('canvas').waitFor();
  await orrery.press(`delete-${first}`);
  assert.deepEqual(await names(orrery), [second]);
  await orrery.press('take-back');
  assert.deepEqual(await names(orrery), [second, first]);
  await orrery.press('forget-all');
  await orrery.until('the store is empty', async () => Object.keys(await stored(orrery)).length === 0);
  assert.equal(await orrery.find('runs').count(), 0);
});

claim('a run is saved as a file and brought back in another browser', async ({ open }) => {
  const orrery = await open(SMALL);
  await orrery.train();
  const [name] = await names(orrery);
  const error = await orrery.number('energy-hnn');
  const [download] = await Promise.all([orrery.page.waitForEvent('download'), orrery.press(`save-${name}`)]);
  const buffer = readFileSync(await download.path());
  const other = await open('#v=1&preset=pendulum&device=cpu');
  await other.find('file').setInputFiles({ name: `${name}.run`, mimeType: 'application/octet-stream', buffer });
  await other.untilStatus('finished');
  assert.deepEqual(await names(other), [name]);
  await other.until('its figures are there', async () => Number.isFinite(await other.number('energy-hnn')));
  assert.ok(Math.abs((await other.number('energy-hnn')) / error - 1) < 1e-9, 'the same figures from the same weights');
  await other.find('file').setInputFiles({ name: 'cut.run', mimeType: 'application/octet-stream', buffer: buffer.subarray(0, 900) });
  await other.until('a sentence', async () => (await other.remarks()).some((said) => /cut\.run: this run is damaged/.test(said)));
});

claim('a run is forked from an earlier checkpoint with the settings of now', async ({ open }) => {
  const orrery = await open(LONG.replace('20000', '6000'));
  await orrery.press('train');
  await orrery.untilSteps(2500);
  await orrery.press('pause');
  await orrery.untilStatus('paused');
  const [name] = await names(orrery);
  const options = orrery.find(`run-${name}`).locator('select');
  const labels = await options.locator('option').allTextContents();
  assert.ok(labels.length >= 3, `checkpoints to choose from: ${labels}`);
  await options.selectOption({ index: 1 });
  await orrery.until('the fork trains', async () => (await names(orrery)).length === 2);
  const [fork] = await names(orrery);
  assert.match(await orrery.text(`run-${fork}`), new RegExp(`forked from ${name} at ${labels[1]}`));
  await orrery.untilStatus('training');
});

claim('a bad record locks nobody out', async ({ open }) => {
  const orrery = await open(SMALL);
  await orrery.train();
  await orrery.until('the run is stored', async () => Object.keys(await stored(orrery)).length === 1);
  await orrery.page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('orrery', 1);
        opening.onsuccess = () => {
          const writing = opening.result.transaction('runs', 'readwrite');
          writing.objectStore('runs').put(new Uint8Array([1, 2, 3]), 70);
          writing.objectStore('runs').put('no bytes at all', 71);
          writing.objectStore('runs').put(new TextEncoder().encode('orrery run\u0001 and nonsense'), 72);
          writing.oncomplete = () => (opening.result.close(), resolve());
        };
      }),
  );
  await orrery.page.reload();
  await orrery.until('a sentence', async () => (await orrery.remarks()).some((said) => said.includes('3 kept runs could not be read')));
  await orrery.until('they are gone', async () => Object.keys(await stored(orrery)).length === 1);
  await orrery.train();
  assert.equal((await names(orrery)).length, 2);
});

claim('a full store and a browser that stores nothing cost the visitor a sentence', async ({ open }) => {
  const full = await open(SMALL, {
    prepare: (context) =>
      context.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('no room', 'QuotaExceededError');
        };
      }),
  });
  await full.train();
  assert.match(await full.text('store-fails'), /until this page is closed: the browser's store is full/);
  // A store that is full for the browser itself: Chromium takes what is written and gives it up at the end.
  const small = await open(SMALL);
  const browser = await small.page.context().newCDPSession(small.page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(small.page.url()).origin, quotaSize: 1 });
  await small.train();
  await small.until('it says so', async () => /this page is closed/.test(await small.textIfAny('store-fails')));
  const none = await open(SMALL, {
    prepare: (context) =>
      context.addInitScript(() => {
        Object.defineProperty(window, 'indexedDB', {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      }),
  });
  await none.train();
  assert.match(await none.text('store-fails'), /until this page is closed: the browser does not store them/);
});
