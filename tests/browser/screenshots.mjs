// Pictures of the page for people to look at, saved in out/: node screenshots.mjs
//
// It compares nothing and can't fail for a wrong pixel.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { launchOptions } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';

const LAPTOP = { viewport: { width: 1366, height: 768 }, colorScheme: 'light' };
const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: 'light', deviceScaleFactor: 2 };
const SETTLE_MS = 600; // the last drawing and any transition

const PICTURES = [
  { name: 'laptop-idle', preset: 'spring', screen: LAPTOP },
  { name: 'laptop-spring', preset: 'spring', screen: LAPTOP, trained: true },
  { name: 'laptop-pendulum', preset: 'pendulum', screen: LAPTOP, trained: true },
  { name: 'laptop-dark', preset: 'pendulum', screen: { ...LAPTOP, colorScheme: 'dark' }, trained: true },
  { name: 'phone', preset: 'spring', screen: PHONE, trained: true, fullPage: true },
];

const folder = fileURLToPath(new URL('out/', import.meta.url));
await mkdir(folder, { recursive: true });
const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await chromium.launch(launchOptions());
try {
  for (const picture of PICTURES) await take(picture);
} finally {
  await browser.close();
  await server.close();
}

async function take({ name, preset, screen, trained = false, fullPage = false }) {
  const page = await browser.newPage(screen);
  await page.goto(`${server.origin}${SUB_PATH}#v=1&preset=${preset}&device=cpu`);
  const orrery = new Orrery(page);
  await orrery.untilStatus('idle');
  if (trained) await orrery.train();
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: `${folder}${name}.png`, fullPage });
  console.log(`out/${name}.png`);
  await page.close();
}
