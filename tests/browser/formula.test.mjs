// The search for formulas, as a visitor meets it: it finds a law, holds, refuses what is no table, and can be used by everyone.
//
// Which laws it finds from which numbers is for the Rust tests; here it is enough that the page drives it.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';

const claim = suite();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PAGE = '#v=1&preset=pendulum&page=formula';
/** A table with noise, in which no law is exact: the search goes on until it is stopped. */
const ENDLESS = `${PAGE}&formula=clock&operators=add,subtract,multiply,divide,sqrt&seconds=600`;

const status = (orrery) => orrery.find('search-status').getAttribute('data-status');
const untilStatus = (orrery, wanted, within) =>
  orrery.until(`the search is ${wanted}`, async () => (await status(orrery)) === wanted, within);
const law = (orrery) => orrery.find('law').getAttribute('data-plain');

claim('Newton’s law is found, shown as a formula, and can be copied', async ({ open, server, t }) => {
  const orrery = await open(PAGE, { permissions: ['clipboard-read', 'clipboard-write'] });
  const before = server.asked.length;
  assert.ok(!server.asked.some((path) => path.includes('symbolic-regression')), 'nothing of the search is fetched before it begins');
  const pressed = performance.now();
  await orrery.press('search');
  await untilStatus(orrery, 'exact', 60_000);
  t.diagnostic(`exact after ${Math.round(performance.now() - pressed)} ms`);
  assert.ok(server.asked.slice(before).some((path) => path.endsWith('symbolic-regression_bg.wasm')));
  const found = await law(orrery);
  const value = new Function('m1', 'm2', 'r', `return ${found.replaceAll('^', '**')}`);
  assert.ok(Math.abs(value(2, 3, 1.5) - 2 * 3 / 1.5 ** 2) < 1e-9, found);
  assert.equal(await orrery.number('law', 'data-complexity'), 7);
  const drawn = await orrery.find('law').locator('math').evaluate((math) => math.namespaceURI);
  assert.equal(drawn, 'http://www.w3.org/1998/Math/MathML');
  await orrery.press('copy-latex');
  const copied = await orrery.page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^F = \\frac\{/);
});

claim('formulas are tried fast, a pause holds, and stop ends the workers', async ({ open, t }) => {
  const orrery = await open(ENDLESS);
  await orrery.press('search');
  await orrery.until('four seconds are searched', async () => (await orrery.number('search-seconds')) >= 4, 30_000);
  const [rate, islands] = [await orrery.number('evaluations-per-second'), orrery.engines('symbolic-regression').length];
  t.diagnostic(`${Math.round(rate)} evaluations a second on ${islands} islands`);
  const cores = await orrery.page.evaluate(() => navigator.hardwareConcurrency);
  assert.equal(islands, Math.min(cores, 4));
  assert.ok(rate > 1000, `${rate} evaluations a second`);
  await orrery.press('search-pause');
  await untilStatus(orrery, 'paused');
  await sleep(600);
  const held = await orrery.number('evaluations');
  await sleep(600);
  assert.equal(await orrery.number('evaluations'), held);
  await orrery.press('search-pause');
  await orrery.until('it goes on', async () => (await orrery.number('evaluations')) > held);
  const best = await law(orrery);
  assert.ok(best.length > 0);
  await orrery.press('search-stop');
  await untilStatus(orrery, 'idle');
  await orrery.until('no worker is left', () => orrery.engines('symbolic-regression').length === 0);
  assert.ok((await law(orrery)).length > 0, 'what was found stays');
});

claim('any law of the front can be picked by keyboard, or by a click on its dot', async ({ open }) => {
  const orrery = await open(ENDLESS);
  await orrery.press('search');
  await orrery.until('there are three laws', async () => (await orrery.find('front-laws').locator('tbody tr').count()) >= 3);
  await orrery.press('search-stop');
  await untilStatus(orrery, 'idle');
  const buttons = orrery.find('front-laws').locator('button');
  await buttons.nth(0).focus();
  await orrery.page.keyboard.press('Enter');
  const first = await law(orrery);
  assert.equal(first, await buttons.nth(0).textContent());
  assert.equal(await buttons.nth(0).getAttribute('aria-pressed'), 'true');
  const plot = orrery.find('front').locator('.plot');
  const { width, height } = await plot.boundingBox();
  await plot.click({ position: { x: width - 12, y: height - 26 } });
  await orrery.until('the longest law is shown', async () => (await law(orrery)) !== first);
});

