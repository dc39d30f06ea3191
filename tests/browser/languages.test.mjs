// The page in other languages: the one that the browser prefers, one that a link asks for, one that is chosen; and in a language nobody
// speaks, which shows what was not translated or does not fit.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { suite } from './support/suite.mjs';
import { clipped, overlapping, pseudoLanguage, untranslated } from './support/pseudo.mjs';

const claim = suite();
const PAGES = ['learning', 'integrators', 'molecules', 'graph', 'interactions', 'hidden', 'ode', 'recurrent', 'formula'];
const SIZES = [{ width: 1366, height: 768 }, { width: 800, height: 900 }, { width: 360, height: 740 }];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const OTHERS = { de: 'Sprache', es: 'Idioma', fr: 'Langue', ko: '언어', zh: '语言' };
/** Names, and what is written alike in every language. */
const KNOWN = [
  'Orrery', 'Orr', 'ry', 'HNN', 'HNNs', 'CPU', 'GPU', 'WebGPU', 'CSV', 'TSV', 'JSON', 'SVG', 'PNG', 'ONNX', 'HOGN', 'OGN', 'DeltaGN', 'DeltaOGN', 'SRNN', 'NRI', 'LaTeX', 'Python', 'Rust', 'SymPy', 'NumPy',
  // Values as links have them, and names of lessons' files.
  'exact', 'constant', 'baseline', 'hnn', 'auto', 'steps-and-energy', 'one-keeps-the-energy', 'orbits', 'pixels', 'messages', 'hidden-graphs', 'laws', 'coarse-steps', 'English', 'Deutsch',
  'Hamiltonian', 'Neural', 'Networks', 'Greydanus', 'Dzamba', 'Yosinski', 'exp', 'log', 'sin', 'cos', 'sqrt', 'tanh', 'theta', 'omega', 'csv', 'html', 'fps',
];
const pseudo = async (context) => {
  const body = JSON.stringify(pseudoLanguage());
  await context.route('**/languages/de.json', (route) => route.fulfill({ contentType: 'application/json', body }));
};
const opened = async (orrery) => {
  await orrery.page.locator('main').first().waitFor();
  await orrery.page.evaluate(() => document.querySelectorAll('main details, .notes details').forEach((fold) => (fold.open = true)));
};

for (const page of PAGES) {
  claim(`${page}: every sentence is translated, and fits where it stands`, async ({ open }) => {
    for (const viewport of [SIZES[0], SIZES[2]]) {
      const orrery = await open(`#v=1&preset=spring&device=cpu&page=${page}`, { prepare: pseudo, locale: 'de-DE', viewport });
      await opened(orrery);
      assert.deepEqual(await untranslated(orrery.page, KNOWN), []);
      assert.deepEqual(await clipped(orrery.page), []);
      assert.deepEqual(await overlapping(orrery.page), []);
      assert.equal(await orrery.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'it is no wider than the screen');
    }
  });
}

/** Opens one page after the other, in a language and a look, at three sizes. */
async function everywhere(open, code, look, check) {
  const link = (page) => `#v=1&preset=spring&device=cpu&language=${code}&page=${page}${look}`;
  const orrery = await open(link('learning'));
  for (const page of PAGES) {
    await orrery.page.evaluate((hash) => (location.hash = hash), link(page));
    await orrery.until(`${page} is open`, async () => (await orrery.find(`page-${page}`).getAttribute('aria-current')) === 'page');
    for (const viewport of SIZES) {
      await orrery.page.setViewportSize(viewport);
      await opened(orrery);
      await check(orrery, `${code}, ${page}, ${viewport.width} px`);
    }
  }
}

claim('in every language and at three sizes, nothing on any page lies on something else or is cut', async ({ open }) => {
  for (const code of ['en', ...Object.keys(OTHERS)]) {
    await everywhere(open, code, '', async ({ page }, where) => {
      assert.deepEqual(await overlapping(page), [], where);
      assert.deepEqual(await clipped(page), [], where);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, where);
    });
  }
}, { timeout: 400_000 });

