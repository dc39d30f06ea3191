// The problem both engines solve: noisy samples of a spring, and a network 2-H-H-1 whose slopes should match them.
//
// Plain arrays and f64 arithmetic only. `lossInF64` is written as loops over one sample at a time, so that it shares
// nothing with the tensor code it is used to check. It is far too slow to train with.

/** `samples` states (q, p) of H = q²+p², and the slopes (dH/dq, dH/dp) there, both flat, with a little noise. */
export function springSamples(samples, seed) {
  const random = uniform(seed);
  const states = [];
  const slopes = [];
  for (let i = 0; i < samples; i++) {
    const radius = 0.1 + 0.9 * random();
    const angle = 2 * Math.PI * random();
    const [q, p] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    states.push(q, p);
    slopes.push(2 * q + 0.1 * (random() - 0.5), 2 * p + 0.1 * (random() - 0.5));
  }
  return { samples, states, slopes };
}

/** The parameters of H(x) = tanh(tanh(x·w1 + b1)·w2 + b2)·w3, as arrays with their shapes. */
export function initialParameters(hidden, seed) {
  const random = uniform(seed);
  const filled = (shape, scale) => ({
    shape,
    values: Array.from({ length: shape.reduce((a, b) => a * b) }, () => scale * (2 * random() - 1)),
  });
  return {
    w1: filled([2, hidden], Math.sqrt(3 / 2)),
    b1: filled([hidden], 0.1),
    w2: filled([hidden, hidden], Math.sqrt(3 / hidden)),
    b2: filled([hidden], 0.1),
    w3: filled([hidden, 1], Math.sqrt(3 / hidden)),
  };
}

/** Mean squared error of the learned slopes, one sample at a time. */
export function lossInF64({ samples, states, slopes }, parameters) {
  let sum = 0;
  for (let i = 0; i < samples; i++) {
    const learned = slopeAt(states[2 * i], states[2 * i + 1], parameters);
    sum += (learned[0] - slopes[2 * i]) ** 2 + (learned[1] - slopes[2 * i + 1]) ** 2;
  }
  return sum / (2 * samples);
}

/** (dH/dq, dH/dp) by carrying both tangents forward through the layers: the other way round than backpropagation. */
function slopeAt(q, p, { w1, b1, w2, b2, w3 }) {
  const hidden = w3.values.length;
  const first = Array.from({ length: hidden }, (_, j) => {
    const [toQ, toP] = [w1.values[j], w1.values[hidden + j]];
    const value = Math.tanh(q * toQ + p * toP + b1.values[j]);
    const bend = 1 - value * value;
    return { value, alongQ: bend * toQ, alongP: bend * toP };
  });
  let [slopeQ, slopeP] = [0, 0];
  for (let k = 0; k < hidden; k++) {
    let [sum, alongQ, alongP] = [b2.values[k], 0, 0];
    for (let j = 0; j < hidden; j++) {
      const weight = w2.values[j * hidden + k];
      sum += first[j].value * weight;
      alongQ += first[j].alongQ * weight;
      alongP += first[j].alongP * weight;
    }
    const value = Math.tanh(sum);
    const bend = (1 - value * value) * w3.values[k];
    slopeQ += bend * alongQ;
    slopeP += bend * alongP;
  }
  return [slopeQ, slopeP];
}

/** Uniform numbers in [0, 1) from a seed: a 32-bit linear congruential generator, enough to fill arrays. */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
