// What every picture offers: values under the pointer, the whole screen, and the networks neuron by neuron.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();

/** Pages with all their pictures drawn: a link, what starts it, and what says that it has finished. */
const PAGES = [
  ['preset=spring&steps=60', 'train', 'status'],
  ['preset=pixels&models=hnn&steps=20&hidden=8&autoencoder=8', 'train', 'status'],
  ['preset=double-pendulum&steps=30', 'train', 'status'],
  ['preset=henon-heiles&steps=30', 'train', 'status'],
  ['preset=gn-spring&graph-steps=60&graph-hidden=8', 'graph-train', 'graph-status'],
  ['preset=in-nbody&in-steps=20&in-hidden=8', 'train', 'status'],
  ['preset=nri-springs&nri-steps=20', 'train', 'status'],
  ['preset=ode-springs&ode-steps=5&ode-hidden=8', 'train', 'status'],
  ['preset=srnn-chain&srnn-steps=5&srnn-hidden=8', 'train', 'status'],
  ['preset=spring&page=integrators'],
  ['preset=spring&page=molecules'],
];

for (const [link, start, status] of PAGES) {
  claim(`every picture shows values under the pointer: ${link}`, async ({ open }) => {
    const orrery = await open(`#v=1&device=cpu&${link}`, { viewport: { width: 1366, height: 900 } });
    if (start) {
      await orrery.press(start);
      const done = () => orrery.find(status).getAttribute('data-status');
      await orrery.until('it has finished', async () => ['finished', 'failed'].includes(await done()), 60_000);
      assert.equal(await done(), 'finished');
    }
    await orrery.page.waitForTimeout(1000);
    const pictures = await orrery.page.locator('.plot:has(canvas), .world:has(canvas)').all();
    assert.ok(pictures.length > 1, `${pictures.length} pictures`);
    const silent = [];
    for (const picture of pictures) {
      if (!(await picture.isVisible())) continue;
      await picture.scrollIntoViewIfNeeded();
      const name = await picture.evaluate((e) => `${e.dataset.testid ?? ''} ${e.closest('.card')?.querySelector('h2')?.textContent ?? ''}`);
      if (!(await reads(orrery.page, picture))) silent.push(name);
    }
    assert.deepEqual(silent, [], 'pictures that show nothing under the pointer');
  });
}

/** Whether moving the pointer over a picture brings numbers, beside its title or at the pointer. */
async function reads(page, picture) {
  const { x, y, width, height } = await picture.boundingBox();
  const title = () => picture.evaluate((e) => e.closest('.card')?.querySelector('.beside > span:last-child:not(:first-child)')?.textContent ?? '');
  for (const down of [0.5, 0.3, 0.7, 0.15, 0.85, 0.02, 0.98]) {
    for (const across of [0.5, 0.25, 0.75, 0.12, 0.88, 0.4, 0.6]) {
      await page.mouse.move(x + across * width, y + down * height);
      const label = page.locator('.reading');
      const said = (await label.isVisible()) ? await label.textContent() : await title();
      if (/[0-9]/.test(said)) return true;
    }
  }
  return false;
}

claim('a reading is what is drawn there, goes with the pointer and has the decimals of the language', async ({ open }) => {
  const orrery = await open('#v=1&preset=gn-spring&graph-steps=200&graph-hidden=8&against=nothing&device=cpu', { locale: 'de-DE' });
  await orrery.press('graph-train');
  const done = () => orrery.find('graph-status').getAttribute('data-status');
  await orrery.until('it has finished', async () => (await done()) === 'finished');
  const chart = orrery.page.locator('figure:has(#graph-loss-title) .plot');
  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await chart.boundingBox();
  const label = orrery.page.locator('.reading');
  for (let down = 0.9; down > 0 && !(await label.isVisible()); down -= 0.1) await orrery.page.mouse.move(x + width - 9, y + down * height);
  // The line of the test loss or that of the training loss, at its last step.
  const [, step, loss] = /^(\d+) \S+, ([\d,e−-]+)$/.exec(await label.textContent()) ?? [];
  assert.ok(Number(step) >= 195, await label.textContent());
  const last = await orrery.number('graph-test-loss-bottleneck');
  assert.ok(Math.abs(Math.log(Number(loss.replace(',', '.')) / last)) < 0.5, `${loss} is not near ${last}`);
  await orrery.page.mouse.move(5, 5);
  assert.ok(!(await label.isVisible()));
});

claim('a card fills the screen, nothing behind it is reached, and Escape gives the page back', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring');
  const { page } = orrery;
  const card = page.locator('.card.portrait');
  const button = card.locator(':scope > .enlarge');
  await button.click();
  const fills = async () => {
    const box = await card.boundingBox();
    const size = await page.evaluate(() => [innerWidth, innerHeight]);
    return box.x === 0 && box.y === 0 && box.width === size[0] && box.height === size[1];
  };
  await orrery.until('it fills the window', fills);
  assert.equal(await button.getAttribute('aria-label'), 'Leave full screen');
  const plot = await card.locator('.plot').boundingBox();
  assert.ok(plot.height > 0.6 * page.viewportSize().height, `${plot.height} high`);
  for (let i = 0; i < 12; i++) await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest('[data-large]')));
  // Words are explained there too.
  await card.locator('.term').first().hover();
  await page.locator('.explained').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.explained').waitFor({ state: 'detached' });
  assert.ok(await fills(), 'the explanation goes first');
  await page.keyboard.press('Escape');
  await orrery.until('it is back', async () => !(await fills()));
  assert.ok(await button.evaluate((e) => e === document.activeElement));
  assert.equal(await page.locator('[inert]').count(), 0);
  await orrery.press('train');
});

