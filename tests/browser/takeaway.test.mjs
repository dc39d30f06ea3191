// What a visitor takes away: files that the page writes, read as whoever gets them would.
//
// Whether the numbers in them are right is for the Rust tests, which run them; here it is enough that a visitor gets whole files.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from './support/suite.mjs';

const claim = suite();
const SMALL = '#v=1&preset=pendulum&device=cpu&steps=60&hidden=16&seed=3';
const PNG = [0x89, 0x50, 0x4e, 0x47];

/** Presses a button and returns name and content of what the browser saves. */
async function saved(orrery, id) {
  const [download] = await Promise.all([orrery.page.waitForEvent('download'), orrery.press(id)]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

/** Files of a ZIP file without compression, by name. */
function unzipped(zip) {
  const files = {};
  let at = 0;
  while (zip.readUInt32LE(at) === 0x04034b50) {
    const [size, name] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26)];
    const content = at + 30 + name;
    files[zip.toString('utf8', at + 30, content)] = zip.subarray(content, content + size);
    at = content + size;
  }
  return files;
}

claim('everything is taken away at once, and the script moves the models as the page does', async ({ open, t }) => {
  const orrery = await open(SMALL);
  await orrery.find('take-away').locator('summary').click();
  assert.ok(await orrery.find('take-all').isDisabled(), 'before anything is trained there is nothing to take');
  await orrery.train();
  // A click elsewhere has closed it.
  await orrery.find('take-away').locator('summary').click();
  const { name, content } = await saved(orrery, 'take-all');
  assert.equal(name, 'orrery-pendulum-seed-3.zip');
  const files = unzipped(content);
  for (const wanted of ['data.csv', 'losses.csv', 'motion.csv', 'report.html', 'reproduce.py', 'portrait.svg', 'hnn.onnx', 'hnn.safetensors', 'baseline.py']) {
    assert.ok(files[wanted]?.length > 200, `${wanted} is there`);
  }
  const report = files['report.html'].toString();
  assert.ok(!report.includes('<script') && report.includes('/some/where/orrery/#v=1&amp;preset=pendulum'), 'a report with a link');
  const python = process.env.ORRERY_PYTHON ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'orrery/python/bin/python');
  if (!existsSync(python)) return t.diagnostic('the script was not run: tools/install.sh python sets up what it needs');
  const folder = mkdtempSync(join(tmpdir(), 'orrery-'));
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes);
  const said = execFileSync(python, ['reproduce.py'], { cwd: folder }).toString();
  const off = [...said.matchAll(/within (\S+) of the page's motion/g)].map(([, number]) => Number(number));
  assert.equal(off.length, 2);
  assert.ok(off.every((number) => number < 1e-5), said);
});

claim('single files and pictures are saved under their names', async ({ open }) => {
  const orrery = await open(SMALL);
  await orrery.train();
  await orrery.find('take-away').locator('summary').click();
  const data = await saved(orrery, 'take-data.csv');
  assert.equal(data.name, 'data.csv');
  assert.match(data.content.toString(), /^# made by: Orrery [\s\S]*# seed: 3\n[\s\S]*\npart,motion,t,q \(rad\),p,/);
  const weights = await saved(orrery, 'take-hnn.safetensors');
  const header = JSON.parse(weights.content.subarray(8, 8 + Number(weights.content.readBigUInt64LE(0))).toString());
  assert.deepEqual(header['layers.0.weight'].shape, [2, 16]);
  const svg = await saved(orrery, 'take-portrait-SVG');
  assert.equal(svg.name, 'portrait.svg');
  assert.match(svg.content.toString(), /seed 3, Orrery [\d.]+<\/text>/);
  const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg.content.toString());
  const png = await saved(orrery, 'take-portrait-PNG');
  assert.deepEqual([...png.content.subarray(0, 4)], PNG);
  assert.deepEqual([png.content.readUInt32BE(16), png.content.readUInt32BE(20)], [2 * width, 2 * height]);
  assert.ok(png.content.length > 10_000, 'it is not empty');
});

claim('the menu stays open for several files, and closes by Escape, by a click elsewhere, and when the focus leaves it', async ({ open }) => {
  const orrery = await open(SMALL);
  const menu = orrery.find('take-away');
  const summary = menu.locator('summary');
  const isOpen = () => menu.evaluate((details) => details.open);
  await orrery.train();
  await summary.click();
  await saved(orrery, 'take-data.csv');
  assert.ok(await isOpen(), 'it is open for the next file');
  await orrery.page.keyboard.press('Escape');
  assert.ok(!(await isOpen()), 'Escape');
  assert.ok(await summary.evaluate((element) => element === document.activeElement), 'the focus is on what opens it');
  await summary.click();
  await orrery.page.mouse.click(300, 400);
  assert.ok(!(await isOpen()), 'a click elsewhere');
  await summary.click();
  await orrery.find('rewind').focus();
  assert.ok(!(await isOpen()), 'the focus');
});
