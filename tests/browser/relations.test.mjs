// Interaction networks and hidden graphs: they train in workers, are asked about other sizes without training, and survive a worker's death.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const INTERACTIONS = '#v=1&preset=spring&page=interactions&in-steps=400&in-hidden=24';
const HIDDEN = '#v=1&preset=spring&page=hidden&nri-steps=600';

async function finished(orrery, longest = 120_000) {
  await orrery.press('train');
  await orrery.until('training ends', async () => (await orrery.find('status').getAttribute('data-status')) === 'finished', longest);
}

async function accessible(orrery) {
  await orrery.settled();
  const { violations } = await new AxeBuilder({ page: orrery.page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
}

claim('a scene moves before anything was trained', async ({ open }) => {
  const orrery = await open(INTERACTIONS);
  assert.equal(await orrery.find('in-scene').getAttribute('data-models'), 'constant_velocity');
  const first = await orrery.find('in-scene').screenshot();
  await orrery.page.waitForTimeout(500);
  assert.notDeepEqual(await orrery.find('in-scene').screenshot(), first);
  await accessible(orrery);
});

claim('interaction networks are asked about more bodies without training again', async ({ open }) => {
  const orrery = await open(INTERACTIONS);
  await finished(orrery);
  assert.equal(await orrery.number('steps'), 400);
  assert.ok((await orrery.number('in-ratio-in-6')) > 1, 'better than constant velocity after 400 steps');
  for (const bodies of [3, 6, 12]) assert.ok((await orrery.number(`in-ratio-in-${bodies}`)) > 0);
  await orrery.find('set-in-bodies').fill('12');
  const models = () => orrery.find('in-scene').getAttribute('data-models');
  await orrery.until('the network moves twelve', async () => (await models()).includes('in') && !(await models()).includes('mlp'), 10_000);
  assert.equal(await orrery.find('in-scene').getAttribute('data-bodies'), '12');
  assert.equal(await orrery.number('steps'), 400);
  await orrery.until('the address has it', async () => (await orrery.fragment()).includes('in-bodies=12'), 5000);
  await accessible(orrery);
});

claim('the link of an experiment opens it again', async ({ open }) => {
  const orrery = await open('#v=1&preset=in-balls&in-bodies=9');
  assert.equal(await orrery.find('set-in-domain').inputValue(), 'balls');
  assert.equal(await orrery.find('in-scene').getAttribute('data-bodies'), '9');
  const again = await open(new URL(orrery.page.url()).hash);
  assert.equal(await again.find('in-scene').getAttribute('data-bodies'), '9');
});

claim('a visitor guesses first, then the graph is inferred', async ({ open }) => {
  const orrery = await open(HIDDEN);
  assert.equal(await orrery.find('nri-scene').getAttribute('data-inferred'), 'false');
  await orrery.find('nri-guess-0').check();
  assert.equal(await orrery.find('nri-guessed').getAttribute('data-value'), null, 'nothing is given away before');
  await accessible(orrery);
  await finished(orrery);
  assert.ok((await orrery.number('nri-edges')) > 0.9, 'most edges are told right after 600 steps');
  assert.ok((await orrery.number('nri-graphs')) <= (await orrery.number('nri-edges')));
  const [best, known] = [await orrery.number('nri-projection'), await orrery.number('nri-least-squares')];
  assert.ok(best < (await orrery.number('nri-edges')) && known > 0.99);
  assert.ok((await orrery.number('nri-mse-inferred-20')) < (await orrery.number('nri-mse-full-20')));
  const right = await orrery.number('nri-guessed');
  assert.ok(right >= 0 && right <= 10);
  assert.equal(await orrery.number('nri-guess-right'), right, 'the guess is scored beside the network and what does without one');
  for (const id of ['nri-here', 'nri-here-projection', 'nri-here-least-squares']) {
    const value = await orrery.number(id);
    assert.ok(value >= 0 && value <= 10 && Math.abs(value - Math.round(value)) < 1e-6, `${id}: ${value}`);
  }
  await orrery.press('nri-next');
  await orrery.until('another motion is explained', async () => (await orrery.find('nri-scene').getAttribute('data-inferred')) === 'true', 10_000);
  await accessible(orrery);
});

claim('when the worker dies in mid-run, another goes on to the last step', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&page=hidden&nri-steps=1500');
  await orrery.press('train');
  await orrery.untilSteps(100);
  const [victim] = orrery.engines('trainer-networks');
  assert.ok(victim, 'a worker is at work');
  victim.evaluate(() => self.close()).catch(() => {}); // never answers: that is the point
  await orrery.until('a notice is given', async () => (await orrery.textIfAny('notice')) !== '', 60_000);
  await orrery.untilStatus('finished', 120_000);
  assert.equal(await orrery.stepsDone(), 1500);
  assert.ok((await orrery.number('nri-edges')) > 0.97);
});

claim('a pair is guessed by a click on one body and then on the other', async ({ open }) => {
  const orrery = await open(HIDDEN);
  await orrery.press('nri-hold');
  const scene = orrery.find('nri-scene');
  const { width, height } = await scene.boundingBox();
  const checked = () => orrery.find('nri-guess').locator('input:checked').count();
  const picked = async () => (await scene.getAttribute('data-picked')) ?? '';
  // Where bodies are is in the picture alone: click through a lattice of places, after the first body far from it.
  let first;
  for (let down = 0.03 * height; down < height && !(await checked()); down += 20) {
    for (let right = (width - height) / 2; right < (width + height) / 2 && !(await checked()); right += 20) {
      if (first && Math.hypot(right - first[0], down - first[1]) < 60) continue;
      await scene.click({ position: { x: right, y: down } });
      if (!first && (await picked())) first = [right, down];
    }
  }
  assert.equal(await picked(), '');
  assert.equal(await checked(), 1);
});

/** Frames of four bodies, pairs of which are joined by springs of length 0 and stiffness 0.1, as text. */
function springs({ edges = [[0, 1], [1, 2], [2, 3]], bodies = 4, frames = 160, velocities = false } = {}) {
  const x = Array.from({ length: bodies }, (_, i) => [Math.cos(2.4 * i) * (0.4 + 0.1 * i), Math.sin(2.4 * i) * 0.6]);
  const v = Array.from({ length: bodies }, (_, i) => [0.5 * Math.sin(1.3 * i + 1), 0.5 * Math.cos(1.3 * i + 1)]);
  const forces = () => {
    const f = x.map(() => [0, 0]);
    for (const [i, j] of edges) for (const k of [0, 1]) {
      const pull = 0.1 * (x[j][k] - x[i][k]);
      f[i][k] += pull;
      f[j][k] -= pull;
    }
    return f;
  };
  const names = x.flatMap((_, i) => [`x${i + 1}`, `y${i + 1}`, ...(velocities ? [`vx${i + 1}`, `vy${i + 1}`] : [])]);
  const rows = [['t', ...names].join(',')];
  const step = 0.01;
  for (let frame = 0; frame < frames; frame += 1) {
    const cells = x.flatMap((at, i) => [...at, ...(velocities ? v[i] : [])].map((value) => value.toFixed(6)));
    rows.push([(frame * 0.1).toFixed(1), ...cells].join(','));
    for (let part = 0; part < 10; part += 1) {
      // Velocity Verlet.
      forces().forEach((f, i) => f.forEach((value, k) => (v[i][k] += (value * step) / 2)));
      v.forEach((speed, i) => speed.forEach((value, k) => (x[i][k] += value * step)));
      forces().forEach((f, i) => f.forEach((value, k) => (v[i][k] += (value * step) / 2)));
    }
  }
  return rows.join('\n');
}

const asFile = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

claim('the graph of a motion of one’s own is inferred, as table and picture, without known truth', async ({ open, server }) => {
  const orrery = await open('#v=1&preset=nri-springs&nri-data=file');
  assert.ok((await orrery.text('nri-no-file')).includes('bring it here'));
  await orrery.find('nri-own-file').setInputFiles(asFile('swing.csv', springs()));
  await orrery.until('the file is read', async () => (await orrery.find('nri-file').count()) > 0, 30_000);
  assert.ok((await orrery.text('nri-file')).startsWith('swing.csv: 4 bodies, 160 frames, 0.1'), await orrery.text('nri-file'));
  assert.ok((await orrery.text('nri-file-remarks')).includes('computed from the positions'));
  assert.equal(await orrery.find('nri-scene').getAttribute('data-bodies'), '4');
  await orrery.find('nri-guess-0').check();
  await accessible(orrery);
  await finished(orrery);
  const probability = (pair) => orrery.number(`nri-pair-${pair}`);
  for (const [pair, edge] of [true, false, false, true, false, true].entries()) {
    const p = await probability(pair);
    assert.ok(edge ? p > 0.5 : p < 0.5, `pair ${pair}: ${p}`);
  }
  assert.equal(await orrery.find('nri-table').count(), 0, 'nothing is told right or wrong');
  assert.ok((await orrery.text('nri-sure')).startsWith('Sure of '));
  assert.equal(await orrery.find('nri-verdict').getAttribute('data-value'), 'holds');
  assert.ok((await orrery.number('nri-mse-inferred-20')) < (await orrery.number('nri-mse-full-20')));
  assert.equal(await orrery.find('nri-mse-true-20').count(), 0);
  assert.ok((await orrery.text('nri-guessed')).includes('agree'));
  await accessible(orrery);
  assert.ok(server.asked.every((path) => !path.includes('swing')), 'the file stays in the page');
});

claim('the shown motion can be saved, and read again as one’s own', async ({ open }) => {
  const orrery = await open('#v=1&preset=nri-springs&nri-data=file&nri-motion=3');
  const [download] = await Promise.all([orrery.page.waitForEvent('download'), orrery.press('nri-save')]);
  assert.equal(download.suggestedFilename(), 'motion.csv');
  await orrery.find('nri-own-file').setInputFiles(await download.path());
  await orrery.until('it is read', async () => (await orrery.find('nri-file').count()) > 0, 30_000);
  assert.ok((await orrery.text('nri-file')).includes('5 bodies, 69 frames, 0.1'), await orrery.text('nri-file'));
});

claim('a file that cannot be used gets a sentence that says what is expected, and what was shown stays', async ({ open }) => {
  const orrery = await open('#v=1&preset=nri-springs&nri-data=file');
  await orrery.find('nri-own-file').setInputFiles(asFile('good.csv', springs({ frames: 60, velocities: true })));
  await orrery.until('the file is read', async () => (await orrery.find('nri-file').count()) > 0, 30_000);
  const good = springs({ frames: 60 });
  const cut = (lines, from, cells) => lines.split('\n').map((line, at) => (at > from ? line.split(',').slice(0, cells).join(',') : line)).join('\n');
  const all = (bodies) => springs({ bodies, edges: [], frames: 60 });
  for (const [what, text, expected] of [
    ['missing columns', good.replace('y3', 'energy'), 'Body 3 has a column x3 but no y. Expected are both an x and a y for each body'],
    ['no body at all', 'a,b\n1,2\n3,4\n', 'Expected are an x and a y for each body under its number'],
    ['unequal lengths', cut(good, 40, 7), 'Column x4 ends after 40 of 60 rows. Expected is a number in every row for every body.'],
    ['one body', all(1), 'The file has one body (columns x1, y1). Expected are 3 to 10 bodies, each with an x and a y.'],
    ['eleven bodies', all(11), 'The file has 11 bodies'],
    ['too few rows', springs({ frames: 20 }), 'Expected are at least 45 such rows'],
    ['a picture', '\u0000\u0001PNG', 'not text'],
    ['nothing', '', 'empty'],
  ]) {
    await orrery.find('nri-own-file').setInputFiles(asFile('bad.csv', text));
    await orrery.until(`${what} is said`, async () => (await orrery.remarks()).some((remark) => remark.includes(expected)), 30_000);
    const [remark] = await orrery.remarks();
    assert.ok(remark.startsWith('bad.csv: ') && remark.endsWith('Nothing was changed.'), remark);
    assert.ok((await orrery.text('nri-file')).startsWith('good.csv: 4 bodies'), what);
  }
  // Larger than any that is read: refused before it is.
  const large = Buffer.alloc(21_000_000, '1,');
  await orrery.find('nri-own-file').setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: large });
  await orrery.until('its size is said', async () => (await orrery.remarks()).some((remark) => remark.includes('at most 20 MB')), 30_000);
  assert.ok((await orrery.text('nri-file')).startsWith('good.csv'));
});

