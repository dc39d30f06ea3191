// What compare.mjs can ask of the peer's page: start, check the gradient, and time some steps.
//
// It times whole training steps (loss, gradient, Adam) and reads one number back, after the clock has stopped.

import { Adam } from './adam.js';
import { lossAndGradients } from './hnn.js';
import { initialParameters, lossInF64, springSamples } from './problem.js';

const tf = globalThis.tf;
const RATE = 1e-3;
const WARM_UP_STEPS = 20;

globalThis.peer = { start, gradientError, timeSteps };

/** Starts the Wasm backend and says which build of it runs. */
async function start() {
  tf.wasm.setWasmPaths('/tfjs-backend-wasm/');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (!simd) throw new Error('this browser has no SIMD for Wasm: the comparison would mean nothing');
  return `tfjs ${tf.version_core ?? ''} ${tf.getBackend()}, SIMD, one thread`;
}

/**
 * The worst disagreement between the gradient and central differences of the f64 loss, as a part of the largest entry
 * of that parameter's gradient. Looks at the largest entry and at others spread evenly, with few samples: the
 * differences need two f64 losses each.
 */
function gradientError({ hidden, tanhOf, samples = 40, entries = 8, nudge = 1e-4 }) {
  const data = springSamples(samples, 7);
  const parameters = initialParameters(hidden, 11);
  const gradients = tf.tidy(() => {
    const found = lossAndGradients(tensorsOfData(data), tensorsOf(parameters), tanhOf).gradients;
    return Object.fromEntries(Object.entries(found).map(([name, tensor]) => [name, tensor.dataSync()]));
  });
  let worst = 0;
  for (const [name, gradient] of Object.entries(gradients)) {
    const { values } = parameters[name];
    const largest = gradient.reduce((best, g, i) => (Math.abs(g) > Math.abs(gradient[best]) ? i : best), 0);
    const spread = Array.from({ length: entries - 1 }, (_, i) => Math.floor((i * values.length) / entries));
    for (const i of [largest, ...spread]) {
      const here = values[i];
      const lossAt = (value) => ((values[i] = value), lossInF64(data, parameters));
      const difference = (lossAt(here + nudge) - lossAt(here - nudge)) / (2 * nudge);
      values[i] = here;
      worst = Math.max(worst, Math.abs(gradient[i] - difference) / Math.abs(gradient[largest]));
    }
  }
  return worst;
}

/** Trains afresh, and returns the mean time of `steps` steps after a warm-up, with the loss before and after. */
function timeSteps({ hidden, samples, steps, tanhOf }) {
  const data = tensorsOfData(springSamples(samples, 1));
  const parameters = tensorsOf(initialParameters(hidden, 2));
  const adam = new Adam(RATE, parameters);
  const step = () =>
    tf.tidy(() => {
      const { loss, gradients } = lossAndGradients(data, parameters, tanhOf);
      adam.step(parameters, gradients);
      return loss;
    });
  const before = step();
  for (let i = 1; i < WARM_UP_STEPS; i++) step().dispose();
  const tensors = tf.memory().numTensors;
  const started = performance.now();
  for (let i = 0; i < steps; i++) step().dispose();
  const msPerStep = (performance.now() - started) / steps;
  const leaked = tf.memory().numTensors - tensors;
  const after = step();
  return { msPerStep, leaked, lossBefore: before.dataSync()[0], lossAfter: after.dataSync()[0] };
}

function tensorsOf(parameters) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { values, shape }]) => [name, tf.tensor(values, shape)]),
  );
}

function tensorsOfData({ samples, states, slopes }) {
  const x = tf.tensor2d(states, [samples, 2]);
  return { states: x, statesT: tf.transpose(x), slopes: tf.tensor2d(slopes, [samples, 2]) };
}
