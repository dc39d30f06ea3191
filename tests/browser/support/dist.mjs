// Where the built page lies, and the path it is served under.
//
// The path is deliberately deep and unlike any other: a page that works here works on any static host. ORRERY_DIST
// names another build. This file does not build anything.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SUB_PATH = '/some/where/orrery/';

/** The folder of the built page; throws a sentence if there is none. */
export function distFolder() {
  const folder = process.env.ORRERY_DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`no index.html in ${folder}: build the page first`);
  return folder;
}
