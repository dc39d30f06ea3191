// The page for everyone: no axe finding, nothing wider than a phone, and a whole session by keyboard.
//
// axe finds what a machine can find; whether the words are good is for readers.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const QUICK = '#v=1&preset=spring&device=cpu&steps=60';
const LAPTOP = { viewport: { width: 1366, height: 768 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const SCREENS = {
  'on a school laptop': { ...LAPTOP, colorScheme: 'light' },
  'in the dark': { ...LAPTOP, colorScheme: 'dark' },
  'on a phone': { ...PHONE, colorScheme: 'light' },
};

for (const [where, screen] of Object.entries(SCREENS)) {
  claim(`axe finds nothing ${where}, before training and after, with every fold open`, async ({ open }) => {
    const orrery = await open(QUICK, screen);
    assert.deepEqual(await findings(orrery.page), [], 'before training');
    await orrery.train();
    await orrery.page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
    assert.deepEqual(await findings(orrery.page), [], 'after training');
  });
}

const SHOWS = {
  integrators: 'orders',
  molecules: 'molecules-status',
  interactions: 'in-scene',
  hidden: 'nri-scene',
  ode: 'ode-scene',
  recurrent: 'srnn-scene',
};

for (const page of Object.keys(SHOWS)) {
  for (const [where, screen] of Object.entries(SCREENS)) {
    claim(`axe finds nothing on the page of ${page} ${where}, and nothing is wider than the screen`, async ({ open }) => {
      const orrery = await open(`#v=1&preset=spring&page=${page}`, screen);
      await orrery.find(SHOWS[page]).waitFor();
      await orrery.page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
      assert.deepEqual(await findings(orrery.page), []);
      const overhang = document => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      assert.equal(await orrery.page.evaluate(`(${overhang})(document)`), 0);
    });
  }
}

for (const [page, link] of Object.entries({
  'networks through an integrator': '#v=1&preset=ode-springs&ode-steps=40&ode-hidden=8&ode-trajectories=20&ode-table=yes',
  'networks at a coarse step': '#v=1&preset=srnn-chain&srnn-steps=40&srnn-hidden=8&srnn-trajectories=20',
})) {
  for (const [where, screen] of Object.entries(SCREENS)) {
    claim(`axe finds nothing on the page of ${page} ${where} after training, with every fold open`, async ({ open }) => {
      const orrery = await open(link, screen);
      await orrery.press('train');
      await orrery.untilStatus('finished', 120_000);
      await orrery.page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
      assert.deepEqual(await findings(orrery.page), []);
      const overhang = document => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      assert.equal(await orrery.page.evaluate(`(${overhang})(document)`), 0);
    });
  }
}

async function findings(page) {
  // A colour on its way from one to another is neither.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

claim('nothing is wider than a phone, before training and after', async ({ open }) => {
  const orrery = await open(QUICK, PHONE);
  const overhang = () =>
    orrery.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const zoomedOut = () => orrery.page.evaluate(() => innerWidth - screen.width);
  assert.deepEqual([await overhang(), await zoomedOut()], [0, 0]);
  await orrery.train();
  assert.deepEqual([await overhang(), await zoomedOut()], [0, 0]);
});

claim('the first screen of a school laptop holds Train, the phase portrait and the energy chart', async ({ open }) => {
  const orrery = await open('', LAPTOP);
  const { width, height } = LAPTOP.viewport;
  for (const id of ['train', 'phase-portrait', 'energy-chart']) {
    const box = await orrery.find(id).boundingBox();
    assert.ok(box && box.width > 0 && box.height > 0, `${id} is there to see`);
    const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
    assert.ok(inside, `${id} lies at ${JSON.stringify(box)}`);
  }
});

claim('by keyboard alone one can train and move the start', async ({ open }) => {
  const orrery = await open(QUICK);
  await tabTo(orrery, 'train');
  await orrery.page.keyboard.press('Enter');
  await orrery.untilStatus('finished');
  assert.ok(await orrery.find('train').evaluate((button) => button === document.activeElement), 'the focus stays on Train');

  await tabTo(orrery, 'phase-portrait');
  const start = await startOf(orrery);
  await orrery.page.keyboard.press('ArrowRight');
  await orrery.until('q has grown', async () => (await startOf(orrery)).q > start.q, 5000);
  await orrery.page.keyboard.press('ArrowUp');
  await orrery.until('p has grown', async () => (await startOf(orrery)).p > start.p, 5000);
});

claim('a click on the phase portrait picks the start', async ({ open }) => {
  const orrery = await open(QUICK);
  const { width, height } = await orrery.find('phase-portrait').boundingBox();
  const pick = (right, down) =>
    orrery.find('phase-portrait').click({ position: { x: right * width, y: down * height } });
  await pick(0.4, 0.6);
  await orrery.until('the start is where it was clicked', async () => {
    const { q, p } = await startOf(orrery);
    return q < 0 && p < 0;
  }, 5000);
  const lowerLeft = await startOf(orrery);
  await pick(0.6, 0.4);
  await orrery.until('q and p have grown', async () => {
    const { q, p } = await startOf(orrery);
    return q > lowerLeft.q && p > lowerLeft.p;
  }, 5000);
});

async function startOf(orrery) {
  return {
    q: Number(await orrery.find('set-start-q').inputValue()),
    p: Number(await orrery.find('set-start-p').inputValue()),
  };
}

/** Presses Tab until the element with this test id, or something in it, has the focus. */
async function tabTo(orrery, id) {
  for (let presses = 0; presses < 120; presses++) {
    await orrery.page.keyboard.press('Tab');
    const there = await orrery.find(id).evaluate((element) => element.contains(document.activeElement));
    if (there) return;
  }
  assert.fail(`Tab does not reach ${id}`);
}
