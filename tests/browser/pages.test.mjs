// Orbits, measurements, integrators and molecules, as a visitor meets them.
//
// Whether the physics is right is for the Rust tests; here it is enough that the pages show it.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();

/** A swing that dies away slowly, as somebody would have recorded it. */
function swing(rows = 240) {
  const row = (i) => {
    const t = i / 12;
    const fade = Math.exp(-0.01 * t);
    return `${t.toFixed(4)},${(fade * Math.cos(1.1 * t)).toFixed(5)},${(-1.1 * fade * Math.sin(1.1 * t)).toFixed(5)}`;
  };
  return ['t (s),theta (rad),omega (rad/s)', ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');
}

claim('two bodies train, keep their numbers, and show another orbit when asked', async ({ open }) => {
  const orrery = await open('#v=1&preset=two-body&device=cpu&steps=40&trajectories=20');
  await orrery.train();
  for (const id of ['energy-baseline', 'energy-hnn', 'momentum-hnn', 'angular-momentum-hnn']) {
    assert.ok(Number.isFinite(await orrery.number(id)), `${id} is a number`);
  }
  await orrery.find('quantity').selectOption('angular momentum');
  await orrery.press('next-orbit');
  await orrery.until('the link names the orbit', async () => (await orrery.fragment()).includes('orbit=1'));
  assert.equal(await orrery.status(), 'finished', 'looking elsewhere restarts nothing');
});

claim('a double pendulum shows how two nearby starts come apart, and Hénon–Heiles its Poincaré section', async ({ open }) => {
  const pendulum = await open('#v=1&preset=double-pendulum&device=cpu&steps=40&trajectories=20');
  await pendulum.find('nearby-chart').waitFor();
  await pendulum.train();
  for (const id of ['energy-baseline', 'energy-hnn']) {
    assert.ok(Number.isFinite(await pendulum.number(id)), `${id} is a number`);
  }
  const ball = await open('#v=1&preset=henon-heiles&device=cpu&steps=40&trajectories=20');
  const crossings = async () => (await ball.find('poincare-section').getAttribute('data-value')) ?? '';
  assert.match(await crossings(), /^truth [1-9]\d\d/, 'the true section is there before anything is trained');
  await ball.train();
  await ball.until('the models have sections', async () => /baseline \d+, HNN \d+/.test(await crossings()));
  await ball.press('next-orbit');
  await ball.until('the link names the start', async () => (await ball.fragment()).includes('orbit=393'));
});

claim('a file is previewed, learned from, and travels in the link', async ({ open }) => {
  const orrery = await open('#v=1&preset=real-pendulum&device=cpu&steps=20&hidden=16');
  await orrery.find('file').setInputFiles({ name: 'swing.csv', mimeType: 'text/csv', buffer: Buffer.from(swing()) });
  await orrery.find('preview').waitFor();
  assert.match(await orrery.text('preview'), /240 of 240 rows are used/);
  assert.match(await orrery.text('recording'), /Generated/, 'nothing is learned from it yet');
  await orrery.press('use-file');
  assert.match(await orrery.text('recording'), /swing\.csv.*240 rows/);
  await orrery.untilStatus('finished');
  assert.ok(Number.isFinite(await orrery.number('energy-dissipative')));
  await orrery.until('the recording is in the link', async () => (await orrery.fragment()).includes('recording='));
  const again = await open(await orrery.fragment());
  assert.match(await again.text('recording'), /swing\.csv.*240 rows/);
  assert.deepEqual(await again.remarks(), []);
});

claim('a bad file gets a sentence, and what was there stays', async ({ open }) => {
  const orrery = await open('#v=1&preset=real-pendulum&device=cpu');
  await orrery.find('file').setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0, 1, 2]) });
  await orrery.until('a sentence', async () => (await orrery.remarks()).length > 0);
  assert.match((await orrery.remarks())[0], /photo\.csv.*Nothing was changed/);
  await orrery.find('paste').fill('t,theta\n0,1');
  await orrery.press('read-paste');
  // A table, though none of a motion: its row is shown, with a sentence.
  await orrery.until('it is shown', async () => (await orrery.textIfAny('not-understood')).includes('of 1 rows can be used'));
  assert.match(await orrery.text('recording'), /Generated/);
});