claim('every card of every page can fill the screen, and leaves it when another page is opened', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring');
  for (const name of ['graph', 'molecules', 'learning']) {
    await orrery.page.evaluate((name) => (location.hash = `#v=1&preset=spring&page=${name}`), name);
    const cards = orrery.page.locator('main .card:has(> h2):has(canvas, table, math)');
    await orrery.until('every card has its button', async () =>
      (await cards.count()) > 2 && (await cards.count()) === (await orrery.page.locator('main .card > .enlarge').count()));
    await orrery.page.locator('main .card > .enlarge').last().click();
    await orrery.page.locator('[data-large]').waitFor();
  }
  await orrery.page.evaluate(() => (location.hash = '#v=1&preset=spring&page=graph'));
  await orrery.until('nothing is large any more', async () => (await orrery.page.locator('[data-large], [inert]').count()) === 0);
});

claim('moving pictures out of view are neither drawn nor shown, and are again once a visitor comes to them', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring', { viewport: { width: 412, height: 600 } });
  const { page } = orrery;
  const pixels = (canvas) => canvas.evaluate((canvas) => canvas.toDataURL());
  const moves = async (canvas) => {
    const before = await pixels(canvas);
    await page.waitForTimeout(1000);
    return (await pixels(canvas)) !== before;
  };
  const shown = (canvas) => canvas.evaluate((canvas) => getComputedStyle(canvas).visibility === 'visible');
  for (const host of ['[aria-labelledby="world-title"] .world', '[data-testid="phase-portrait"]']) {
    const canvas = page.locator(`${host} canvas`).last();
    await page.locator(host).scrollIntoViewIfNeeded();
    await orrery.until(`${host} is shown and moves`, async () => (await shown(canvas)) && (await moves(canvas)));
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await orrery.until(`${host} is not shown`, async () => !(await shown(canvas)));
    assert.equal(await moves(canvas), false, `${host} is drawn where nobody sees it`);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await shown(canvas), `${host} is missing on paper`);
    await page.emulateMedia({ media: 'screen' });
    await page.locator(host).scrollIntoViewIfNeeded();
    await orrery.until(`${host} is there again`, async () => (await shown(canvas)) && (await moves(canvas)));
  }
});

claim('still pictures out of view are drawn once a visitor comes to them, goes to paper or takes copies', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&steps=200000&device=cpu', { viewport: { width: 412, height: 600 } });
  const { page } = orrery;
  await page.evaluate(() => scrollTo(0, 0));
  await orrery.press('train');
  const loss = page.locator('[data-testid="loss-chart"] canvas').first();
  const pixels = () => loss.evaluate((canvas) => canvas.toDataURL());
  await orrery.until('it learns', async () => (await orrery.number('steps')) > 200);
  assert.ok(await loss.evaluate((canvas) => canvas.getBoundingClientRect().top > innerHeight + 200), 'it is out of view');
  const before = await pixels();
  const from = await orrery.number('steps');
  await orrery.until('it goes on', async () => (await orrery.number('steps')) > from + 400);
  assert.equal(await pixels(), before, 'it is drawn where nobody sees it');
  for (const event of ['beforeprint', 'orrery-pictures-wanted']) {
    const last = await pixels();
    // A few hundred of so many steps may be less than a pixel, so it is asked for until they are not.
    await orrery.until(`${event} is heard`, async () => {
      await page.evaluate((event) => dispatchEvent(new Event(event)), event);
      return (await pixels()) !== last;
    });
  }
  const last = await pixels();
  await loss.scrollIntoViewIfNeeded();
  await orrery.until('it is drawn again', async () => (await pixels()) !== last);
  assert.equal(await loss.evaluate((canvas) => getComputedStyle(canvas).visibility), 'visible');
});

claim('networks are drawn neuron by neuron and change while they learn', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&steps=20000&hidden=12&device=cpu');
  await orrery.press('train');
  await orrery.press('wiring');
  const card = orrery.page.locator('.card.wiring');
  assert.match(await card.locator('h3').first().textContent(), /2 → 12 → 12 → 2/);
  assert.match(await card.locator('h3').nth(1).textContent(), /2 → 12 → 12 → 1/);
  const pixels = () => card.locator('canvas').last().evaluate((canvas) => canvas.toDataURL().length + canvas.toDataURL().slice(-400));
  const before = await pixels();
  await orrery.until('the picture changes', async () => (await pixels()) !== before);
  await card.locator('.plot').last().scrollIntoViewIfNeeded();
  const { x, y, width, height } = await card.locator('.plot').last().boundingBox();
  await orrery.page.mouse.move(x + width / 2, y + height / 2);
  await orrery.until('weights are counted', async () => /12 → 12: 144 weights, the strongest \d/.test(await card.textContent()));
});

claim('a reading stands beside the pointer in a theme that enlarges the page, and goes with what is scrolled or left', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&theme=projector&page=integrators', { viewport: { width: 1366, height: 900 } });
  const { page } = orrery;
  const picture = page.locator('.plot:has(canvas)').last();
  await picture.scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  assert.ok(await reads(page, picture));
  const [label, dot] = [await page.locator('.reading').boundingBox(), await page.locator('.reading-dot').boundingBox()];
  const { x, y, width, height } = await picture.boundingBox();
  assert.ok(dot.x > x && dot.x < x + width && dot.y > y && dot.y < y + height, JSON.stringify({ dot, x, y, width, height }));
  assert.ok(Math.abs(label.x - dot.x) < 60 + label.width && Math.abs(label.y - dot.y) < 80, JSON.stringify({ label, dot }));
  await page.mouse.wheel(0, 120);
  await orrery.until('it is gone', async () => !(await page.locator('.reading').isVisible()));
});
