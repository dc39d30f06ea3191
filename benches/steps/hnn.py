"""Milliseconds of one training step of a Hamiltonian network in JAX, one thread, Adam included.

The same step as in `crates/autodiff/examples/steps.rs`: 2-200-200-1, tanh, 750 rows, the mean squared error of (dH/dp, -dH/dq), and
its gradient by the parameters. Needs `pip install jax`. Prints one number.
"""

import os
import statistics
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import jax
import jax.numpy as jnp

WIDTH, ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 200, 750
LR, BETA1, BETA2, EPSILON = 1e-4, 0.9, 0.999, 1e-8

keys = jax.random.split(jax.random.PRNGKey(0), 7)
parameters = [
    jax.random.normal(keys[0], (2, WIDTH)) / 2**0.5,
    jax.random.normal(keys[1], (WIDTH,)) * 0.1,
    jax.random.normal(keys[2], (WIDTH, WIDTH)) / WIDTH**0.5,
    jax.random.normal(keys[3], (WIDTH,)) * 0.1,
    jax.random.normal(keys[4], (WIDTH, 1)) / WIDTH**0.5,
]
states = jax.random.uniform(keys[5], (ROWS, 2), minval=-1.0)
targets = jax.random.uniform(keys[6], (ROWS, 2), minval=-1.0)


def energy(parameters, states):
    w1, b1, w2, b2, w3 = parameters
    return (jnp.tanh(jnp.tanh(states @ w1 + b1) @ w2 + b2) @ w3).sum()


def loss(parameters):
    gradient = jax.grad(energy, argnums=1)(parameters, states)
    velocity = jnp.stack([gradient[:, 1], -gradient[:, 0]], axis=1)
    return ((velocity - targets) ** 2).mean()


@jax.jit
def step(parameters, first, second, time):
    gradients = jax.grad(loss)(parameters)
    first = [BETA1 * m + (1 - BETA1) * g for m, g in zip(first, gradients)]
    second = [BETA2 * v + (1 - BETA2) * g * g for v, g in zip(second, gradients)]
    rate, spread = LR / (1 - BETA1**time), (1 / (1 - BETA2**time)) ** 0.5
    moved = [p - rate * m / (jnp.sqrt(v) * spread + EPSILON) for p, m, v in zip(parameters, first, second)]
    return moved, first, second


first = [jnp.zeros_like(p) for p in parameters]
second = [jnp.zeros_like(p) for p in parameters]
count, milliseconds = 0, []
for _ in range(8):
    begun = time.perf_counter()
    for _ in range(20):
        count += 1
        parameters, first, second = step(parameters, first, second, float(count))
    jax.block_until_ready(parameters)
    milliseconds.append((time.perf_counter() - begun) * 1000 / 20)
# The first round compiles.
print(statistics.median(milliseconds[1:]))
