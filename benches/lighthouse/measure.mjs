// Lighthouse's figures of the built page on a phone with a throttled processor and network, whether it can be installed, and how long
// it takes to answer a visitor while it trains.
//
//   node measure.mjs [DIST] [ROUNDS]
//
// The page is served as deploy/ has it: compressed, files of a build kept for ever. Lighthouse's own phone and throttling are used.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { launch } from '../../tests/browser/support/chromium.mjs';

const dist = resolve(process.argv[2] ?? fileURLToPath(new URL('../../dist', import.meta.url)));
const rounds = Number(process.argv[3] ?? 3);
const PORT = 9333;
const LEAST = { performance: 0.9, accessibility: 1, 'best-practices': 0.95 };
const MOST = { 'largest-contentful-paint': 2500, 'cumulative-layout-shift': 0.05 };
const MOST_INP_MS = 200;
/** Of a phone's processor, as Lighthouse has it. */
const SLOWER = 4;
/** How often a visitor taps on the portrait, two boxes of the legend and the button of motion. */
const VISITS = 30;
const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.md': 'text/markdown',
  '.png': 'image/png', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json',
};

const kept = new Map();
const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://here').pathname.replace(/\/$/, '/index.html');
  const file = await packed(path).catch(() => undefined);
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-encoding': 'br',
    'cache-control': path.startsWith('/b/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(file);
}).listen(0, '127.0.0.1');
await new Promise((ready) => server.once('listening', ready));
const origin = `http://127.0.0.1:${server.address().port}/`;

async function packed(path) {
  if (!kept.has(path)) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    kept.set(path, brotliCompressSync(await readFile(join(dist, path)), quality));
  }
  return kept.get(path);
}

let missed = 0;
const say = (what, found, fine) => {
  missed += fine ? 0 : 1;
  console.log(`${fine ? 'ok    ' : 'MISSED'} ${what}: ${found}`);
};
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const written = (numbers, digits) => {
  const inOrder = sorted(numbers).map((x) => x.toFixed(digits));
  return `${inOrder[Math.floor(inOrder.length / 2)]} (${inOrder[0]} to ${inOrder.at(-1)})`;
};
const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];

const browser = await launch(chromium, { args: [`--remote-debugging-port=${PORT}`] });
try {
  const reports = [];
  for (let round = 0; round < rounds; round += 1) {
    reports.push((await lighthouse(origin, { port: PORT, logLevel: 'error', onlyCategories: Object.keys(LEAST) })).lhr);
  }
  for (const [category, least] of Object.entries(LEAST)) {
    const scores = reports.map((report) => report.categories[category].score);
    say(`${category}, at least ${100 * least}`, written(scores.map((score) => 100 * score), 0), median(scores) >= least);
    const failed = reports[0].categories[category].auditRefs.map(({ id }) => reports[0].audits[id]);
    for (const { title, score, displayValue } of failed) if (score !== null && score < 0.9) console.log(`         ${title} ${displayValue ?? ''}`);
  }
  for (const [audit, most] of Object.entries(MOST)) {
    const values = reports.map((report) => report.audits[audit].numericValue);
    say(`${audit}, at most ${most}`, written(values, most < 1 ? 3 : 0), median(values) <= most);
  }
  const errors = await installability();
  say('can be installed', errors.length ? JSON.stringify(errors) : 'yes', errors.length === 0);
  const answers = sorted(await answersWhileTraining());
  // As web.dev/articles/inp has it: one of every fifty interactions is left out. Of 120 that is the third slowest.
  const inp = answers.at(-1 - Math.floor(answers.length / 50)) ?? 0;
  say(`interaction to next paint while it trains, processor ${SLOWER} times slower, at most ${MOST_INP_MS} ms`,
    `${inp} ms of ${answers.length} interactions, median ${median(answers)} ms, the slowest ${answers.slice(-4).join(', ')} ms`,
    answers.length > 3 * VISITS && inp <= MOST_INP_MS);
} finally {
  await browser.close();
  server.close();
}
process.exitCode = missed > 0 ? 1 : 0;

async function installability() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  await page.context().close();
  // A context of its own is what Chromium takes for a private window.
  return installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
}

/** Milliseconds from what a visitor does to the next picture, as the browser measures them, for every interaction. */
async function answersWhileTraining() {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1.75 });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(`${origin}#v=1&preset=spring&steps=100000`);
  await page.getByTestId('train').tap();
  await page.getByTestId('status').and(page.locator('[data-status="training"]')).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000);
  await page.evaluate(() => {
    self.answers = new Map();
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId) self.answers.set(interactionId, Math.max(duration, self.answers.get(interactionId) ?? 0));
      }
    }).observe({ type: 'event', durationThreshold: 16 });
  });
  const plot = page.getByTestId('phase-portrait');
  for (let i = 0; i < VISITS; i += 1) {
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await plot.boundingBox();
    await page.touchscreen.tap(x + width * (0.3 + 0.05 * (i % 8)), y + height / 2);
    await page.waitForTimeout(700);
    for (const name of ['data', 'field']) {
      await page.locator('.legend label', { hasText: name }).first().tap();
      await page.waitForTimeout(500);
    }
    await page.getByTestId('motion').tap();
    await page.waitForTimeout(500);
  }
  const answers = await page.evaluate(() => [...self.answers.values()]);
  await context.close();
  return answers;
}
