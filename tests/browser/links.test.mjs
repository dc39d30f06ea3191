// The experiment lives in the link: copied, opened elsewhere, changed by hand, and broken in many ways.
//
// The grammar of a link is tested key by key in Rust; here the page is seen to use it.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from './support/suite.mjs';

const claim = suite();
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

const keysOf = (link) => [...new URLSearchParams(new URL(link).hash.slice(1)).keys()].sort();

async function copiedLink(orrery) {
  await orrery.press('copy-link');
  let link = '';
  await orrery.until('the clipboard holds a link', async () => {
    link = await orrery.page.evaluate(() => navigator.clipboard.readText());
    return link.includes('#');
  });
  return link;
}

claim('a copied link opens the same experiment elsewhere, without starting it, and trains to the same numbers', async ({ open }) => {
  const here = await open('#v=1&preset=spring&models=hnn&device=cpu&steps=77&hidden=13&seed=5', CLIPBOARD);
  const link = await copiedLink(here);
  await here.train();

  const there = await open(new URL(link).hash);
  await sleep(700);
  assert.equal(await there.status(), 'idle');
  assert.equal(await there.stepsDone(), 0);
  assert.equal(await there.stepsPlanned(), 77);
  assert.equal(await there.number('seed'), 5);
  assert.deepEqual(await there.remarks(), []);
  await there.train();
  assert.deepEqual(await there.lossHistory(), await here.lossHistory());
});

claim('a link says only what differs from its preset, in the same words each time', async ({ open }) => {
  const changed = await open('#v=1&preset=spring&steps=77&hidden=13&seed=5', CLIPBOARD);
  const link = await copiedLink(changed);
  assert.deepEqual(keysOf(link).filter((key) => key !== 'preset'), ['hidden', 'seed', 'steps', 'v']);
  const again = await open(new URL(link).hash, CLIPBOARD);
  assert.equal(await copiedLink(again), link);

  const plain = await open('#v=1&preset=pendulum', CLIPBOARD);
  assert.deepEqual(keysOf(await copiedLink(plain)), ['preset', 'v']);
});

claim('the address follows the experiment without filling the history', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring');
  const entries = await orrery.page.evaluate(() => history.length);
  await orrery.press('new-seed');
  await orrery.until('the address names the seed', async () => {
    return (await orrery.fragment()).includes(`seed=${await orrery.number('seed')}`);
  });
  assert.equal(await orrery.page.evaluate(() => history.length), entries);
  // Another experiment is a step that Back undoes.
  await orrery.find('preset').selectOption('pendulum');
  await orrery.until('the address names the preset', async () => (await orrery.fragment()).includes('preset=pendulum'));
  assert.equal(await orrery.page.evaluate(() => history.length), entries + 1);
});

claim('changing the fragment by hand opens that experiment, idle', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&steps=50');
  assert.equal(await orrery.stepsPlanned(), 50);
  await orrery.page.evaluate(() => void (location.hash = '#v=1&preset=pendulum&steps=60'));
  await orrery.until('60 steps are planned', async () => (await orrery.stepsPlanned()) === 60, 5000);
  assert.equal(await orrery.find('preset').inputValue(), 'pendulum');
  assert.equal(await orrery.status(), 'idle');
});

const BAD_LINKS = {
  'random bytes': `#${randomText(400)}`,
  'an unknown key': '#v=1&preset=spring&colour=blue',
  'an unknown preset': '#v=1&preset=perpetuum-mobile',
  'a learning rate that is no number': '#v=1&preset=spring&lr=NaN',
  'more steps than a number can hold': '#v=1&preset=spring&steps=1e999',
  'no version': '#preset=spring&steps=50',
  'a version from the future': '#v=999&preset=spring',
  '64 KB of nonsense': `#v=1&${'a=1&'.repeat(16_384)}`,
  'broken percent signs': '#v=1&preset=%zz%%%E0%A4%A&steps=%00%ff',
};

for (const [what, fragment] of Object.entries(BAD_LINKS)) {
  claim(`a link with ${what} opens a page at rest, with a remark and a whole experiment`, async ({ open }) => {
    const orrery = await open(fragment);
    await orrery.until('there is a remark', async () => (await orrery.remarks()).length > 0, 5000);
    assert.equal(await orrery.status(), 'idle');
    assert.equal(await orrery.stepsDone(), 0);
    const planned = await orrery.stepsPlanned();
    assert.ok(Number.isSafeInteger(planned) && planned > 0, `${planned} steps are planned`);
    assert.ok(await orrery.find('train').isEnabled());
  });
}

claim('an experiment mended from a bad link trains', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&models=hnn&device=cpu&steps=40&lr=NaN&hidden=-3&colour=blue');
  await orrery.until('there is a remark for each thing mended', async () => (await orrery.remarks()).length >= 3, 5000);
  await orrery.train();
  assert.equal(await orrery.stepsDone(), 40);
});

/** Text that looks random and is the same every time. */
function randomText(length) {
  let state = 2024;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  return String.fromCharCode(...Array.from({ length }, next));
}
