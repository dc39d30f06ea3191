// Lessons as a student and a teacher meet them, the menus, and words that are explained in place.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { questions, read } from '../../www/lesson/format.js';
import { Orrery } from './support/orrery.mjs';
import { suite } from './support/suite.mjs';

const claim = suite();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const SMALLEST = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
const source = (path) => readFileSync(new URL(`../../static/lessons/${path}`, import.meta.url), 'utf8');
const NAMES = source('list.txt').split('\n').filter(Boolean);
const SPRING = 'one-keeps-the-energy';

for (const name of NAMES) {
  const { lesson } = read(source(`${name}.md`));
  claim(`the lesson ${name} can be played to its end: predict, run, compare, explain`, async ({ open }) => {
    const orrery = await open(`lesson.html#${name}/1`);
    const frame = orrery.page.frameLocator('[data-testid="live"]');
    for (const [i, step] of lesson.steps.entries()) {
      const at = i + 1;
      await orrery.until(`step ${at} is there`, async () => (await orrery.text('step-title')).startsWith(step.title), 10_000);
      assert.equal(await orrery.find('step-run').count(), 0, 'nothing is run before it is predicted');
      await orrery.press('lock');
      assert.match(await orrery.text('lock-said'), /every question|alle Fragen/);
      for (const question of step.parts.predict.filter(({ type }) => type === 'question')) await answer(orrery, at, question);
      await orrery.press('lock');
      await orrery.find('step-run').waitFor();
      if (step.open) {
        await frame.locator('main').first().waitFor();
        await orrery.until('the experiment is open', async () => (await hashInside(orrery)).includes(firstSetting(step.open.link)), 20_000);
        assert.deepEqual(await frame.getByTestId('remarks').locator('li').allTextContents(), [], `${step.open.link} opens without a remark`);
      }
      await orrery.press('ran');
      for (const question of [...(step.parts.compare ?? []), ...step.parts.explain].filter(({ type }) => type === 'question')) await answer(orrery, at, question);
      const judged = step.parts.predict.filter(({ kind }) => ['choice', 'number'].includes(kind)).length;
      assert.equal(await orrery.page.locator('[data-testid="verdict"][data-right="true"]').count(), judged, 'what was predicted is compared');
      await orrery.press('step-next');
    }
    await orrery.find('save-answers').waitFor();
    const all = lesson.steps.flatMap(questions).length;
    assert.match(await orrery.text('ending-said'), new RegExp(`^${all} (of|von) ${all} `));
  });
}

