// The page for everybody: every page reflows at 320 px and at 200 % zoom, targets are large enough for a mouse and for a finger, little
// motion is respected, a projector's theme is read from afar, and every page's task can be done with the keyboard alone.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PAGES = ['learning', 'integrators', 'molecules', 'graph', 'interactions', 'hidden', 'ode', 'recurrent', 'formula'];
const link = (page, rest = '') => `#v=1&preset=spring&device=cpu&page=${page}${rest}`;
const NARROW = { viewport: { width: 320, height: 640 } };
// A laptop at 200 %: half as many CSS pixels.
const ZOOMED = { viewport: { width: 683, height: 384 }, deviceScaleFactor: 2 };
const TOUCH = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const LEAST = 24;
const LEAST_BY_TOUCH = 44;

const there = async (orrery) => {
  await orrery.page.locator('main').first().waitFor();
  await orrery.page.evaluate(() => document.querySelectorAll('main details').forEach((fold) => (fold.open = true)));
};

const overhang = (orrery) => orrery.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Pictures that stick out of the card they stand in: a page may hide that and be no wider than the screen. */
const protruding = (orrery) =>
  orrery.page.evaluate(() =>
    [...document.querySelectorAll('main .card canvas')]
      .filter((canvas) => canvas.getBoundingClientRect().right > canvas.closest('.card').getBoundingClientRect().right + 1)
      .map((canvas) => canvas.closest('.card').getAttribute('aria-labelledby')),
  );

