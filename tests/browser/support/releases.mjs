// Releases of the built page in folders of their own, as somebody deploys them one after the other.
//
// It lays copies out by the project's own tool. A page that is laid out already is first put back as it was built.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { distFolder } from './dist.mjs';

const STAGE = fileURLToPath(new URL('../../../tools/stage.mjs', import.meta.url));
const ENGINE_BYTES = 300_000;

/**
 * A release that differs from every other one made here in its script and style. A page built without the engine for the graphics
 * card gets a file in its place, so that there is one that is kept only when it was fetched. `embedder` is the origin of a page that is
 * told what happens in a frame.
 */
export function release(mark, embedder = '') {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-release-'));
  cpSync(distFolder(), folder, { recursive: true });
  unstage(folder);
  for (const name of ['page.js', 'trainer-cpu.js', 'trainer-cpu-relaxed.js', 'worker.js']) appendFileSync(join(folder, name), `\n// ${mark}\n`);
  appendFileSync(join(folder, 'style.css'), `\n/* ${mark} */\n`);
  if (!existsSync(join(folder, 'trainer-gpu_bg.wasm'))) {
    writeFileSync(join(folder, 'trainer-gpu.js'), 'export default async () => {};\n');
    writeFileSync(join(folder, 'trainer-gpu_bg.wasm'), randomBytes(ENGINE_BYTES));
  }
  execFileSync('node', [STAGE, folder, embedder]);
  return { folder, id: readdirSync(join(folder, 'b'))[0], remove: () => rmSync(folder, { recursive: true }) };
}

/** Puts a page that was laid out as a release back as it was built. */
function unstage(folder) {
  if (!existsSync(join(folder, 'b'))) return;
  const [id] = readdirSync(join(folder, 'b'));
  for (const name of readdirSync(join(folder, 'b', id))) renameSync(join(folder, 'b', id, name), join(folder, name));
  rmSync(join(folder, 'b'), { recursive: true });
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.html'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replaceAll(/\s*<meta name="orrery-[^>]*>/g, '').replaceAll(`b/${id}/`, '').replaceAll(/ integrity="sha\d+-[^"]*"/g, ''));
  }
  const worker = join(folder, 'service-worker.js');
  writeFileSync(worker, readFileSync(worker, 'utf8').replace(/^const BUILD = .*\n\n/, ''));
}