claim('a student reads figures off, hands the answers in as a file, and finds them again after a reload', async ({ open }) => {
  const { lesson } = read(source(`${SPRING}.md`));
  const orrery = await open(`lesson.html#${SPRING}/2`);
  for (const question of lesson.steps[1].parts.predict.filter(({ type }) => type === 'question')) await answer(orrery, 2, question);
  await orrery.press('lock');
  const frame = orrery.page.frameLocator('[data-testid="live"]');
  await frame.getByTestId('train').waitFor();
  await orrery.press('read-test-loss-hnn');
  assert.match(await orrery.text('figure-test-loss-hnn'), /no such number/);
  await frame.getByTestId('train').click();
  await orrery.until('it has finished', async () => (await frame.getByTestId('status').getAttribute('data-status')) === 'finished', 90_000);
  await orrery.press('read-test-loss-hnn');
  await orrery.press('read-test-loss-baseline');
  for (const figure of ['test-loss-hnn', 'test-loss-baseline']) assert.match(await orrery.text(`figure-${figure}`), /Usual/, figure);
  // The step after it shows the same run: nothing was trained again.
  await orrery.press('step-next');
  await orrery.until('step 3 is there', async () => (await orrery.text('step-title')).startsWith(lesson.steps[2].title));
  for (const question of lesson.steps[2].parts.predict.filter(({ type }) => type === 'question')) await answer(orrery, 3, question);
  await orrery.press('lock');
  await orrery.press('read-ratio');
  assert.match(await orrery.text('figure-ratio'), /Usual/);
  await orrery.press('ran');
  assert.equal(await orrery.find('drawn').locator('svg.baseline, canvas').count(), 2, 'what was drawn, in the colour of its network, and what the page shows');
  await orrery.page.goto(orrery.page.url().replace(/#.*/, `#${SPRING}/${lesson.steps.length + 1}`));
  await orrery.page.reload();
  await orrery.find('student').fill('Ada');
  const download = orrery.page.waitForEvent('download');
  await orrery.press('save-answers');
  const file = await download;
  assert.equal(file.suggestedFilename(), `orrery-answers-${SPRING}-Ada.json`);
  assert.match(await orrery.text('save-said'), /Saved as orrery-answers-.*-Ada\.json/);
  assert.equal(await orrery.find('missing').locator('a').first().getAttribute('href'), `#${SPRING}/1`, 'what is not answered is a link away');
  // The page is there for those who are ready early.
  await frame.getByTestId('phase-portrait').waitFor();
  const handed = JSON.parse(readFileSync(await file.path(), 'utf8'));
  assert.deepEqual([handed.format, handed.version, handed.lesson, handed.language, handed.student], ['orrery-answers', 1, SPRING, 'en', 'Ada']);
  assert.deepEqual(handed.figures.map(({ step, name }) => [step, name]), [[2, 'test-loss-hnn'], [2, 'test-loss-baseline'], [3, 'ratio']]);
  assert.ok(handed.figures.every(({ value, link, label }) => value > 0 && link.startsWith('#v=1&preset=spring') && label));
  const [choice, drawn, foreseen] = ['2.1', '3.1', '3.2'].map((id) => handed.answers.find((answer) => answer.id === id));
  assert.deepEqual([choice.kind, choice.part, choice.right], ['choice', 'predict', true]);
  assert.ok(drawn.kind === 'draw' && drawn.answer.length === 17 && drawn.answer.every((height) => height >= 0 && height <= 1));
  assert.deepEqual([foreseen.kind, foreseen.part, foreseen.right], ['choice', 'predict', true]);

  // The page that collects what is handed in has them too.
  const desk = new Orrery(await orrery.page.context().newPage());
  await desk.page.goto(orrery.page.url().replace(/lesson\.html.*/, 'hand-in.html'));
  const card = desk.find('collected').locator('section', { hasText: lesson.title });
  await card.waitFor();
  assert.equal(await card.locator('tbody tr').count(), handed.answers.length);
  const [printed] = await Promise.all([desk.page.waitForEvent('download'), desk.press('save')]);
  const { lessons } = JSON.parse(readFileSync(await printed.path(), 'utf8').match(/id="orrery-hand-in">(.*)<\/script>/)[1]);
  assert.deepEqual(lessons.map(({ lesson, answers }) => [lesson, answers]), [[SPRING, handed.answers]]);
  await desk.page.close();

  await orrery.press('remove-answers');
  await orrery.press('remove-answers');
  assert.match(await orrery.text('ending-said'), /deleted/);
  assert.equal(await orrery.page.evaluate((name) => localStorage.getItem(`orrery-lesson:${name}`), SPRING), null);
});

claim('an address that is no lesson’s, or none at all, gets a sentence above the list', async ({ open }) => {
  for (const address of ['no-such-lesson', '%', '%E0%A4']) {
    const orrery = await open(`lesson.html#${address}`, { tolerated: [/404/] });
    await orrery.find(`lesson-${SPRING}`).waitFor();
    assert.match(await orrery.text('lesson-fault'), /There is no lesson/, address);
  }
});

claim('by keyboard alone one can begin a lesson, predict, run and go on', async ({ open }) => {
  const orrery = await open('lesson.html');
  await orrery.find(`begin-${SPRING}`).waitFor();
  await tabTo(orrery, `begin-${SPRING}`);
  await orrery.page.keyboard.press('Enter');
  await orrery.find('step-title').waitFor();
  await tabTo(orrery, 'question-1-1-1');
  await orrery.page.keyboard.press('ArrowDown');
  await tabTo(orrery, 'question-1-2-1');
  await orrery.page.keyboard.press('Space');
  await tabTo(orrery, 'lock');
  await orrery.page.keyboard.press('Enter');
  await orrery.until('the focus is on what is to be run', () => focusIsIn(orrery, 'step-run'), 5000);
  await tabTo(orrery, 'ran');
  await orrery.page.keyboard.press('Enter');
  await orrery.until('the focus is on the comparison', () => focusIsIn(orrery, 'step-compare'), 5000);
  assert.equal(await orrery.page.locator('[data-testid="verdict"][data-right="true"]').count(), 2);
  await tabTo(orrery, 'question-1-3');
  await orrery.page.keyboard.type('At the top and the bottom.');
  await tabTo(orrery, 'step-next');
  await orrery.page.keyboard.press('Enter');
  await orrery.until('the second step is there', async () => (await orrery.text('step-title')).startsWith('Two networks learn'), 5000);
  await orrery.page.goBack();
  await orrery.until('Back goes back a step', async () => (await orrery.text('step-title')).startsWith('A map of a swing'), 5000);
});

claim('a curve can be drawn with the keys', async ({ open }) => {
  const orrery = await open(`lesson.html#${SPRING}/3`);
  await orrery.find('draw-pad').focus();
  for (const key of ['ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowUp']) await orrery.page.keyboard.press(key);
  assert.equal(await orrery.find('draw-pad').getAttribute('aria-valuetext'), 'place 2 of 17, height 60 %');
});

claim('the worksheet has no answers, the sheet of the teacher has them', async ({ open }) => {
  const answer = 'The noise. What is observed is off by chance';
  const orrery = await open(`lesson.html#${SPRING}/worksheet`);
  await orrery.find('print').waitFor();
  const paper = async () => (await orrery.page.locator('main').innerText()).replace(/\s+/g, ' ');
  assert.ok(!(await paper()).includes(answer) && !(await paper()).includes('☒'));
  assert.deepEqual(await findings(orrery.page), []);
  await orrery.page.goto(orrery.page.url().replace('worksheet', 'teacher'));
  await orrery.until('the answers are there', async () => (await paper()).includes(answer), 5000);
  assert.ok((await paper()).includes('☒') && (await paper()).includes('#v=1&preset=spring'));
  assert.deepEqual(await findings(orrery.page), []);
});

claim('a lesson of one’s own is played, and what is wrong in one is said with its line', async ({ open }) => {
  const orrery = await open('lesson.html');
  await orrery.find(`lesson-${SPRING}`).waitFor();
  const bring = (text) => orrery.find('lesson-file').setInputFiles({ name: 'mine.md', mimeType: 'text/markdown', buffer: Buffer.from(text) });
  await bring(source(`${SPRING}.md`).replace('(8 minutes)', '(9 minutes)').replace('- [x] A closed ring', '- A closed ring'));
  await orrery.until('the faults are said', async () => /46 minutes/.test(await orrery.text('lesson-fault')), 5000);
  for (const text of ['', 'no front matter', '---\n---\n<img src=x onerror=alert(1)>', '\0\0\0']) {
    await bring(text);
    await orrery.until('a fault is said', async () => /line \d+/.test(await orrery.text('lesson-fault')), 5000);
  }
  await bring(source(`${SPRING}.md`).replace('title: One network', 'title: <b>My</b> network'));
  await orrery.find('step-title').waitFor();
  assert.match(await orrery.page.locator('h1').innerText(), /<b>My<\/b> network/, 'what a lesson says is text');
});

claim('what a step tells students to look at is in sight beside it, and its aims give nothing away unasked', async ({ open }) => {
  const orrery = await open(`lesson.html#${SPRING}/1`);
  const frame = orrery.page.frameLocator('[data-testid="live"]');
  assert.ok(!(await orrery.find('aims').locator('li').first().isVisible()));
  for (const question of read(source(`${SPRING}.md`)).lesson.steps[0].parts.predict) await answer(orrery, 1, question);
  await orrery.press('lock');
  await frame.getByTestId('energy-chart').waitFor();
  const moving = frame.locator('.world').first();
  for (const [name, shown] of [['what moves', moving], ...['train', 'phase-portrait', 'energy-chart'].map((id) => [id, frame.getByTestId(id)])]) {
    const box = await shown.boundingBox();
    assert.ok(box.y >= 0 && box.y + Math.min(box.height, 500) <= 768, `${name} at ${JSON.stringify(box)}`);
  }
  for (const id of ['lead', 'take-away', 'copy-link']) assert.equal(await frame.getByTestId(id).filter({ visible: true }).count(), 0, `no ${id}`);
});

claim('the list begins with lessons in the visitor’s language, in the order of the deck', async ({ open }) => {
  for (const [locale, first, last] of [['en-US', 'lesson-steps-and-energy', 'lesson-de/laws'], ['de-DE', 'lesson-de/steps-and-energy', 'lesson-laws']]) {
    const orrery = await open('lesson.html', { locale });
    await orrery.find(last).waitFor();
    const order = await orrery.page.locator('.grid > section').evaluateAll((all) => all.map(({ dataset }) => dataset.testid));
    assert.deepEqual([order[0], order.at(-1)], [first, last]);
  }
});

claim('an unknown lesson is said, and the list is offered', async ({ open }) => {
  const orrery = await open('lesson.html#no-such-lesson', { tolerated: [/404/] });
  await orrery.until('it is said', async () => /no lesson “no-such-lesson”/.test(await orrery.text('lesson-fault')), 5000);
  await orrery.find(`lesson-${SPRING}`).waitFor();
});

for (const [where, screen] of Object.entries({
  'on a school laptop': { colorScheme: 'light' },
  'in the dark': { colorScheme: 'dark' },
  'on a phone': PHONE,
})) {
  claim(`axe finds nothing in lessons ${where}, and nothing is wider than the screen`, async ({ open }) => {
    const orrery = await open('lesson.html', screen);
    await orrery.find(`lesson-${SPRING}`).waitFor();
    assert.deepEqual(await findings(orrery.page), [], 'the list');
    assert.equal(await overhang(orrery.page), 0);
    await orrery.press(`begin-${SPRING}`);
    await orrery.find('lock').waitFor();
    assert.deepEqual(await findings(orrery.page), [], 'a step');
    assert.equal(await overhang(orrery.page), 0);
  });
}

claim('every page is found in the menus, by keyboard too, and opens with a sentence', async ({ open }) => {
  const orrery = await open('');
  const menus = orrery.page.locator('details[data-aid="menu"]');
  await menus.first().waitFor();
  const pages = await orrery.page.locator('details[data-aid="menu"] [data-testid^="page-"]').evaluateAll((all) => all.map(({ dataset }) => dataset.testid));
  assert.ok(pages.length >= 7, `only ${pages}`);
  const leads = new Set();
  for (const id of pages) {
    const menu = menus.filter({ has: orrery.find(id) });
    await menu.locator('summary').focus();
    await orrery.page.keyboard.press('Enter');
    await tabTo(orrery, id);
    await orrery.page.keyboard.press('Enter');
    await orrery.until('the menu has closed', async () => !(await menu.evaluate(({ open }) => open)), 5000);
    await orrery.until('the page is open', async () => (await orrery.find(id).getAttribute('aria-current')) === 'page', 15_000);
    const lead = await orrery.find('lead').locator('span').innerText();
    assert.match(lead, /^[A-Z].{30,140}\.$/);
    leads.add(lead);
  }
  assert.equal(leads.size, pages.length, 'each page has a sentence of its own');
});

claim('at 320 px the menus are reached and nothing is wider than the screen', async ({ open }) => {
  const orrery = await open('', SMALLEST);
  const menus = orrery.page.locator('details[data-aid="menu"] summary');
  await menus.first().waitFor();
  for (let i = 0; i < (await menus.count()); i++) {
    await menus.nth(i).tap();
    assert.equal(await overhang(orrery.page), 0);
    const box = await orrery.page.locator('details[data-aid="menu"][open] ul').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
  }
  assert.equal(await orrery.page.locator('details[data-aid="menu"][open]').count(), 1, 'one menu at a time');
});

claim('on a phone, picture and Train are on the first screen', async ({ open }) => {
  const orrery = await open('', PHONE);
  for (const id of ['train', 'phase-portrait', 'show-me', 'lead']) {
    const box = await orrery.find(id).boundingBox();
    assert.ok(box.y >= 0 && box.y + Math.min(box.height, 200) <= PHONE.viewport.height, `${id} at ${JSON.stringify(box)}`);
  }
});

claim('a word is explained by hover, focus and tap, and Escape takes the explanation away', async ({ open }) => {
  const orrery = await open('');
  const word = orrery.page.locator('.term[data-term="Loss"]').first();
  const tip = orrery.page.locator('#explained');
  await word.hover();
  await orrery.until('it is explained', async () => /how wrong a network is/i.test((await tip.count()) ? await tip.innerText() : ''), 5000);
  assert.deepEqual(await findings(orrery.page), []);
  await orrery.page.keyboard.press('Escape');
  assert.equal(await tip.count(), 0);
  await word.focus();
  await tip.waitFor();
  assert.equal(await word.getAttribute('aria-describedby'), 'explained');
  const box = await tip.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 1366 && box.y >= 0 && box.y + box.height <= 768);
});

/** Answers a question as the lesson states it; curves and texts in any way. */
async function answer(orrery, at, question) {
  const id = `question-${at}-${question.number}`;
  if (question.kind === 'choice') {
    for (const [i, { right }] of question.options.entries()) if (right) await orrery.find(`${id}-${i + 1}`).check();
    // Where nothing is right, anything is an answer.
    if (!question.options.some(({ right }) => right)) await orrery.find(`${id}-1`).check();
  } else if (question.kind === 'draw') {
    const pad = orrery.find('draw-pad');
    const { x, y, width, height } = await pad.boundingBox();
    await orrery.page.mouse.move(x + 5, y + height / 2);
    await orrery.page.mouse.down();
    await orrery.page.mouse.move(x + width - 5, y + height / 4, { steps: 8 });
    await orrery.page.mouse.up();
  } else {
    await orrery.find(id).fill(question.kind === 'number' ? String((question.low + question.high) / 2) : 'Because it is so.');
  }
}

/** The first setting of a link that says which experiment it is. */
function firstSetting(link) {
  return link.split('&').slice(1).find((setting) => !/^(preset|embed)=/.test(setting)) ?? '';
}

function hashInside(orrery) {
  return orrery.find('live').evaluate((frame) => frame.contentWindow.location.hash);
}

async function findings(page) {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude('iframe').analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

function overhang(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

function focusIsIn(orrery, id) {
  return orrery.find(id).evaluate((element) => element.contains(document.activeElement));
}

/** Presses Tab until the element with this test id, or something in it, has the focus. */
async function tabTo(orrery, id) {
  for (let presses = 0; presses < 120; presses++) {
    await orrery.page.keyboard.press('Tab');
    if (await focusIsIn(orrery, id)) return;
  }
  assert.fail(`Tab does not reach ${id}`);
}
