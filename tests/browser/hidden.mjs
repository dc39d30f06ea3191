// A tab that is not looked at for MINUTES (10) while it trains: what a visitor finds who comes back.
//
//   MINUTES=10 node hidden.mjs
//
// Another tab lies in front, so that the browser slows down timers of the one that trains. It has to have trained all the while, with no
// notice of a worker that was taken for dead, and has to answer at once. Ends with 1 where that is not so.

import { chromium } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';
import { complaintsAbout } from './support/watcher.mjs';

const MINUTES = Number(process.env.MINUTES ?? 10);
/** What it does in a minute unseen, as a part of what it does in a minute seen. */
const LEAST_PACE = 0.5;
const SEEN_SECONDS = 20;

const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await launch(chromium, {});
const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
const complaints = await complaintsAbout(context, server.origin);
const page = await context.newPage();
const orrery = new Orrery(page);
// The driver makes every page believe that it is looked at.
const session = await context.newCDPSession(page);
const visible = () => page.evaluate(() => document.visibilityState);
await page.goto(`${server.origin}${SUB_PATH}#v=1&preset=spring-paper&device=cpu&steps=100000`);
await orrery.press('train');
await orrery.untilSteps(100);

const [from, begun] = [await orrery.stepsDone(), Date.now()];
await sleep(1000 * SEEN_SECONDS);
const seen = (await orrery.stepsDone()) - from;
const pace = seen / ((Date.now() - begun) / 1000);

const front = await context.newPage();
await front.goto('about:blank');
await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
await front.bringToFront();
await sleep(1000);
const state = await visible();
const [hidden, left] = [await orrery.stepsDone(), Date.now()];
await sleep(60_000 * MINUTES);
const away = (Date.now() - left) / 1000;
await page.bringToFront();
const back = Date.now();
await orrery.until('the page shows how far it came', async () => (await orrery.stepsDone()) > hidden);
await sleep(1000);
const done = await orrery.stepsDone();
await orrery.press('pause');
await orrery.untilStatus('paused');
const answered = (Date.now() - back) / 1000;
const notice = await orrery.textIfAny('notice');
const kept = (done - hidden) / away / pace;
await browser.close();
await server.close();

console.log(`${MINUTES} minutes ${state}: ${done - hidden} steps, ${kept.toFixed(2)} of the pace while it is seen (${pace.toFixed(0)} steps/s)`);
console.log(`held ${answered.toFixed(1)} s after coming back (a second of that is waiting); notice '${notice}'; ${complaints.length} complaints`);
for (const complaint of complaints) console.log(complaint);
const fine = state === 'hidden' && kept >= LEAST_PACE && notice === '' && complaints.length === 0;
process.exitCode = fine ? 0 : 1;
