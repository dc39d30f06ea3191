// Trains a preset in a tab and prints how long that took and what came of it: node tab.mjs PRESET[&KEY=VALUE]... SEED...
//
// One JSON object a line for each seed: seconds from pressing Train to the end, the ratio, and the figures shown beside it.
// With page=graph among the settings it is the graph networks that train: node tab.mjs 'spring&page=graph&world=r1' 0 1 2

import { chromium } from 'playwright-core';
import { launchOptions } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';

const LONGEST_RUN_MS = 900_000;
const FIGURES = [
  'train-loss-hnn', 'test-loss-hnn', 'energy-hnn', 'energy-baseline', 'reconstruction-hnn', 'reconstruction-baseline', 'angle-r2-hnn',
];

const AGREEMENTS = ['plain-force', 'plain-acceleration', 'trimmed-force', 'trimmed-acceleration'].flatMap((fit) =>
  ['bottleneck', 'other'].map((network) => `r2-${fit}-${network}`),
);

const [preset, ...seeds] = process.argv.slice(2);
if (!preset || seeds.length === 0) {
  console.error('usage: node tab.mjs PRESET[&KEY=VALUE]... SEED...');
  process.exit(2);
}
const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await chromium.launch(launchOptions());
try {
  for (const seed of seeds) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const graphs = preset.includes('page=graph');
    await page.goto(`${server.origin}${SUB_PATH}#v=1&preset=${preset}&${graphs ? 'graph-seed' : 'seed'}=${seed}`);
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
      shown.ratio = await orrery.number('ratio');
    }
    shown.seconds = (performance.now() - pressed) / 1000;
    for (const name of graphs ? AGREEMENTS : FIGURES) if (await page.getByTestId(name).count()) shown[name] = await orrery.number(name);
    console.log(JSON.stringify(shown));
    await page.screenshot({ path: `out/tab-${preset.replace(/\W/g, '-')}-${seed}.png` });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