claim('integrators show their measured orders, on the true system and on what was learned', async ({ open }) => {
  const orrery = await open('#v=1&preset=pendulum&page=integrators&device=cpu&steps=60&hidden=16');
  for (const [scheme, order] of Object.entries({ leapfrog: 2, 'symplectic-euler': 1, 'implicit-midpoint': 2, 'yoshida-4': 4 })) {
    const measured = await orrery.number(`order-${scheme}`);
    assert.ok(Math.abs(measured - order) < 0.15, `${scheme} has order ${measured}`);
  }
  await orrery.train();
  await orrery.find('study-of').selectOption('hnn');
  await orrery.find('order-generalised-leapfrog').waitFor();
  assert.equal(await orrery.find('order-leapfrog').count(), 0, 'a learned H does not split');
});

claim('molecules move at once, and the chain averages to half its energy', async ({ open }) => {
  const orrery = await open('#v=1&page=molecules&matter=chain&particles=16');
  await orrery.until('an average', async () => Math.abs((await orrery.number('time-kinetic')) - 0.5) < 0.05);
  assert.ok(Math.abs((await orrery.number('ensemble-kinetic')) - 0.5) < 1e-12);
  assert.equal(orrery.engines().length, 0, 'what is known in closed form needs no engine');
  await orrery.find('set-matter').selectOption('fluid');
  await orrery.find('set-particles').fill('64');
  await orrery.until('the lattice has melted', async () => (await orrery.number('time-kinetic')) > 0);
  await orrery.until('starts are measured beside it', async () => (await orrery.number('ensemble-kinetic')) > 0, 60_000);
});

claim('a pendulum in pixels: films, latent numbers, and what is read off them', async ({ open }) => {
  const orrery = await open('#v=1&preset=pixels&device=cpu&steps=120&films=10&frames=40&autoencoder=24&hidden=16');
  await orrery.train(90_000);
  assert.equal(await orrery.status(), 'finished');
  for (const kind of ['baseline', 'hnn']) {
    for (const id of ['energy', 'reconstruction', 'angle-r2']) {
      assert.ok(Number.isFinite(await orrery.number(`${id}-${kind}`)), `${id} of ${kind} is a number`);
    }
  }
  assert.match(await orrery.find('latents').getAttribute('aria-label'), /held-out frames/);
  const losses = await orrery.lossHistory();
  assert.ok(losses.length > 10, 'losses are recorded on the way');
  assert.deepEqual(await orrery.remarks(), []);
});

claim('energy is added along the slope of the learned H, and the picture of it is matched with the true one', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&device=cpu&steps=300&hidden=32');
  await orrery.train();
  assert.ok((await orrery.number('energy-map')) > 0.8, 'the learned H looks like the true one');
  const energy = async () => {
    const fragment = new URLSearchParams(await orrery.fragment());
    return Number(fragment.get('start-q') ?? 0.9) ** 2 + Number(fragment.get('start-p') ?? 0) ** 2;
  };
  const before = await energy();
  await orrery.press('more-energy');
  await orrery.until('the start has more energy', async () => (await energy()) > before + 0.02);
  const more = await energy();
  await orrery.press('less-energy');
  await orrery.until('and less again', async () => (await energy()) < more - 0.02);
  assert.equal(await orrery.status(), 'finished', 'nothing is trained anew');
});

claim('five seeds run in the background and fill the table', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&device=cpu&steps=40&hidden=16');
  await orrery.page.getByText('Your result and the paper’s').click();
  await orrery.press('run-series');
  await orrery.until('five seeds are done', async () => (await orrery.number('series')) === 5, 60_000);
  assert.match(await orrery.text('series'), /seeds 0, 1, 2, 3, 4/);
  for (const id of ['own-energy-hnn', 'own-test-loss-baseline']) {
    assert.ok(Number.isFinite(await orrery.number(id)), `${id} is a number`);
    assert.match(await orrery.text(id), /±/);
  }
  assert.equal(await orrery.status(), 'idle', 'what is shown was not touched');
});
