// Which Chromium to start, and with which switches.
//
// Shared by the tests, the screenshots and the benchmark, so that all of them look at the same browser. It needs
// no package, and it does not start anything: the caller brings its own playwright-core.

import { existsSync } from 'node:fs';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const QUIET = [
  '--headless=new',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Options for `chromium.launch`. With `webgpu`, Chromium's software adapter is offered: right, but slow. */
export function launchOptions({ webgpu = false } = {}) {
  return {
    executablePath: chromiumPath(),
    args: webgpu ? [...QUIET, '--enable-unsafe-webgpu'] : QUIET,
  };
}

function chromiumPath() {
  const path = process.env.CHROMIUM ?? USUAL_PLACES.find((place) => existsSync(place));
  if (!path) throw new Error(`no Chromium in ${USUAL_PLACES.join(', ')}: install one, or set CHROMIUM to its path`);
  return path;
}
