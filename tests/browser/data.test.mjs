// A visitor's own file, from the drop to a formula: read by a worker, shown, corrected, learned from. And a film, followed in the tab.
//
// What is understood of which file is for the Rust tests; here it is the way of a visitor, the clicks it takes, and what leaves the page.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** So few steps that the whole way is walked in seconds. */
const QUICK = '#v=1&preset=real-pendulum&device=cpu&steps=60&hidden=16&seconds=10';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Rows of t, q and p of a swing, `columns` of them. */
function swing({ rows = 240, columns = 'time (s),theta (rad),omega (rad/s)', row = (t, q, p) => [t, q, p] } = {}) {
  const lines = Array.from({ length: rows }, (_, i) => {
    const t = i / 12;
    return row(t, Math.cos(1.1 * t), -1.1 * Math.sin(1.1 * t), i).map((x) => (typeof x === 'number' ? x.toFixed(5) : x)).join(',');
  });
  return [columns, ...lines].join('\n');
}

const bring = (orrery, name, content) =>
  orrery.find('file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

const read = (orrery) => orrery.find('preview').waitFor();

/** Tabs, columns: what each column is now. */
const roles = (orrery, columns) => Promise.all(Array.from({ length: columns }, (_, i) => orrery.find(`role-${i}`).inputValue()));

claim('from a good file to a formula in four clicks, and nothing of it leaves the page', async ({ open, server }) => {
  const orrery = await open(QUICK);
  const sent = [];
  orrery.page.context().on('request', (request) => sent.push([request.method(), request.url(), request.postData()]));
  const before = server.asked.length;
  let clicks = 1;
  await bring(orrery, 'swing.csv', swing());
  await read(orrery);
  assert.match(await orrery.text('rows-used'), /240 of 240 rows/);
  assert.deepEqual(await roles(orrery, 3), ['time', 'q', 'p']);
  assert.match(await orrery.text('trials'), /240.*0\.0833.*5\.7/s, 'rows, step and period');
  clicks += 1;
  await orrery.press('use-file');
  await orrery.untilStatus('finished');
  assert.match(await orrery.text('recording'), /swing\.csv.*240 rows/);
  clicks += 1;
  await orrery.press('find-formula');
  await orrery.until('there is a law', async () => (await orrery.find('law').count()) > 0 && (await orrery.text('law')).length > 3, 60_000);
  assert.ok(clicks <= 4);
  // Files of the page itself are fetched, and nothing is sent.
  for (const [method, url, body] of sent) {
    assert.ok(method === 'GET' && body === null && !url.includes('?'), `${method} ${url}`);
    assert.ok(!/0\.99580|swing/.test(decodeURIComponent(url)), `${url} has something of the file in it`);
  }
  assert.ok(server.asked.slice(before).every((path) => /\.(js|wasm|css|svg|html)$|\/$/.test(path)), server.asked.slice(before).join(' '));
});

claim('every guess can be corrected, and corrections stay', async ({ open }) => {
  const orrery = await open(QUICK);
  const columns = 'time,angle,speed,trial';
  const row = (t, q, p, i) => [1000 * (t % 10), 57.29578 * q, 57.29578 * p, i < 120 ? 'A' : 'B'];
  await bring(orrery, 'two.csv', swing({ columns, row: (t, q, p, i) => row(t, 3 * q, 3 * p, i) }));
  await read(orrery);
  const trials = () => orrery.find('trials').locator('tbody tr').count();
  assert.deepEqual([await roles(orrery, 4), await trials()], [['time', 'q', 'p', 'trial'], 2]);
  // Both readings are shown, and one of them holds.
  assert.match(await orrery.text('question-1'), /degrees or radians.*In degrees.*rad, in radians/s);
  assert.equal(await orrery.find('answer-1-deg').getAttribute('aria-pressed'), 'true');
  await orrery.press('answer-1-rad');
  await orrery.until('radians hold', async () => (await orrery.find('file-unit-1').inputValue()) === 'rad');
  await orrery.until('the question stays with its answer', async () =>
    (await orrery.find('answer-1-rad').getAttribute('aria-pressed')) === 'true');
  await orrery.press('answer-1-deg');
  await orrery.find('role-2').selectOption('unused');
  await orrery.until('p is computed', async () => (await orrery.textIfAny('sentences')).includes('p was not measured'));
  assert.equal(await trials(), 2, 'the trials survive a change of a role');
  await orrery.find('left-out').fill('2-21');
  await orrery.find('left-out').press('Enter');
  await orrery.until('rows are left out', async () => (await orrery.text('rows-used')).startsWith('220 of 240'));
  assert.deepEqual([await roles(orrery, 4), await trials()], [['time', 'q', 'unused', 'trial'], 2]);
  await orrery.find('file-unit-0').fill('parsecs');
  await orrery.find('file-unit-0').press('Enter');
  await orrery.until('a sentence', async () => (await orrery.textIfAny('not-understood')).includes('parsecs'));
  assert.ok(await orrery.find('use-file').isDisabled());
  await orrery.find('file-unit-0').fill('');
  await orrery.find('file-unit-0').press('Enter');
  await orrery.until('it is read again', async () => (await orrery.text('rows-used')).startsWith('220 of 240'));
  await orrery.press('use-file');
  await orrery.untilStatus('finished');
  await orrery.press('unfold-file');
  assert.equal(await orrery.find('left-out').inputValue(), '2-21', 'what was decided is still there');
});

claim('where nothing could be guessed the first rows are shown and columns chosen', async ({ open }) => {
  const orrery = await open(QUICK);
  await bring(orrery, 'odd.csv', swing({ columns: 'foo,bar', row: (t, q) => [q, 100 - t] }));
  await orrery.find('not-understood').waitFor();
  assert.match(await orrery.text('columns'), /foo.*bar.*1\.00000|foo.*bar.*1/s);
  await orrery.find('role-0').selectOption('q');
  await orrery.find('role-1').selectOption('time');
  await orrery.until('it is understood', async () => (await orrery.text('rows-used')).includes('240 of 240'));
  await orrery.press('use-file');
  await orrery.untilStatus('finished');
});

claim('a table is pasted anywhere or into its box, and one without a motion goes to the search', async ({ open }) => {
  const orrery = await open(QUICK);
  const paste = (text) =>
    orrery.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
  await orrery.find('train').waitFor();
  await paste(swing().replaceAll(',', '\t'));
  await read(orrery);
  assert.match(await orrery.text('preview'), /pasted text/);
  await orrery.press('drop-file');
  await orrery.find('paste').fill(swing({ rows: 100 }));
  await orrery.press('read-paste');
  await orrery.until('it is read', async () => (await orrery.textIfAny('rows-used')).includes('100 of 100'));
  await paste('L (m),T (s)\n0.2,0.9\n0.4,1.27\n0.6,1.55\n0.8,1.79\n1.0,2.01\n');
  await orrery.find('not-understood').waitFor();
  await orrery.press('search-file');
  await orrery.until('the search has its table', async () => /pasted text: 5 rows/.test(await orrery.textIfAny('source-note')), 20_000);
});

claim('a file of 20 MB is read or refused while the page goes on moving', async ({ open }) => {
  const orrery = await open(QUICK);
  const wide = (t, q, p) => [t, q, p, ...Array.from({ length: 20 }, (_, k) => q * k)];
  const names = `time (s),theta (rad),omega (rad/s),${Array.from({ length: 20 }, (_, k) => `n${k}`).join(',')}`;
  const long = swing({ rows: 98_000, columns: names, row: wide });
  assert.ok(long.length > 15e6 && long.length < 20e6, `${long.length} bytes`);
  await orrery.page.evaluate(() => {
    globalThis.longest = 0;
    let last = performance.now();
    const frame = (now) => {
      globalThis.longest = Math.max(globalThis.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  // From a path: a buffer would be sent through the very page that is watched.
  const file = join(mkdtempSync(join(tmpdir(), 'orrery-')), 'long.csv');
  writeFileSync(file, long);
  // The worker is here before the clock runs.
  await bring(orrery, 'small.csv', swing());
  await read(orrery);
  await orrery.page.evaluate(() => (globalThis.longest = 0));
  const begun = Date.now();
  await orrery.find('file').setInputFiles(file);
  await orrery.until('it is read', async () => (await orrery.textIfAny('rows-used')).includes('98000 of 98000'), 60_000);
  const seconds = (Date.now() - begun) / 1000;
  const longest = await orrery.page.evaluate(() => globalThis.longest);
  console.log(`   ${(long.length / 1e6).toFixed(1)} MB: ${seconds.toFixed(1)} s, longest time between two frames ${longest.toFixed(0)} ms`);
  assert.ok(longest < 1000, `the page stood still for ${longest} ms`);
  await bring(orrery, 'larger.csv', Buffer.alloc(20_000_001, '1,2\n'));
  await orrery.until('a sentence', async () => (await orrery.remarks()).some((said) => said.includes('at most 20 MB')));
});

for (const [where, screen] of Object.entries({ 'on a phone': PHONE, 'in the dark': { colorScheme: 'dark' } })) {
  claim(`axe finds nothing in what was understood ${where}, and nothing is wider than the screen`, async ({ open }) => {
    const orrery = await open(QUICK, screen);
    await bring(orrery, 'angles.csv', swing({ columns: 'time,angle,speed', row: (t, q, p) => [1000 * t, 180 * q, 180 * p] }));
    await read(orrery);
    await orrery.page.evaluate(() => document.querySelectorAll('[data-testid=preview] details').forEach((fold) => (fold.open = true)));
    await orrery.settled();
    const { violations } = await new AxeBuilder({ page: orrery.page }).withTags(RULES).analyze();
    assert.deepEqual(violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`), []);
    const overhang = await orrery.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overhang, 0);
  });
}

// A film of a pendulum whose motion is known: pivot, length and amplitude in pixels and radians, and pictures a second.
const FILM = { width: 320, height: 240, pivot: [160, 30], length: 140, amplitude: 0.6, period: 1.6, rate: 25, seconds: 4 };
const angleAt = (t) => FILM.amplitude * Math.cos((2 * Math.PI * t) / FILM.period);
const bobAt = (t) => [FILM.pivot[0] + FILM.length * Math.sin(angleAt(t)), FILM.pivot[1] + FILM.length * Math.cos(angleAt(t))];

/** The pictures of the film, raw: a dark disc with a smooth edge on a light ground; behind a post where it is `hidden`. */
function pictures(hidden) {
  const { width, height, rate, seconds } = FILM;
  const frames = Buffer.alloc(width * height * 3 * rate * seconds, 225);
  for (let i = 0; i < rate * seconds; i += 1) {
    const [x, y] = bobAt(i / rate);
    if (hidden(i)) continue;
    for (let v = Math.floor(y) - 12; v <= y + 12; v += 1) {
      for (let u = Math.floor(x) - 12; u <= x + 12; u += 1) {
        const part = Math.min(1, Math.max(0, 9.5 - Math.hypot(u + 0.5 - x, v + 0.5 - y)));
        const at = 3 * ((i * height + v) * width + u);
        [30, 40, 150].forEach((colour, channel) => (frames[at + channel] = Math.round(225 + part * (colour - 225))));
      }
    }
  }
  return frames;
}

const ffmpeg = process.env.FFMPEG ?? 'ffmpeg';
const encoder = spawnSync(ffmpeg, ['-version']).status === 0 ? undefined : 'ffmpeg is not installed, so there is no film to follow';

/** The film as a file of a kind that Chromium plays. */
function film(codec, hidden) {
  const file = join(mkdtempSync(join(tmpdir(), 'orrery-')), 'pendulum.webm');
  const { width, height, rate } = FILM;
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', `${rate}`, '-i', '-'];
  const made = spawnSync(ffmpeg, ['-y', '-loglevel', 'error', ...raw, '-c:v', codec, '-b:v', '3M', file], { input: pictures(hidden) });
  assert.equal(made.status, 0, made.stderr?.toString());
  return readFileSync(file);
}

/** Clicks a place of the film, in its pixels. */
async function mark(orrery, [x, y]) {
  const box = await orrery.find('film').boundingBox();
  await orrery.find('film').click({ position: { x: (x * box.width) / FILM.width, y: (y * box.height) / FILM.height } });
}

for (const [codec, name] of [['libvpx', 'VP8'], ['libvpx-vp9', 'VP9']]) {
  claim(`a pendulum in a film (${name}) is followed, and its angle is a recording`, async ({ open, t }) => {
    if (encoder) return t.skip(encoder);
    const orrery = await open(QUICK);
    const lost = [40, 41];
    const buffer = film(codec, (i) => lost.includes(i));
    await orrery.find('file').setInputFiles({ name: 'pendulum.webm', mimeType: 'video/webm', buffer });
    await orrery.find('film').waitFor();
    // It is still there after a look at another page.
    await orrery.visit('molecules');
    await orrery.find('film').waitFor({ state: 'detached' });
    await orrery.visit('learning');
    await orrery.find('film').waitFor();
    await mark(orrery, [40, 200]);
    await orrery.until('a sentence', async () => (await orrery.text('film-said')).includes('does not stand out'));
    assert.ok(await orrery.find('film-track').isDisabled());
    await mark(orrery, bobAt(0));
    await orrery.until('the spot is found', async () => (await orrery.text('film-said')).includes('found'));
    // Another beginning: nothing can be followed from the moment on at which the film is on its way there.
    const waits = await orrery.page.evaluate(() => {
      const of = (id) => document.querySelector(`[data-testid="${id}"]`);
      const before = of('film-track').disabled;
      of('film-start').value = '0';
      of('film-start').dispatchEvent(new Event('input'));
      return [before, of('film-track').disabled];
    });
    assert.deepEqual(waits, [false, true]);
    await mark(orrery, bobAt(0));
    await orrery.until('the spot is found again', async () => orrery.find('film-track').isEnabled());
    await orrery.find('film-scale').check();
    await mark(orrery, FILM.pivot);
    await mark(orrery, [FILM.pivot[0], FILM.pivot[1] + FILM.length]);
    await orrery.find('film-length').fill('0.7');
    await orrery.find('film-origin').check();
    await mark(orrery, FILM.pivot);
    await orrery.find('film-pivot').check();
    await orrery.press('film-track');
    assert.ok(await orrery.find('film-start').isDisabled(), 'where to begin is no question while it is followed');
    await read(orrery);
    const used = (await orrery.text('rows-used')).match(/(\d+) of (\d+)/).slice(1).map(Number);
    const all = FILM.rate * FILM.seconds;
    assert.deepEqual(used, [all - lost.length, all], 'no picture is missed, and those without the spot are left out');
    assert.match(await orrery.textIfAny('sentences'), /Lines? 42.* left out|angle is empty/);
    assert.deepEqual(await roles(orrery, 4), ['time', 'q', 'unused', 'unused']);
    const cells = await orrery.find('trials').locator('tbody td').allTextContents();
    const [, step, amplitude, period] = cells.map(Number);
    assert.ok(Math.abs(step - 1 / FILM.rate) < 1e-3, `step ${step}`);
    // A click is a pixel or two off, which is a hundredth of the length.
    assert.ok(Math.abs(amplitude - FILM.amplitude) < 0.02, `amplitude ${amplitude}`);
    assert.ok(Math.abs(period - FILM.period) < 0.01, `period ${period}`);
    await orrery.press('use-file');
    await orrery.untilStatus('finished');
  });
}

claim('a film that cannot be decoded gets a sentence, and one that is left leaves nothing', async ({ open }) => {
  const orrery = await open(QUICK, { tolerated: [/blob:/, /Failed to load resource/] });
  const buffer = Buffer.alloc(5000, 7);
  await orrery.find('file').setInputFiles({ name: 'broken.mp4', mimeType: 'video/mp4', buffer });
  await orrery.until('a sentence', async () => (await orrery.remarks()).some((said) => /broken\.mp4.*cannot decode.*WebM/.test(said)), 30_000);
  assert.equal(await orrery.find('film-panel').count(), 0);
  await sleep(100);
  assert.equal(await orrery.status(), 'idle');
});
