// A teacher's evening and the lesson after it: a link is built and opens what was ticked, a frame tells the page around it what
// happened, students hand in, and thirty files become a table. Both pages are for everybody.
//
// What is read of a file, and what is refused, is for the Rust tests.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { Orrery } from './support/orrery.mjs';
import { release } from './support/releases.mjs';
import { serve } from './support/server.mjs';
import { suite } from './support/suite.mjs';

const claim = suite();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCREENS = [
  { viewport: { width: 1366, height: 768 } },
  { viewport: { width: 1366, height: 768 }, colorScheme: 'dark' },
  { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  { viewport: { width: 320, height: 640 } },
];
const SPRING = '#v=1&preset=spring&device=cpu&hidden=16&steps=600';

const students = (orrery) => orrery.number('students');

claim('a link that a teacher ticks together opens so for a student', async ({ open }) => {
  const teacher = await open('teacher.html#v=1&preset=pendulum&device=cpu&steps=40&hidden=8', { permissions: ['clipboard-read', 'clipboard-write'] });
  await teacher.press('all-hidden');
  await teacher.find('shown-l').check();
  await teacher.find('locked-trajectories').check();
  await teacher.find('locked-start-q').check();
  await teacher.find('ask').fill('Which curve closes?');
  await teacher.find('theme').selectOption('light');
  await teacher.press('copy-class-link');
  const copied = await teacher.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await teacher.find('class-link').inputValue());
  assert.ok((await teacher.find('qr').locator('path').getAttribute('d')).length > 500);

  const student = await open(new URL(copied).hash, { colorScheme: 'dark' });
  assert.equal(await student.text('question'), 'Which curve closes?');
  assert.deepEqual(await student.remarks(), []);
  assert.equal(await student.find('set-l').isEnabled(), true);
  assert.equal(await student.find('set-trajectories').isDisabled(), true);
  for (const id of ['set-g', 'preset', 'new-seed', 'device', 'file', 'take-away', 'slides']) {
    assert.equal(await student.find(id).count(), 0, `${id} is not there`);
  }
  assert.equal(await student.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
  const start = () => student.fragment();
  const before = await start();
  const { width, height } = await student.find('phase-portrait').boundingBox();
  await student.find('phase-portrait').click({ position: { x: 0.8 * width, y: 0.3 * height } });
  await student.until('only the momentum has moved', async () => (await start()) !== before, 5000);
  assert.ok(!(await start()).includes('start-q='));
  await student.train();
});

claim('what is pasted is taken where it is a link, and a step of a lesson or a theme for a frame can be chosen', async ({ open }) => {
  const teacher = await open('teacher.html');
  const link = () => teacher.find('class-link').inputValue();
  const before = await link();
  const paste = async (text) => {
    await teacher.find('paste-link').fill(text);
    await teacher.find('paste-link').blur();
  };
  await paste('dear colleague');
  assert.match(await teacher.text('link-remarks'), /no link to an experiment/);
  assert.equal(await link(), before);
  await paste('https://school.example/#v=1&preset=gn-spring&bodies=900');
  assert.match(await teacher.text('link-remarks'), /bodies=“900” became/);
  assert.match(await link(), /page=graph/);
  await teacher.find('embed').check();
  assert.match(await link(), /&embed=1$/);
  assert.ok(await teacher.find('copy-snippet').isVisible());
  await teacher.find('begin').selectOption('formula');
  assert.match(await link(), /page=formula/);
});

claim('a page around a frame is told what happened, and no other page is', async ({ open, t }) => {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-platform-'));
  const platform = await serve({ '/': folder });
  const stranger = await serve({ '/': folder });
  const built = release('framed', platform.origin);
  const inside = await serve({ '/orrery/': built.folder });
  t.after(async () => {
    for (const server of [platform, stranger, inside]) await server.close();
    [folder, built.folder].forEach((path) => rmSync(path, { recursive: true }));
  });
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><title>A platform</title><link rel="icon" href="data:,"><script>
       self.told = []; addEventListener('message', ({ origin, data }) => told.push({ origin, data }));
     </script><iframe title="Orrery" width="1200" height="760" src="${inside.origin}/orrery/${SPRING}&embed=1"></iframe>`,
  );
  // The frame is of another origin, as it is in a learning platform; a stranger is told nothing, and the browser says so.
  const tolerated = [/leaves the origin/, /target origin provided/];
  const watch = async (origin) => {
    const orrery = await open('', { tolerated });
    await orrery.page.goto(`${origin}/`);
    const frame = orrery.page.frameLocator('iframe');
    await frame.getByTestId('train').click();
    await orrery.until('it is finished', async () => (await frame.getByTestId('status').getAttribute('data-status')) === 'finished');
    assert.equal(await frame.locator('header').isVisible(), false);
    return orrery;
  };
  const orrery = await watch(platform.origin);
  const told = () => orrery.page.evaluate(() => self.told);
  await orrery.until('the ratio is told', async () => (await told()).at(-1)?.data.figures?.ratio > 0, 10_000);
  const [loaded, ...rest] = await told();
  assert.deepEqual([loaded.origin, loaded.data.orrery, loaded.data.event], [inside.origin, 1, 'loaded']);
  const { event, page, steps, finished, figures, law, link } = rest.at(-1).data;
  assert.deepEqual([event, page, steps, finished, law], ['finished', 'learning', 600, true, null]);
  assert.ok(figures['test-loss-hnn'] > 0 && figures['energy-baseline'] > 0);
  assert.match(link, /preset=spring.*embed=1/);
  const other = await watch(stranger.origin);
  assert.deepEqual(await other.page.evaluate(() => self.told), []);
});

claim('a picture that nobody has scrolled to is handed in as it is when that is pressed', async ({ open }) => {
  const orrery = await open(SPRING, { viewport: { width: 412, height: 600 } });
  await orrery.train();
  await orrery.until('the ratio is there', async () => (await orrery.number('ratio')) > 0, 10_000);
  const loss = orrery.page.locator('[data-testid="loss-chart"] canvas').first();
  assert.ok(await loss.evaluate((canvas) => canvas.getBoundingClientRect().top > innerHeight + 200), 'it is out of view');
  await orrery.find('class-menu').locator('summary').click();
  const [opened] = await Promise.all([orrery.page.context().waitForEvent('page'), orrery.press('hand-in')]);
  // Axes are grey; what a network has learned is not.
  const coloured = opened.locator('.pictures figure', { hasText: 'Loss' }).locator('img').evaluate((image) => {
    const copy = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
    const pen = copy.getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    return data.filter((red, i) => i % 4 === 0 && Math.abs(red - data[i + 2]) > 80).length;
  });
  assert.ok((await coloured) > 50, `its curves are there: ${await coloured} pixels`);
});

claim('when no more can be collected it is said, and nothing that was collected is given up', async ({ open }) => {
  const orrery = await open(SPRING);
  await orrery.train();
  const results = Array.from({ length: 24 }, (_, i) => ({ added: `${i}`, note: `note ${i}`, title: `${i}`, figures: {}, pictures: [] }));
  await orrery.page.evaluate((results) => localStorage.setItem('orrery-hand-in', JSON.stringify({ student: 'Ada', results })), results);
  await orrery.find('class-menu').locator('summary').click();
  await orrery.press('hand-in');
  await orrery.until('it is said', async () => /24 results are collected/.test(await orrery.textIfAny('notice')), 10_000);
  assert.deepEqual(JSON.parse(await orrery.page.evaluate(() => localStorage.getItem('orrery-hand-in'))), { student: 'Ada', results });
});

claim('a result whose pictures have no room is collected without them, and that is said', async ({ open }) => {
  const orrery = await open(SPRING, {
    prepare: (context) =>
      context.addInitScript(() => {
        const setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
          if (value.includes('data:image')) throw new DOMException('no room', 'QuotaExceededError');
          setItem.call(this, key, value);
        };
      }),
  });
  await orrery.train();
  await orrery.find('class-menu').locator('summary').click();
  await orrery.press('hand-in');
  await orrery.until('it is said', async () => /without them/.test(await orrery.textIfAny('notice')), 10_000);
  const { results } = JSON.parse(await orrery.page.evaluate(() => localStorage.getItem('orrery-hand-in')));
  assert.deepEqual(results.map(({ pictures }) => pictures), [[]]);
});

claim('a student hands in one file that can be read, printed and brought to the teacher, with thirty others', async ({ open, t }) => {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-class-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const orrery = await open(SPRING, { colorScheme: 'dark' });
  await orrery.train();
  await orrery.until('the ratio is there', async () => (await orrery.number('ratio')) > 0, 10_000);
  const handIn = async () => {
    await orrery.find('class-menu').locator('summary').click();
    await orrery.press('hand-in');
  };
  const [opened] = await Promise.all([orrery.page.context().waitForEvent('page'), handIn()]);
  const desk = new Orrery(opened);
  await desk.find('student').fill('Ada & Émile <i>');
  await desk.page.getByLabel('What I see, and why').fill('The ring closes.\nThe spiral does not.');
  assert.ok((await desk.page.locator('.pictures img').count()) >= 3);
  assert.equal(await desk.page.locator('.pictures img').first().evaluate((image) => image.naturalWidth > 100), true);
  // A second experiment joins the first in the same tab; it can be left out again.
  await handIn();
  await desk.until('there are two results', async () => (await desk.page.getByRole('button', { name: /^Remove/ }).count()) === 2);
  await desk.page.getByRole('button', { name: 'Remove result 2' }).click();
  assert.equal(await desk.page.getByLabel('What I see, and why').inputValue(), 'The ring closes.\nThe spiral does not.');
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.press('save')]);
  assert.equal(download.suggestedFilename(), 'orrery-hand-in-Ada-Émile-i.html');
  const text = readFileSync(await download.path(), 'utf8');
  const data = JSON.parse(text.match(/id="orrery-hand-in">(.*)<\/script>/)[1]);
  assert.equal(data.student, 'Ada & Émile <i>');
  assert.ok(data.results[0].figures.ratio > 0);
  assert.deepEqual(await findings(desk.page), []);

  // The saved page is one for people.
  writeFileSync(join(folder, 'index.html'), text);
  const shelf = await serve({ '/': folder });
  t.after(() => shelf.close());
  const reader = await open('', { tolerated: [/leaves the origin/] });
  await reader.page.goto(`${shelf.origin}/`);
  assert.equal(await reader.page.locator('h1').textContent(), 'Ada & Émile <i>');
  assert.ok((await reader.page.locator('img').count()) >= 3);
  const printed = await reader.page.pdf({ format: 'A4' });
  assert.ok(printed.length > 10_000);

  // Thirty files of a class, each with another seed's figures, and some that are no such files.
  const files = Array.from({ length: 30 }, (_, i) => {
    const [result] = structuredClone(data.results);
    result.link += `&seed=${100 + i}`;
    result.figures.ratio = 0.6 * 1.25 ** i;
    result.law = i % 2 ? `${1 + i / 100}*q^2` : null;
    const saved = { ...data, student: `Student ${i}`, results: [result] };
    return { name: `${i}.html`, mimeType: 'text/html', buffer: Buffer.from(text.replace(/(id="orrery-hand-in">).*(<\/script>)/, (_, a, b) => a + JSON.stringify(saved).replaceAll('<', '\\u003c') + b)) };
  });
  const bad = [
    { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0xff]) },
    { name: 'half.html', mimeType: 'text/html', buffer: files[0].buffer.subarray(0, 20_000) },
    { name: 'essay.txt', mimeType: 'text/plain', buffer: Buffer.from('My spring was red.') },
  ];
  const teacher = await open('teacher.html');
  await teacher.find('hand-ins').setInputFiles([...files, ...bad]);
  await teacher.until('thirty are read', async () => (await students(teacher)) === 30, 20_000);
  assert.equal(await teacher.find('refused').locator('li').count(), 3);
  assert.equal(await teacher.find('class').locator('tbody tr').count(), 30);
  assert.match(await teacher.text('distribution-said'), /^30 values of “how many times larger the energy error of the baseline is”: from 0\.600 to .* In 3 of 30 the Hamiltonian network was the worse one/);
  assert.equal(await teacher.find('laws').locator('tbody tr').count(), 1);
  assert.match(await teacher.text('laws'), /□\*q\^215/);
  // The same file again changes nothing, and says so; what is dropped counts like what is picked.
  await teacher.page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'again.html', { type: 'text/html' }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
  }, files[0].buffer.toString());
  await teacher.until('it is said', async () => /handed in already/.test(await teacher.text('refused')), 5000);
  assert.equal(await students(teacher), 30);
  const [table] = await Promise.all([teacher.page.waitForEvent('download'), teacher.press('class-csv')]);
  assert.equal(readFileSync(await table.path(), 'utf8').trim().split('\n').length, 31);
  assert.deepEqual(await findings(teacher.page), []);
  assert.ok((await teacher.page.pdf({ format: 'A4' })).length > 10_000);
  await teacher.press('forget');
  await teacher.until('nothing is left', async () => (await students(teacher)) === 0, 5000);
});

for (const path of ['teacher.html', 'hand-in.html']) {
  claim(`${path}: axe finds nothing, and nothing is wider than the screen`, async ({ open }) => {
    for (const screen of SCREENS) {
      const orrery = await open(path, screen);
      await orrery.find(path === 'teacher.html' ? 'class-link' : 'student').waitFor();
      await orrery.page.evaluate(() => document.querySelectorAll('details').forEach((fold) => fold.querySelector('iframe') ?? (fold.open = true)));
      assert.deepEqual(await findings(orrery.page), [], JSON.stringify(screen));
      const overhang = await orrery.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overhang, 0, JSON.stringify(screen));
    }
  });
}

async function findings(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