for (const page of PAGES) {
  claim(`${page}: nothing is wider than 320 px, nor than a laptop at 200 %`, async ({ open }) => {
    for (const screen of [NARROW, ZOOMED]) {
      const orrery = await open(link(page), screen);
      await there(orrery);
      assert.equal(await overhang(orrery), 0, `at ${screen.viewport.width} px`);
      assert.deepEqual(await protruding(orrery), [], `at ${screen.viewport.width} px`);
    }
  });

  claim(`${page}: targets are at least ${LEAST} px, by touch ${LEAST_BY_TOUCH} px`, async ({ open }) => {
    for (const [screen, least] of [[{}, LEAST], [TOUCH, LEAST_BY_TOUCH]]) {
      const orrery = await open(link(page), screen);
      await there(orrery);
      assert.deepEqual(await smallTargets(orrery, least), []);
    }
  });

  claim(`${page}: axe finds nothing with a projector’s theme, and nothing is wider than the screen`, async ({ open }) => {
    const orrery = await open(link(page, '&theme=projector'));
    await there(orrery);
    await orrery.settled();
    const { violations } = await new AxeBuilder({ page: orrery.page }).withTags(RULES).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`), []);
    assert.equal(await overhang(orrery), 0);
  });
}

/**
 * Controls that are smaller than `least` in either direction. A label counts with its control. As in WCAG 2.5.8, links and explained words
 * within text are exempt, those in headings have to be 24 px; a region that only scrolls is no target.
 */
function smallTargets(orrery, least) {
  return orrery.page.evaluate((least) => {
    const small = [];
    for (const control of document.querySelectorAll('button, select, input, textarea, summary, a[href], canvas[tabindex="0"], [role="slider"][tabindex="0"]')) {
      if (control.offsetParent === null || control.closest('[aria-hidden="true"]')) continue;
      if (control.matches('a, .term') && control.closest('p, li, td, small, figcaption') && !control.matches('.tab, .button')) continue;
      const wanted = control.matches('.term') ? 24 : least;
      const label = control.matches('input') ? control.closest('label') : null;
      const boxes = [control, label].filter(Boolean).map((element) => element.getBoundingClientRect());
      // Half a pixel is rounding.
      if (!boxes.some(({ width, height }) => Math.min(width, height) >= wanted - 0.5)) {
        const { width, height } = boxes[0];
        small.push(`${control.tagName} ${control.dataset.testid ?? control.textContent.trim().slice(0, 30)}: ${Math.round(width)} x ${Math.round(height)}`);
      }
    }
    return small;
  }, least);
}

claim('a projector’s theme is larger and dark on light, whatever the browser prefers, and a click lands where it is aimed', async ({ open }) => {
  const usual = await open(link('learning'), { colorScheme: 'dark' });
  const orrery = await open(link('learning', '&theme=projector'), { colorScheme: 'dark' });
  const height = (page) => page.find('train').evaluate((button) => button.getBoundingClientRect().height);
  assert.ok((await height(orrery)) > 1.2 * (await height(usual)));
  const paper = (page) => page.page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number)[0]);
  assert.ok((await paper(orrery)) > 200 && (await paper(usual)) < 60);
  const box = await orrery.find('phase-portrait').boundingBox();
  await orrery.page.mouse.click(box.x + 0.7 * box.width, box.y + 0.5 * box.height);
  const q = () => orrery.find('set-start-q').inputValue().then(Number);
  const p = () => orrery.find('set-start-p').inputValue().then(Number);
  // The range is that of the data around the middle, beside which there are labels. Read without the zoom it would be q = 1.0, p = -0.5.
  await orrery.until('the start is where the click was', async () => Math.abs((await q()) - 0.55) < 0.15 && Math.abs(await p()) < 0.2, 5000);
});

claim('who prefers little motion begins with a still picture, and may let it move', async ({ open }) => {
  const orrery = await open(link('learning'), { reducedMotion: 'reduce' });
  // What merely appears after a while takes no time to do so.
  const moving = () => document.getAnimations().filter(({ playState, effect }) => playState === 'running' && effect.getTiming().duration > 10).length;
  assert.equal(await orrery.page.evaluate(moving), 0);
  const move = orrery.find('motion');
  assert.match(await move.textContent(), /Play|move/i);
});

claim('on a touch screen folds keep their triangle', async ({ open }) => {
  const orrery = await open(link('learning'), TOUCH);
  const folds = orrery.page.locator('main summary:visible');
  await folds.first().waitFor();
  for (const fold of await folds.all()) {
    const { display, listStyleType } = await fold.evaluate((summary) => getComputedStyle(summary));
    assert.deepEqual([display, listStyleType], ['list-item', 'disclosure-closed']);
  }
});

claim('on a phone the pages stand in one line, and headings of tables break between words', async ({ open }) => {
  const orrery = await open('#v=1&preset=gn-spring&graph-steps=20&graph-hidden=8&device=cpu', TOUCH);
  await orrery.press('graph-train');
  await orrery.until('it is done', () => is(orrery, 'graph-status', 'finished'), 60_000);
  assert.equal(await overhang(orrery), 0, 'after training');
  const rows = await orrery.page.locator('nav > *').evaluateAll((all) => new Set(all.map((entry) => Math.round(entry.getBoundingClientRect().top / 10))).size);
  assert.equal(rows, 1);
  const broken = await orrery.page.evaluate(() => {
    const range = document.createRange();
    const found = [];
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.parentElement.closest('th') || !text.parentElement.checkVisibility()) continue;
      for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        if (range.getClientRects().length > 1) found.push(word);
      }
    }
    return found;
  });
  assert.deepEqual(broken, []);
});

claim('on a phone that lies on its side the picture begins on the first screen', async ({ open }) => {
  const orrery = await open('', { ...TOUCH, viewport: { width: 740, height: 360 } });
  await orrery.train();
  const { y } = await orrery.find('phase-portrait').boundingBox();
  assert.ok(y < 320, `it begins at ${y}`);
});

/** What begins the work of a page, and when it is done. */
const TASKS = {
  learning: { link: link('learning', '&hidden=8&steps=40'), press: 'train', done: (orrery) => is(orrery, 'status', 'finished') },
  graph: {
    link: '#v=1&preset=gn-spring&graph-steps=20&graph-hidden=8&against=nothing&device=cpu',
    press: 'graph-train',
    done: (orrery) => is(orrery, 'graph-status', 'finished'),
  },
  formula: { link: '#v=1&preset=pendulum&page=formula', press: 'search', done: (orrery) => is(orrery, 'search-status', 'exact') },
};

const is = async (orrery, id, wanted) => (await orrery.find(id).getAttribute('data-status')) === wanted;

for (const [page, task] of Object.entries(TASKS)) {
  claim(`${page}: its task is done by keyboard alone, and the focus stays where it was or moves on`, async ({ open }) => {
    const orrery = await open(task.link);
    await orrery.find(task.press).waitFor();
    await tabTo(orrery, task.press);
    await orrery.page.keyboard.press('Enter');
    await orrery.until('it is done', () => task.done(orrery), 60_000);
    assert.notEqual(await orrery.page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
  });
}

async function tabTo(orrery, id) {
  for (let presses = 0; presses < 160; presses++) {
    await orrery.page.keyboard.press('Tab');
    if (await orrery.find(id).evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`Tab does not reach ${id}`);
}
