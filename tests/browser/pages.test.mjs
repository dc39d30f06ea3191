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

claim('a file is previewed, learned from, and travels in the link', async ({ open }) => {
  const orrery = await open('#v=1&preset=real-pendulum&device=cpu&steps=20&hidden=16');
  await orrery.find('file').setInputFiles({ name: 'swing.csv', mimeType: 'text/csv', buffer: Buffer.from(swing()) });
  await orrery.find('preview').waitFor();
  assert.match(await orrery.text('preview'), /240 of 240 rows are used/);
  assert.match(await orrery.text('recording'), /Generated/, 'nothing is learned from it yet');
  await orrery.press('use-file');
  assert.match(await orrery.text('recording'), /swing\.csv.*240 rows/);
  await orrery.train();
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
  await orrery.until('another sentence', async () => (await orrery.remarks()).some((said) => said.includes('pasted text')));
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
  await orrery.find('set-matter').selectOption('fluid');
  await orrery.find('set-particles').fill('64');
  await orrery.until('the lattice has melted', async () => (await orrery.number('time-kinetic')) > 0);
  assert.equal(orrery.engines().length, 0, 'no engine is needed');
});
