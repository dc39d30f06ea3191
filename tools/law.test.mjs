// Claims about laws in writing: node --test law.test.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasTheFormOf, value } from './law.mjs';

test('a formula has the value that its notation says', () => {
  const names = { x: 3, m1: 2 };
  const values = { '-x^2': -9, '(-2)^2*x/m1': 6, '2^(-1)': 0.5, '1.5e-1 - m1': -1.85, 'if(x > m1, sqrt(4), 1)': 2, '12/x/m1': 2 };
  for (const [text, expected] of Object.entries(values)) assert.ok(Math.abs(value(text, names) - expected) < 1e-12, text);
});

test('what is no formula of these names is refused', () => {
  for (const text of ['', 'x +', 'y', '2 2', '(x', 'sqrt x', 'x$', 'toString']) assert.throws(() => value(text, { x: 1 }), /is no formula/, text);
});

test('a law is right in its form, whatever its constants and a small softening', () => {
  const right = {
    spring: ['(1.76 - 1.74/r)*dx', '-3*dx + 3*dx/r'],
    r1: ['3.73*m2*dx/r^2', '3.796*m2*dx/(r^2 + 0.008589)', '-m2*dx/r^2'],
    r2: ['7.81*m2*dx/r^3', '12.8*dx*m2/((r^2 + 0.005)*r)'],
    charge: ['1.08*q1*q2*dx/r^3', '-dx*q2/(q1*r*(r^2 + 0.005))'],
  };
  const wrong = { spring: ['dx', '(2 - 1/r)*dx'], r1: ['m2*dx/r^3', 'dx/r^2', 'm1*dx/r^2', '0*dx'], r2: ['m2*dx/r^2', 'm2*dx/(r^3 + 0.1)'], charge: ['q2*dx/r^3', 'dx/r^3', 'q1*q2*dx/r^2'] };
  for (const [world, laws] of Object.entries(right)) for (const law of laws) assert.ok(hasTheFormOf(world, law), `${world}: ${law}`);
  for (const [world, laws] of Object.entries(wrong)) for (const law of laws) assert.ok(!hasTheFormOf(world, law), `${world}: ${law}`);
});
