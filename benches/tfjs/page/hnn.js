// The loss of a Hamiltonian network and its gradient in TensorFlow.js, tuned by hand for the Wasm backend.
//
// Three things are done by hand because the library does them slowly or wrongly:
// - dH/dx is written out; tf.grad inside tf.grad is silently wrong through tf.tanh;
// - so is the backward pass, because the gradient of tf.matMul multiplies by transposed operands, which this backend
//   does some ten times slower than transposing first;
// - tanh(x) is 2·sigmoid(2x) - 1, because sigmoid is vectorised there and tanh is not. `tanhOf: 'tanh'` takes the
//   library's own tanh instead, to show what that costs.
// Nothing here reads a tensor back. Every function is to be called inside tf.tidy.

const tf = globalThis.tf;

/**
 * Loss and gradient of every parameter. `states` and `slopes` are [B, 2]; `statesT` is [2, B], made once by the caller.
 * With H = tanh(tanh(x·w1 + b1)·w2 + b2)·w3, the learned slope is g = ((1-t1²) ⊙ (((1-t2²) ⊙ w3ᵀ)·w2ᵀ))·w1ᵀ.
 */
export function lossAndGradients({ states, statesT, slopes }, { w1, b1, w2, b2, w3 }, tanhOf) {
  const samples = states.shape[0];
  const [w1T, w2T, w3T] = [transpose(w1), transpose(w2), transpose(w3)];

  // Forward: the two activations, then dH/dx from the top layer down.
  const t1 = tanhLayer(states, w1, b1, tanhOf);
  const t2 = tanhLayer(t1, w2, b2, tanhOf);
  const bend1 = tf.sub(1, tf.square(t1));
  const bend2 = tf.sub(1, tf.square(t2));
  const down2 = tf.mul(bend2, w3T);
  const into1 = tf.matMul(down2, w2T);
  const down1 = tf.mul(bend1, into1);
  const error = tf.sub(tf.matMul(down1, w1T), slopes);
  const loss = tf.mean(tf.square(error));

  // Backward through dH/dx, bottom up. `dX` is the slope of the loss along X.
  const dSlope = tf.div(error, samples);
  const dDown1 = tf.matMul(dSlope, w1);
  const dInto1 = tf.mul(dDown1, bend1);
  const dBend1 = tf.mul(dDown1, into1);
  const dDown2 = tf.matMul(dInto1, w2);
  const dBend2 = tf.mul(dDown2, w3T);

  // Backward through the activations, top down. A bend 1-t² hands -2t on to t.
  const dSum2 = tf.mul(tf.mul(tf.mul(dBend2, -2), t2), bend2);
  const dT1 = tf.add(tf.matMul(dSum2, w2T), tf.mul(tf.mul(dBend1, -2), t1));
  const dSum1 = tf.mul(dT1, bend1);

  return {
    loss,
    gradients: {
      w1: tf.add(tf.matMul(statesT, dSum1), tf.matMul(transpose(dSlope), down1)),
      b1: tf.sum(dSum1, 0),
      w2: tf.add(tf.matMul(transpose(t1), dSum2), tf.matMul(transpose(dInto1), down2)),
      b2: tf.sum(dSum2, 0),
      w3: tf.reshape(tf.sum(tf.mul(dDown2, bend2), 0), w3.shape),
    },
  };
}

/** tanh(x·w + b). */
function tanhLayer(x, w, b, tanhOf) {
  if (tanhOf === 'tanh') return tf.tanh(tf.fused.matMul({ a: x, b: w, bias: b }));
  const half = tf.fused.matMul({ a: x, b: tf.mul(w, 2), bias: tf.mul(b, 2), activation: 'sigmoid' });
  return tf.sub(tf.mul(half, 2), 1);
}

/** A transpose that costs nothing where a dimension is 1. */
function transpose(matrix) {
  const [rows, columns] = matrix.shape;
  return rows === 1 || columns === 1 ? tf.reshape(matrix, [columns, rows]) : tf.transpose(matrix);
}
