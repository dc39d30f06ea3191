// The story that "Show me" plays: on the real page, from its own numbers, and afterwards everything is as it was.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

claim('“Show me” plays its story on the real page, from the page’s own numbers', async ({ open }) => {
  const orrery = await open('#v=1&preset=pendulum', { reducedMotion: 'reduce' });
  await orrery.press('show-me');
  await orrery.find('story').waitFor();
  const said = () => orrery.find('story').locator('p').innerText();
  assert.equal(await orrery.text('story-hold'), 'Play', 'who prefers less motion goes on by hand');
  assert.match(await said(), /spring/);
  assert.deepEqual(await findings(orrery.page), []);
  await orrery.press('story-next');
  await orrery.untilStatus('finished', 90_000);
  await orrery.press('story-next');
  assert.match(await said(), /equally good/);
  await orrery.press('story-next');
  const ratio = await orrery.number('ratio');
  assert.match(await said(), new RegExp(`mean of its squared errors is ${Number(ratio.toPrecision(2))} times as large`));
  await orrery.press('story-next');
  assert.match(await said(), /closed ring/);
  for (let i = 0; i < 2; i++) await orrery.press('story-next');
  assert.match(await said(), /Run it 5 times/);
  assert.ok(await orrery.find('run-series').isVisible(), 'the fold with the button is open');
  await orrery.page.keyboard.press('Escape');
  await orrery.until('the story is closed', async () => (await orrery.find('story').count()) === 0, 5000);
  assert.ok(await orrery.find('show-me').evaluate((button) => button === document.activeElement));
});

claim('left alone, the story goes on by itself', async ({ open }) => {
  const orrery = await open('');
  await orrery.press('show-me');
  await orrery.until('the second part is there', async () => /2 of 8/.test(await orrery.find('story').innerText()), 20_000);
  await orrery.untilSteps(1, 60_000);
});

claim('a story that is closed before its page is there does not go on unseen', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&page=formula');
  await orrery.find('show-me').waitFor();
  await orrery.page.evaluate(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-testid="story"]')) return;
      observer.disconnect();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    }).observe(document.body, { childList: true });
    document.querySelector('[data-testid="show-me"]').click();
  });
  await orrery.until('it is closed and the page is as before', async () => /page=formula/.test(await orrery.fragment()), 5000);
  await orrery.visit('learning');
  await orrery.find('train').waitFor();
  // Its first part takes eight seconds, then it would press Train.
  await new Promise((later) => setTimeout(later, 10_000));
  assert.equal(await orrery.status(), 'idle');
});

for (const [how, leave] of Object.entries({
  'its last button': (orrery) => orrery.press('story-next'),
  Close: (orrery) => orrery.press('story-close'),
  Escape: (orrery) => orrery.page.keyboard.press('Escape'),
  'the browser’s way back': (orrery) => orrery.page.goBack(),
})) {
  claim(`the experiment that was open before the story is there again after ${how}`, async ({ open }) => {
    const own = '#v=1&preset=pendulum&start-q=1.2&seed=4';
    const orrery = await open(own, { reducedMotion: 'reduce' });
    const before = await orrery.fragment();
    await orrery.press('show-me');
    await orrery.until('the story plays on the spring', async () => /spring/.test(await orrery.fragment()) && /1 of 8/.test(await orrery.find('story').innerText()), 10_000);
    if (how === 'its last button') for (let i = 1; i < 8; i++) await orrery.press('story-next');
    await leave(orrery);
    await orrery.until('the address is as before', async () => (await orrery.fragment()) === before, 5000);
    assert.equal(await orrery.find('story').count(), 0);
    assert.equal(await orrery.number('seed'), 4, 'the page shows it');
  });
}

claim('who chooses another experiment during the story keeps it', async ({ open }) => {
  const orrery = await open('#v=1&preset=pendulum', { reducedMotion: 'reduce' });
  await orrery.press('show-me');
  await orrery.until('the story plays', async () => /1 of 8/.test(await orrery.find('story').innerText()), 10_000);
  await orrery.find('preset').selectOption({ label: 'Two bodies (quick)' });
  await orrery.until('the address follows', async () => /two-body/.test(await orrery.fragment()), 5000);
  await orrery.press('story-close');
  await orrery.page.waitForTimeout(500);
  assert.match(await orrery.fragment(), /two-body/);
});

async function findings(page) {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
