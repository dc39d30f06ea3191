// Graph networks: they train side by side in workers of their own, their messages are held against forces, the law in them is searched for.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const SMALL = '#v=1&preset=spring&page=graph&graph-steps=200&graph-hidden=16';

async function statusOf(orrery) {
  return orrery.find('graph-status').getAttribute('data-status');
}

async function trained(open) {
  const orrery = await open(SMALL);
  await orrery.press('graph-train');
  await orrery.until('both networks finish', async () => (await statusOf(orrery)) === 'finished', 90_000);
  return orrery;
}

claim('two networks train side by side, and each says how much of its messages is force', async ({ open }) => {
  const orrery = await trained(open);
  assert.equal(await orrery.number('graph-steps-done'), 200);
  for (const network of ['bottleneck', 'other']) {
    for (const fit of ['plain-force', 'plain-acceleration', 'trimmed-force', 'trimmed-acceleration']) {
      const value = await orrery.number(`r2-${fit}-${network}`);
      assert.ok(value <= 1 && Number.isFinite(value), `${fit} of ${network}: ${value}`);
    }
  }
  assert.ok((await orrery.number('r2-trimmed-force-bottleneck')) > 0.2, 'after 200 steps some of it is force');
  await orrery.settled();
  const { violations } = await new AxeBuilder({ page: orrery.page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
});

claim('training holds and goes on', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&page=graph&graph-hidden=16&against=nothing');
  await orrery.press('graph-train');
  await orrery.until('steps are taken', async () => (await orrery.number('graph-steps-done')) > 0, 60_000);
  await orrery.press('graph-pause');
  await orrery.until('it holds', async () => (await statusOf(orrery)) === 'paused');
  await orrery.page.waitForTimeout(500);
  const held = await orrery.number('graph-steps-done');
  await orrery.page.waitForTimeout(1000);
  assert.equal(await orrery.number('graph-steps-done'), held);
  await orrery.press('graph-pause');
  await orrery.until('it goes on', async () => (await orrery.number('graph-steps-done')) > held);
  await orrery.press('graph-stop');
  await orrery.until('it ends', async () => (await statusOf(orrery)) === 'stopped');
  assert.ok(await orrery.find('graph-law').isEnabled(), 'the networks can still be asked');
});

claim('the same networks are asked about more bodies, and their messages are searched for the law', async ({ open }) => {
  const orrery = await trained(open);
  await orrery.press('graph-ask');
  await orrery.until('the chart is there', async () => (await orrery.find('more').count()) > 0, 30_000);
  await orrery.press('graph-law');
  await orrery.until('the page of formulas is open', async () => (await orrery.find('formula-source').count()) > 0);
  assert.equal(await orrery.find('formula-source').inputValue(), 'messages');
  await orrery.press('search');
  await orrery.until('there is a law', async () => (await orrery.find('law').count()) > 0, 60_000);
  await orrery.press('search-stop');
  await orrery.press('obey');
  await orrery.until('the world moves by it', async () => (await orrery.find('law-part').count()) > 0, 30_000);
  assert.ok((await orrery.number('law-part')) <= 1);
});

claim('a body can be dragged and thrown, another drawn, and the link carries them all', async ({ open }) => {
  const orrery = await trained(open);
  await orrery.press('graph-hold');
  const bodies = () => orrery.number('bodies');
  const attribute = async (name) => Number(await orrery.find(`body-${name}`).inputValue());
  assert.equal(await bodies(), 4);
  const picture = await orrery.find('graph-world').boundingBox();
  // Somewhere there is a body: take what is under the pointer until one follows.
  const thrown = async () => {
    if (!(await orrery.find('unplace').count())) return false;
    await orrery.page.waitForTimeout(300);
    return (await attribute('vx')) > 0 && (await attribute('vy')) < 0;
  };
  const mouse = orrery.page.mouse;
  for (let across = 0.1; across < 0.95 && !(await thrown()); across += 0.06) {
    for (let down = 0.1; down < 0.95 && !(await thrown()); down += 0.06) {
      await mouse.move(picture.x + across * picture.width, picture.y + down * picture.height);
      await mouse.down();
      await mouse.move(picture.x + across * picture.width + 12, picture.y + down * picture.height + 6, { steps: 3 });
      await mouse.up();
    }
  }
  await orrery.until('the link carries it', async () => orrery.page.url().includes('placed='), 5000);
  assert.ok(await thrown(), 'it flies to the right and down');
  // Another body, by the keyboard and by a double click.
  await orrery.press('add-body');
  await orrery.until('there are five', async () => (await bodies()) === 5);
  // The button may have scrolled the page.
  await orrery.find('graph-world').scrollIntoViewIfNeeded();
  const now = await orrery.find('graph-world').boundingBox();
  await mouse.dblclick(now.x + 30 + (now.width - now.height) / 2, now.y + 30);
  await orrery.until('there are six', async () => (await bodies()) === 6);
  // A number of it, by typing.
  await orrery.find('body-mass').fill('7');
  await orrery.find('body-mass').press('Enter');
  await orrery.until('it is as heavy', async () => (await attribute('mass')) === 7);
  await orrery.until('five edges lead to it', async () => (await orrery.find('edges').locator('tbody tr').count()) === 5);
  // What is being typed stays, however often the page is drawn again meanwhile.
  await orrery.find('body-vx').fill('3.5');
  await orrery.page.waitForTimeout(500);
  assert.equal(await attribute('vx'), 3.5);
  await orrery.find('body-vx').press('Enter');
  await orrery.find('body-vx').fill('');
  await orrery.find('body-vx').press('Enter');
  await orrery.until('an empty box takes nothing away', async () => (await attribute('vx')) === 3.5);
  await orrery.until('all are in the link', async () => orrery.page.url().includes('shown=6') && /[=;]7,-?1,[^;]*3\.5,/.test(orrery.page.url()));
  const again = await open(new URL(orrery.page.url()).hash);
  await again.press('graph-train');
  await again.until('the same bodies move', async () => (await again.find('bodies').count()) > 0 && (await again.number('bodies')) === 6, 60_000);
  await orrery.press('unplace');
  await orrery.until('all is as it was', async () => !orrery.page.url().includes('placed='));
});

claim('a graph network of the paper is too large for a tab, and says so', async ({ open }) => {
  const orrery = await open('#v=1&preset=gn-spring-paper');
  await orrery.press('graph-train');
  await orrery.until('it is refused', async () => (await orrery.find('remarks').innerText()).includes('minutes on a slow core'));
});

claim('three seeds train by themselves, and say together how they do with more bodies', async ({ open }) => {
  const orrery = await open('#v=1&preset=gn-spring&graph-steps=60&graph-hidden=8&against=nothing');
  await orrery.press('graph-series');
  const seeds = async () => ((await orrery.find('more').count()) ? Number(await orrery.find('more').getAttribute('data-seeds')) : 0);
  await orrery.until('three have been asked', async () => (await seeds()) === 3, 120_000);
});

claim('without a graphics card a graph network asked onto it trains on the processor, and the page says why', async ({ open }) => {
  const orrery = await open('#v=1&preset=gn-spring&graph-steps=20&graph-hidden=8&against=nothing&device=gpu', {
    tolerated: [/console error/i],
  });
  await orrery.press('graph-train');
  const status = () => orrery.find('graph-status').getAttribute('data-status');
  await orrery.until('it has finished', async () => (await status()) === 'finished', 90_000);
  assert.match(await orrery.textIfAny('graph-notice'), /on the processor/);
});
