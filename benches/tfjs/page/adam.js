// Adam for a few TensorFlow.js tensors, with both bias corrections folded into two numbers per step.
//
// It keeps its moments between steps and frees what it replaces. No weight decay, no schedule.

const tf = globalThis.tf;
const [DECAY_1, DECAY_2, EPSILON] = [0.9, 0.999, 1e-8];

export class Adam {
  #rate;
  #steps = 0;
  #moments;

  constructor(rate, parameters) {
    this.#rate = rate;
    this.#moments = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, [tf.zerosLike(value), tf.zerosLike(value)]]),
    );
  }

  /** Replaces every parameter by the one after this step. Call it inside tf.tidy. */
  step(parameters, gradients) {
    this.#steps += 1;
    const correction = Math.sqrt(1 - DECAY_2 ** this.#steps);
    const rate = (this.#rate * correction) / (1 - DECAY_1 ** this.#steps);
    for (const [name, gradient] of Object.entries(gradients)) {
      const old = [parameters[name], ...this.#moments[name]];
      const first = tf.add(tf.mul(old[1], DECAY_1), tf.mul(gradient, 1 - DECAY_1));
      const second = tf.add(tf.mul(old[2], DECAY_2), tf.mul(tf.square(gradient), 1 - DECAY_2));
      const stride = tf.div(first, tf.add(tf.sqrt(second), EPSILON * correction));
      parameters[name] = tf.keep(tf.sub(old[0], tf.mul(stride, rate)));
      this.#moments[name] = [tf.keep(first), tf.keep(second)];
      tf.dispose(old);
    }
  }
}