for (const theme of ['light', 'dark', 'projector']) {
  claim(`axe finds nothing on any page with the ${theme} theme, in two languages and at three sizes`, async ({ open }) => {
    for (const code of ['en', 'de']) {
      await everywhere(open, code, `&theme=${theme}`, async (orrery, where) => {
        await orrery.settled();
        const { violations } = await new AxeBuilder({ page: orrery.page }).withTags(RULES).analyze();
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`), [], where);
      });
    }
  }, { timeout: 400_000 });
}

claim('what training says is translated', async ({ open }) => {
  const orrery = await open('#v=1&preset=pendulum&device=cpu&steps=60&hidden=16', { prepare: pseudo, locale: 'de-DE' });
  await orrery.train();
  await opened(orrery);
  await orrery.find('runs').waitFor();
  // The run has a name.
  const names = (await orrery.find('runs').locator('tbody th').allTextContents()).map((name) => name.trim());
  assert.deepEqual(await untranslated(orrery.page, [...KNOWN, ...names]), []);
});

claim('the pages for teachers and for handing in are translated', async ({ open, server }) => {
  for (const file of ['teacher.html', 'hand-in.html']) {
    const orrery = await open('', { prepare: pseudo, locale: 'de-DE', serviceWorkers: 'allow' });
    await orrery.page.goto(new URL(file, orrery.page.url()).href);
    await orrery.page.locator('h2, h1').first().waitFor();
    await orrery.until('it is translated', async () => (await orrery.page.locator('h1').first().textContent()).includes('⟦'));
    assert.deepEqual(await untranslated(orrery.page, KNOWN), []);
    assert.deepEqual(await clipped(orrery.page), []);
  }
});

claim('a browser is spoken to in its language, with its decimal sign; another can be chosen, and stays chosen', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&device=cpu&steps=200&hidden=16', { locale: 'fr-FR' });
  const lang = () => orrery.page.locator('html').getAttribute('lang');
  await orrery.find('train').waitFor();
  assert.equal(await lang(), 'fr');
  const french = await orrery.text('train');
  assert.notEqual(french, 'Train');
  await orrery.train();
  assert.match(await orrery.text('test-loss-hnn'), /^\d+,\d/);
  const steps = await orrery.stepsDone();
  for (const [code, word] of Object.entries(OTHERS)) {
    await orrery.find('language').selectOption(code);
    await orrery.until(`${code} is spoken`, async () => (await orrery.find('language').getAttribute('aria-label')) === word);
    assert.equal(await lang(), code);
    assert.equal(await orrery.stepsDone(), steps, 'nothing that was learned is lost');
    assert.equal(await orrery.status(), 'finished');
  }
  await orrery.page.reload();
  await orrery.find('train').waitFor();
  assert.equal(await lang(), 'zh');
  await orrery.find('language').selectOption('en');
  await orrery.until('English is spoken', async () => (await orrery.text('train')) === 'Train');
});

claim('a link asks for a language, and keeps it', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&language=de');
  await orrery.find('train').waitFor();
  assert.equal(await orrery.page.locator('html').getAttribute('lang'), 'de');
  assert.match(await orrery.fragment(), /language=de/);
  await orrery.find('language').selectOption('es');
  await orrery.until('the link follows', async () => /language=es/.test(await orrery.fragment()));
  await orrery.page.evaluate(() => (location.hash = '#v=1&preset=pendulum&language=ko'));
  await orrery.until('the language follows a link', async () => (await orrery.page.locator('html').getAttribute('lang')) === 'ko');
});

claim('where a language does not arrive, English is spoken', async ({ open }) => {
  const lost = (context) => context.route('**/languages/*.json', (route) => route.fulfill({ status: 404, body: '' }));
  const orrery = await open('#v=1&preset=spring&device=cpu&steps=20&hidden=8', { prepare: lost, locale: 'de-DE', tolerated: [/404/] });
  await orrery.train();
  assert.equal(await orrery.text('train'), 'Train again');
});
