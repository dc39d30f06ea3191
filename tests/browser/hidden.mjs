// A tab that is not looked at for MINUTES (10) while it trains: what a visitor finds who comes back.
//
//   MINUTES=10 node hidden.mjs
//
// Another tab lies in front, and the browser slows down timers of the one that trains: Playwright would make it believe that it is looked
// at, so this drives Chromium otherwise. It has to have trained all the while, with no notice of a worker that was taken for dead, and has
// to answer at once. Ends with 1 where that is not so.

import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { chromiumPath, QUIET } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { serve } from './support/server.mjs';

const MINUTES = Number(process.env.MINUTES ?? 10);
/** What it does in a minute unseen, as a part of what it does in a minute seen. */
const LEAST_PACE = 0.5;
const SEEN_SECONDS = 20;
/** Within this it shows how far it came, and holds when asked to. */
const ANSWER_MS = 5000;
/** Switches of drivers that keep tabs awake. */
const AWAKE = ['--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows', '--disable-background-timer-throttling'];

const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await puppeteer.launch({ executablePath: chromiumPath(), args: QUIET, ignoreDefaultArgs: AWAKE });
const page = await browser.newPage();
const complaints = [];
page.on('pageerror', (error) => complaints.push(String(error)));
page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
const attribute = (id, name) => page.$eval(`[data-testid=${id}]`, (element, name) => element.getAttribute(name), name);
const steps = async () => Number(await attribute('steps', 'data-value'));
const until = (id, name, holds) =>
  page.waitForFunction(holds, { polling: 100, timeout: 60_000 }, `[data-testid=${id}]`, name);

await page.goto(`${server.origin}${SUB_PATH}#v=1&preset=spring-paper&device=cpu&steps=100000`);
await page.waitForSelector('[data-testid=train]');
await page.click('[data-testid=train]');
await until('steps', 'data-value', (id, name) => Number(document.querySelector(id).getAttribute(name)) >= 100);

const [from, begun] = [await steps(), Date.now()];
await sleep(1000 * SEEN_SECONDS);
const pace = ((await steps()) - from) / ((Date.now() - begun) / 1000);

const front = await browser.newPage();
await front.goto('about:blank');
await front.bringToFront();
await sleep(1000);
const state = await page.evaluate(() => document.visibilityState);
const [hidden, left] = [await steps(), Date.now()];
await sleep(60_000 * MINUTES);
await page.bringToFront();
const back = Date.now();
await page.waitForFunction((before) => Number(document.querySelector('[data-testid=steps]').dataset.value) > before, { polling: 50 }, hidden);
await sleep(1000);
const done = await steps();
const kept = (done - hidden) / ((Date.now() - left) / 1000) / pace;
await page.click('[data-testid=pause]');
await until('status', 'data-status', (id, name) => document.querySelector(id).getAttribute(name) === 'paused');
const answered = Date.now() - back - 1000;
const notice = (await page.$$eval('[data-testid=notice]', (notices) => notices.map((notice) => notice.textContent))).join(' ').trim();
await browser.close();
await server.close();

console.log(`${MINUTES} minutes ${state}: ${done - hidden} steps, ${kept.toFixed(2)} of the pace while it is seen (${pace.toFixed(0)} steps/s)`);
console.log(`answered ${(answered / 1000).toFixed(1)} s after coming back; notice '${notice}'; ${complaints.length} complaints`);
for (const complaint of complaints) console.log(complaint);
const fine = state === 'hidden' && kept >= LEAST_PACE && answered <= ANSWER_MS && notice === '' && complaints.length === 0;
process.exitCode = fine ? 0 : 1;
