// Pictures of the page for people to look at, saved in out/: node screenshots.mjs [NAME]...
//
// It compares nothing and can't fail for a wrong pixel.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { launch } from './support/chromium.mjs';
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
  { name: 'laptop-two-body', preset: 'two-body', screen: LAPTOP, trained: true },
  { name: 'laptop-real-pendulum', preset: 'real-pendulum', screen: LAPTOP, trained: true, fullPage: true },
  { name: 'laptop-pixels', preset: 'pixels&steps=600', screen: LAPTOP, trained: true, fullPage: true },
  { name: 'phone-pixels', preset: 'pixels&steps=60', screen: PHONE, trained: true, fullPage: true },
  { name: 'laptop-graph', preset: 'spring&page=graph&graph-steps=600', screen: LAPTOP, pressed: 'graph-train', watched: 12_000, fullPage: true },
  { name: 'dark-graph', preset: 'spring&page=graph&graph-steps=600', screen: { ...LAPTOP, colorScheme: 'dark' }, pressed: 'graph-train', watched: 12_000 },
  { name: 'phone-graph', preset: 'spring&page=graph&graph-steps=300', screen: PHONE, pressed: 'graph-train', watched: 9000, fullPage: true },
  { name: 'laptop-interactions', preset: 'in-nbody', screen: LAPTOP, watched: 1500 },
  { name: 'laptop-balls', preset: 'in-balls&in-steps=300', screen: LAPTOP, pressed: 'train', watched: 15_000, fullPage: true },
  { name: 'dark-string', preset: 'in-string&in-steps=300', screen: { ...LAPTOP, colorScheme: 'dark' }, pressed: 'train', watched: 12_000 },
  { name: 'phone-interactions', preset: 'in-nbody&in-steps=200', screen: PHONE, pressed: 'train', watched: 9000, fullPage: true },
  { name: 'laptop-hidden', preset: 'nri-springs', screen: LAPTOP, watched: 1500 },
  { name: 'laptop-hidden-found', preset: 'nri-springs', screen: LAPTOP, pressed: 'train', watched: 20_000, fullPage: true },
  { name: 'dark-hidden', preset: 'nri-charged', screen: { ...LAPTOP, colorScheme: 'dark' }, pressed: 'train', watched: 12_000 },
  { name: 'phone-hidden', preset: 'nri-springs', screen: PHONE, pressed: 'train', watched: 9000, fullPage: true },
  { name: 'laptop-ode', preset: 'ode-ring', screen: LAPTOP, watched: 2500 },
  { name: 'laptop-ode-trained', preset: 'ode-springs&ode-table=yes', screen: LAPTOP, pressed: 'train', watched: 40_000, fullPage: true },
  { name: 'dark-ode', preset: 'ode-springs', screen: { ...LAPTOP, colorScheme: 'dark' }, pressed: 'train', watched: 20_000 },
  { name: 'phone-ode', preset: 'ode-springs&ode-steps=150', screen: PHONE, pressed: 'train', watched: 15_000, fullPage: true },
  { name: 'laptop-srnn', preset: 'srnn-chain', screen: LAPTOP, watched: 2500 },
  { name: 'laptop-srnn-trained', preset: 'srnn-chain&srnn-steps=1000', screen: LAPTOP, pressed: 'train', watched: 30_000, fullPage: true },
  { name: 'dark-srnn', preset: 'srnn-three-body&srnn-steps=600', screen: { ...LAPTOP, colorScheme: 'dark' }, pressed: 'train', watched: 20_000 },
  { name: 'phone-srnn', preset: 'srnn-chain&srnn-steps=300', screen: PHONE, pressed: 'train', watched: 15_000, fullPage: true },
  { name: 'laptop-integrators', preset: 'pendulum&page=integrators', screen: LAPTOP },
  { name: 'laptop-molecules', preset: 'spring&page=molecules', screen: LAPTOP, watched: 12_000 },
  { name: 'laptop-chain', preset: 'spring&page=molecules&matter=chain', screen: LAPTOP, watched: 4000 },
  { name: 'laptop-formula', preset: 'spring&page=formula', screen: LAPTOP, pressed: 'search', watched: 6000 },
  { name: 'phone-formula', preset: 'spring&page=formula', screen: PHONE, pressed: 'search', watched: 6000, fullPage: true },
  { name: 'phone-molecules', preset: 'spring&page=molecules', screen: PHONE, watched: 3000, fullPage: true },
  { name: 'dark-integrators', preset: 'pendulum&page=integrators', screen: { ...LAPTOP, colorScheme: 'dark' } },
  { name: 'dark-molecules', preset: 'spring&page=molecules', screen: { ...LAPTOP, colorScheme: 'dark' }, watched: 4000 },
  { name: 'phone-integrators', preset: 'pendulum&page=integrators', screen: PHONE, fullPage: true },
  { name: 'phone-two-body', preset: 'two-body', screen: PHONE, trained: true, fullPage: true },
  { name: 'phone', preset: 'spring', screen: PHONE, trained: true, fullPage: true },
];

const folder = fileURLToPath(new URL('out/', import.meta.url));
await mkdir(folder, { recursive: true });
const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await launch(chromium);
try {
  const wanted = process.argv.slice(2);
  for (const picture of PICTURES) if (!wanted.length || wanted.includes(picture.name)) await take(picture);
} finally {
  await browser.close();
  await server.close();
}

async function take({ name, preset, screen, trained = false, pressed, watched = 0, fullPage = false }) {
  const page = await browser.newPage(screen);
  await page.goto(`${server.origin}${SUB_PATH}#v=1&preset=${preset}&device=cpu`);
  const orrery = new Orrery(page);
  if (!watched) await orrery.untilStatus('idle');
  if (trained) await orrery.train();
  if (pressed) await orrery.press(pressed);
  await page.waitForTimeout(SETTLE_MS + watched);
  await page.screenshot({ path: `${folder}${name}.png`, fullPage });
  console.log(`out/${name}.png`);
  await page.close();
}
