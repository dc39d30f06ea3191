// A class: TABS (30) tabs of one browser, each with its own experiment, all train at once.
//
//   TABS=8 node tabs.mjs
//   SHARED=1 node tabs.mjs     as one visitor's tabs, instead of as many visitors, who each keep the release for themselves
//
// Every one has to finish without a complaint, and without another try. Prints when the first and the last had opened and finished, how
// many were told on the way that something does not arrive, and the memory of the browser.

import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { launch } from './support/chromium.mjs';
import { distFolder, SUB_PATH } from './support/dist.mjs';
import { Orrery } from './support/orrery.mjs';
import { serve } from './support/server.mjs';
import { complaintsAbout } from './support/watcher.mjs';

const TABS = Number(process.env.TABS ?? 30);
const LONGEST_MS = 120_000 + 30_000 * TABS;
const PRESETS = ['spring', 'pendulum', 'two-body'];

const server = await serve({ [SUB_PATH]: distFolder() });
const browser = await launch(chromium, {});
const begun = Date.now();
const seconds = () => (Date.now() - begun) / 1000;

/** A visitor, and what the browser complains of. */
async function visitor() {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(LONGEST_MS);
  return { context, complaints: await complaintsAbout(context, server.origin) };
}
const everyone = process.env.SHARED ? await visitor() : null;

async function tab(number) {
  const { context, complaints } = everyone ?? (await visitor());
  const orrery = new Orrery(await context.newPage());
  const preset = PRESETS[number % PRESETS.length];
  await orrery.page.goto(`${server.origin}${SUB_PATH}#v=1&preset=${preset}&device=cpu&hidden=16&trajectories=10&steps=200&seed=${number}`);
  await orrery.find('train').waitFor();
  const opened = seconds();
  await orrery.press('train');
  let told = '';
  const ended = async () => {
    told ||= await orrery.textIfAny('failure');
    return (await orrery.status()) === 'finished';
  };
  await orrery.until('the run ends', ended, LONGEST_MS).catch(() => {});
  return { opened, finished: seconds(), status: await orrery.status(), told, complaints };
}

/** Resident memory of the browser's processes, in MB; shared pages are counted in each. */
function memory() {
  const lines = execFileSync('ps', ['-eo', 'rss,args']).toString().split('\n');
  const own = lines.filter((line) => line.includes('--type=renderer'));
  return own.reduce((sum, line) => sum + Number.parseInt(line, 10) / 1024, 0);
}

const tabs = await Promise.all(Array.from({ length: TABS }, (_, number) => tab(number)));
const held = memory();
await browser.close();
await server.close();
const range = (of) => `${Math.min(...tabs.map(of)).toFixed(1)} to ${Math.max(...tabs.map(of)).toFixed(1)} s`;
const bad = tabs.filter(({ status, complaints }) => status !== 'finished' || complaints.length > 0);
console.log(`${TABS} tabs: opened after ${range((tab) => tab.opened)}, finished after ${range((tab) => tab.finished)}`);
console.log(`${tabs.filter(({ told }) => told).length} were told on the way that something does not arrive`);
console.log(`${(held / TABS).toFixed(0)} MB of renderer a tab; ${bad.length} did not finish as they should`);
for (const { status, told, complaints } of bad) console.log(status, [told, ...complaints].join(' '));
process.exitCode = bad.length ? 1 : 0;
