// Draws www/icon.svg as the PNG pictures that browsers want of an installed page: node icons.mjs, after `make chromium` and npm ci in
// tests/browser. What it writes is kept in the repository; run it when the icon changes.

import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from '../tests/browser/support/chromium.mjs';
import { chromium } from '../tests/browser/node_modules/playwright-core/index.mjs';

const icon = readFileSync(new URL('../www/icon.svg', import.meta.url), 'utf8');
const PAPER = '#faf9f6';
/** Size in pixels, and the part of it that the drawing takes: a maskable icon may be cut to a circle of four fifths. */
const PICTURES = { 'icon-192.png': [192, 0.86], 'icon-512.png': [512, 0.86], 'icon-maskable-512.png': [512, 0.62] };

const browser = await launch(chromium);
for (const [name, [size, part]] of Object.entries(PICTURES)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${PAPER}}svg{width:${100 * part}vw}</style>${icon}`,
  );
  writeFileSync(new URL(`../www/${name}`, import.meta.url), await page.screenshot());
}
await browser.close();