claim('reading a large file does not freeze the page', async ({ open }) => {
  const orrery = await open('#v=1&preset=nri-springs&nri-data=file');
  await orrery.page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    const tick = (now) => {
      window.longest = Math.max(window.longest, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  // By its path: the content would otherwise be decoded by the page's own thread.
  const folder = mkdtempSync(join(tmpdir(), 'orrery-'));
  writeFileSync(join(folder, 'long.csv'), springs({ frames: 60_000 }));
  await orrery.find('nri-own-file').setInputFiles(join(folder, 'long.csv'));
  await orrery.until('the file is read', async () => (await orrery.find('nri-file').count()) > 0, 60_000);
  assert.ok((await orrery.text('nri-file-remarks')).includes('One of 150 rows is used'));
  const longest = await orrery.page.evaluate(() => window.longest);
  rmSync(folder, { recursive: true });
  assert.ok(longest < 1000, `the page stood still for ${longest} ms`);
});

for (const [preset, figure] of [
  ['in-balls&in-steps=60', 'in-ratio-in-6'],
  ['in-string&in-steps=60', 'in-ratio-in-15'],
  ['nri-charged&nri-steps=60', 'nri-edges'],
  ['ode-ring&ode-steps=60&ode-hidden=16', 'ode-rmse10-hogn'],
  ['srnn-chain-noisy&srnn-steps=60', 'srnn-rmse10-multi'],
  ['srnn-three-body&srnn-steps=60', 'srnn-rmse10-multi'],
]) {
  claim(`${preset.split('&')[0]} trains, has its figures, and its link opens it again`, async ({ open }) => {
    const orrery = await open(`#v=1&preset=${preset}`);
    await finished(orrery);
    assert.equal(await orrery.number('steps'), 60);
    await orrery.until('its figures are there', async () => (await orrery.number(figure)) > 0, 60_000);
    const link = await orrery.fragment();
    const again = await open(link);
    assert.deepEqual(await again.remarks(), []);
    assert.equal(await again.fragment(), link);
  });
}
