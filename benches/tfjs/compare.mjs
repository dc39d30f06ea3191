// How long one training step of a Hamiltonian network takes: Orrery's CPU engine against TensorFlow.js, tuned by hand.
//
//   npm ci && node compare.mjs              three rounds, turn by turn, in one Chromium; needs the built page in dist/
//   node compare.mjs --assert               exits with 1 when tfjs is less than 1.5 times as slow as Orrery
//   node compare.mjs --only-tfjs            without the built page
//
// Both sides train H(q, p) = MLP 2-200-200-1 with tanh on 750 samples, full batch, Adam at 1e-3, on one core with SIMD.
// The tfjs gradient is first held against finite differences, so that nobody races a wrong answer. tfjs runs twice: as
// fast as we know how (tanh through its vectorised sigmoid; the ratio counts against this one), and with its own tanh.
// Everything is served from this machine. It does not measure the GPU, nor how well either of them learns.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { launch } from '../../tests/browser/support/chromium.mjs';
import { distFolder, SUB_PATH } from '../../tests/browser/support/dist.mjs';
import { serve } from '../../tests/browser/support/server.mjs';
import { inTurns, median } from './rounds.mjs';
import { orreryMsPerStep } from './orrery.mjs';

const HIDDEN = 200;
const SAMPLES = 750;
const STEPS = 200;
const LARGEST_GRADIENT_ERROR = 1e-4; // f32 rounding leaves some 1e-7; a wrong term leaves far more than this
const LEAST_RATIO = 1.5;

const { values: options } = parseArgs({
  options: {
    assert: { type: 'boolean', default: false },
    'only-tfjs': { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
  },
});

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const server = await serve({
  '/peer/': here('page'),
  '/tfjs-core/': here('node_modules/@tensorflow/tfjs-core/dist'),
  '/tfjs-backend-wasm/': here('node_modules/@tensorflow/tfjs-backend-wasm/dist'),
  ...(options['only-tfjs'] ? {} : { [SUB_PATH]: distFolder() }),
});
const browser = await launch(chromium);
try {
  await compare();
} finally {
  await browser.close();
  await server.close();
}

async function compare() {
  await checkGradients();
  const contenders = {
    'tfjs, tuned': () => tfjsMsPerStep('sigmoid'),
    'tfjs, tuned, its own tanh': () => tfjsMsPerStep('tanh'),
  };
  if (!options['only-tfjs']) contenders.Orrery = () => orreryMsPerStep(browser, server.origin + SUB_PATH, STEPS);
  const times = await inTurns(Number(options.rounds), contenders);
  report(times);
}

async function checkGradients() {
  for (const tanhOf of ['sigmoid', 'tanh']) {
    const error = await onPeerPage((page) =>
      page.evaluate((setting) => globalThis.peer.gradientError(setting), { hidden: HIDDEN, tanhOf }),
    );
    console.log(`gradient through ${tanhOf}: off by ${error.toExponential(1)} (at most ${LARGEST_GRADIENT_ERROR})`);
    if (!(error <= LARGEST_GRADIENT_ERROR)) throw new Error('the tfjs gradient is wrong: nothing to compare with');
  }
}

async function tfjsMsPerStep(tanhOf) {
  const setting = { hidden: HIDDEN, samples: SAMPLES, steps: STEPS, tanhOf };
  const run = await onPeerPage((page) => page.evaluate((setting) => globalThis.peer.timeSteps(setting), setting));
  if (run.leaked !== 0) throw new Error(`the tfjs step leaks ${run.leaked} tensors`);
  if (!(run.lossAfter < run.lossBefore)) throw new Error('the tfjs model does not learn');
  return run.msPerStep;
}

/** Opens the peer's page afresh, so that no round profits or suffers from the one before. */
async function onPeerPage(use) {
  const page = await browser.newPage();
  try {
    await page.goto(`${server.origin}/peer/`);
    await page.waitForFunction(() => globalThis.peer);
    await page.evaluate(() => globalThis.peer.start());
    return await use(page);
  } finally {
    await page.close();
  }
}

function report(times) {
  const medians = Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, median(ms)]));
  console.log(`\n${'ms per step'.padEnd(28)}${'median'.padStart(8)}   rounds`);
  for (const [name, ms] of Object.entries(times)) {
    console.log(name.padEnd(28) + medians[name].toFixed(2).padStart(8) + '   ' + ms.map((t) => t.toFixed(2)).join(' '));
  }
  const orrery = medians.Orrery;
  const ratio = medians['tfjs, tuned'] / orrery;
  const ratioOwnTanh = medians['tfjs, tuned, its own tanh'] / orrery;
  if (orrery) console.log(`ratio ${ratio.toFixed(2)} (with tfjs's own tanh ${ratioOwnTanh.toFixed(2)})`);
  console.log(
    JSON.stringify({
      tfjs_ms: medians['tfjs, tuned'],
      tfjs_own_tanh_ms: medians['tfjs, tuned, its own tanh'],
      ...(orrery && { orrery_ms: orrery, ratio, ratio_own_tanh: ratioOwnTanh }),
      rounds: times,
      browser: browser.version(),
    }),
  );
  if (options.assert && !(ratio >= LEAST_RATIO)) process.exitCode = 1;
}
