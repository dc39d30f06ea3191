// Trains a preset in a tab and prints how long that took and what came of it: node tab.mjs PRESET[&KEY=VALUE]... SEED...
//
// One JSON object a line for each seed: seconds from pressing Train to the end, the ratio, and the figures shown beside it.
// Graph networks have presets of their own: node tab.mjs gn-r1 0 1 2. With --law the law in the messages is searched for then.

import { chromium } from 'playwright-core';
import { launch } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';

const LONGEST_RUN_MS = 900_000;
const FIGURES = [
  'train-loss-hnn', 'test-loss-hnn', 'energy-hnn', 'energy-baseline', 'energy-paper-hnn', 'energy-paper-baseline', 'reconstruction-hnn', 'reconstruction-baseline', 'angle-r2-hnn',
];

const AGREEMENTS = ['plain-force', 'plain-acceleration', 'trimmed-force', 'trimmed-acceleration'].flatMap((fit) =>
  ['bottleneck', 'other'].map((network) => `r2-${fit}-${network}`),
);

/** Pages whose networks train side by side: the setting of their seed, and what is read off when they have finished. */
const SIDE_BY_SIDE = {
  'in-': ['in-seed', /^in-(ratio|median|rollout|energy)-/],
  'nri-': ['nri-seed', /^nri-(edges|graphs|path|velocity|acceleration|projection|least-squares|mse-.*)$/],
  'ode-': ['ode-seed', /^ode-(rmse|drift|more|claim)/],
  'srnn-': ['srnn-seed', /^srnn-(rmse|drift|same|finer|raw|optimised)/],
};

/** The numbers with such test ids. */
async function readings(page, wanted) {
  const found = await page.locator('[data-testid][data-value]').evaluateAll((cells) =>
    cells.map(({ dataset }) => [dataset.testid, dataset.value]),
  );
  return Object.fromEntries(found.filter(([id, value]) => wanted.test(id) && value).map(([id, value]) => [id, Number(value)]));
}

const law = process.argv.includes('--law');
const [preset, ...seeds] = process.argv.slice(2).filter((word) => word !== '--law');
if (!preset || seeds.length === 0) {
  console.error('usage: node tab.mjs PRESET[&KEY=VALUE]... SEED...');
  process.exit(2);
}
/** Searches the messages for as long as the page does by itself; the suggested law, and when it was suggested first. */
async function lawOf(orrery) {
  await orrery.press('graph-law');
  await orrery.until('the page of formulas is open', async () => (await orrery.find('search').count()) > 0);
  await orrery.press('search');
  const begun = performance.now();
  const found = { law: '', law_seconds: 0 };
  const rests = async () => !['starting', 'searching'].includes(await orrery.find('search-status').getAttribute('data-status'));
  for (;;) {
    await orrery.page.waitForTimeout(500);
    const now = (await orrery.find('law').count()) ? await orrery.find('law').getAttribute('data-plain') : '';
    if (now !== found.law) Object.assign(found, { law: now, law_seconds: (performance.now() - begun) / 1000 });
    if (performance.now() - begun > 5000 && (await rests())) {
      const rows = await orrery.find('front-laws').locator('tbody tr').allTextContents();
      return { ...found, front: rows };
    }
  }
}

const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await launch(chromium);
try {
  for (const seed of seeds) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const graphs = preset.startsWith('gn-') || preset.includes('page=graph');
    const [ofSeed, wanted] = Object.entries(SIDE_BY_SIDE).find(([begins]) => preset.startsWith(begins))?.[1] ?? [];
    await page.goto(`${server.origin}${SUB_PATH}#v=1&preset=${preset}&${ofSeed ?? (graphs ? 'graph-seed' : 'seed')}=${seed}`);
    const orrery = new Orrery(page);
    const pressed = performance.now();
    const shown = { preset, seed: Number(seed) };
    if (graphs) {
      await orrery.press('graph-train');
      const status = () => orrery.find('graph-status').getAttribute('data-status');
      await orrery.until('it ends', async () => ['finished', 'failed'].includes(await status()), LONGEST_RUN_MS);
      shown.status = await status();
    } else {
      await orrery.train(LONGEST_RUN_MS);
      shown.status = await orrery.status();
      if (!wanted) shown.ratio = await orrery.number('ratio');
    }
    shown.seconds = (performance.now() - pressed) / 1000;
    if (wanted) Object.assign(shown, await readings(page, wanted));
    for (const name of graphs ? AGREEMENTS : FIGURES) if (await page.getByTestId(name).count()) shown[name] = await orrery.number(name);
    if (graphs && law) Object.assign(shown, await lawOf(orrery));
    console.log(JSON.stringify(shown));
    await page.screenshot({ path: `out/tab-${preset.replace(/\W/g, '-')}-${seed}.png` });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