claim('a table is read, its columns chosen, and its law found', async ({ open }) => {
  const orrery = await open(PAGE);
  const rows = Array.from({ length: 60 }, (_, i) => [0.1 * i + 0.2, 3 - 0.03 * i * i, `${i}`]);
  const text = ['x;u [m/s];nr', ...rows.map(([x, u, nr]) => `${x};${u};${nr}`)].join('\n');
  await orrery.find('table-file').count();
  await orrery.find('formula-source').selectOption('file');
  await orrery.find('table-file').setInputFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await orrery.until('it is read', async () => /60 rows/.test(await orrery.text('source-note')));
  await orrery.find('formula-target').selectOption({ label: 'u' });
  await orrery.find('input-nr').uncheck();
  await orrery.press('search');
  await orrery.until('x is in the law', async () => /x/.test((await orrery.find('law').count()) ? await law(orrery) : ''));
  await untilStatus(orrery, 'exact', 60_000);
});

claim('what is no table gets one sentence, and what was loaded before stays', async ({ open }) => {
  const orrery = await open(PAGE);
  await orrery.find('formula-source').selectOption('file');
  const bring = (name, content) =>
    orrery.find('table-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await bring('good.csv', 'x,y\n1,1\n2,4\n3,9\n4,16\n');
  await orrery.until('it is read', async () => /good\.csv: 4 rows/.test(await orrery.text('source-note')));
  for (const [name, content, sentence] of [
    ['empty.csv', '', /empty/],
    ['binary.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), /not text/],
    ['prose.csv', 'dear diary\ntoday nothing happened\n', /./],
    ['large.csv', 'x,y\n'.padEnd(20_000_001, '1,2\n'), /MB/],
  ]) {
    await bring(name, content);
    await orrery.until(`${name} is refused`, async () => (await orrery.remarks()).some((remark) => remark.startsWith(name)));
    const [remark] = await orrery.remarks();
    assert.match(remark, sentence);
    assert.match(await orrery.text('source-note'), /good\.csv/);
  }
  // What is missing costs its row, and of two columns of one name the second gets another.
  await bring('gaps.csv', 'x,x,y\n1,2,3\n3,,5\n4,inf,7\n6,5,4\n');
  await orrery.until('it is read', async () => /gaps\.csv.*called “x”.*gap/.test(await orrery.text('source-note')));
  await bring('constant.csv', 'x,y\n1,7\n2,7\n3,7\n');
  await orrery.until('it is read', async () => /constant\.csv/.test(await orrery.text('source-note')));
  await orrery.press('search');
  await orrery.until('it is refused', async () => /same in every row/.test((await orrery.remarks()).join()));
  await untilStatus(orrery, 'idle');
});

claim('a search without operators is refused in a sentence, and a link says which there are', async ({ open }) => {
  const orrery = await open(`${PAGE}&operators=add`);
  await orrery.find('operators-add').uncheck();
  await orrery.press('search');
  await orrery.until('it is refused', async () => /at least one operator/.test((await orrery.remarks()).join()));
  await orrery.find('operators-cos').check();
  await orrery.until('the link has it', async () => (await orrery.fragment()).includes('operators=cos'));
});

claim('an island that dies is replaced, and the search goes on', async ({ open }) => {
  const orrery = await open(ENDLESS, { tolerated: [/./] });
  await orrery.press('search');
  await orrery.until('it searches', async () => (await orrery.number('evaluations')) > 0);
  const [victim] = orrery.engines('symbolic-regression');
  victim.evaluate(() => setTimeout(() => { throw new Error('an island sinks'); })).catch(() => {});
  await orrery.until('a notice is given', async () => /sinks/.test(await orrery.textIfAny('search-notice')));
  const then = await orrery.number('search-seconds');
  await orrery.until('it goes on', async () => (await orrery.number('search-seconds')) > then + 1);
});

for (const [what, options] of Object.entries({
  'a laptop': {},
  'a phone': { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  'the dark': { colorScheme: 'dark' },
})) {
  claim(`on ${what} nothing keeps anybody out and nothing is too wide`, async ({ open }) => {
    const orrery = await open(`${ENDLESS}&units=fit`, options);
    const clean = async () => {
      await orrery.settled();
      const { violations } = await new AxeBuilder({ page: orrery.page }).withTags(RULES).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`), []);
      const overhang = await orrery.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overhang, 0);
    };
    await clean();
    await orrery.press('search');
    await orrery.until('there are laws', async () => (await orrery.find('front-laws').locator('tbody tr').count()) >= 3);
    await orrery.press('search-pause');
    await untilStatus(orrery, 'paused');
    await clean();
  });
}
