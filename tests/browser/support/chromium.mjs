// Which Chromium to start, and with which switches.
//
// Shared by the tests, the screenshots and the benchmark, so that all of them look at the same browser. It needs
// no package, and it does not start anything: the caller brings its own playwright-core.

import { existsSync } from 'node:fs';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const QUIET = [
  '--headless=new',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Options for a launch, with further switches. With `webgpu`, Chromium's software adapter is offered: right, but slow. */
function launchOptions({ webgpu = false, args = [] } = {}) {
  return {
    executablePath: chromiumPath(),
    args: [...QUIET, ...(webgpu ? ['--enable-unsafe-webgpu'] : []), ...args],
  };
}

const MOST_LAUNCHES = 3;

/** Starts the browser of `chromium`. One that dies before it is up says nothing about the page, and is started again. */
export async function launch(chromium, options) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await chromium.launch(launchOptions(options));
    } catch (error) {
      if (attempt === MOST_LAUNCHES) throw error;
      console.log(`# Chromium did not start (attempt ${attempt}): ${error.message.split('\n')[0]}`);
    }
  }
}

/** The system's Chromium. */
export function chromiumPath() {
  const path = process.env.CHROMIUM ?? USUAL_PLACES.find((place) => existsSync(place));
  if (!path) throw new Error(`no Chromium in ${USUAL_PLACES.join(', ')}: install one, or set CHROMIUM to its path`);
  return path;
}
