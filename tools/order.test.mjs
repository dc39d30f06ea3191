// Functions that are alike get neighbouring names, and nothing else changes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named } from './order.mjs';

const section = (id, ...parts) => [id, parts.flat(2).length, ...parts.flat(2)];
const list = (...items) => [items.length, ...items.flat()];
const [CONSTANT, ADD, MULTIPLY, LOCAL, END] = [0x41, 0x6a, 0x6c, 0x20, 0x0b];
/** Two kinds of functions by turns, each with a number of its own. */
const sum = (n) => [0, LOCAL, 0, CONSTANT, 40, ADD, CONSTANT, 41, ADD, CONSTANT, 42, ADD, CONSTANT, n, ADD, END];
const product = (n) => [0, CONSTANT, n, LOCAL, 0, MULTIPLY, LOCAL, 0, MULTIPLY, LOCAL, 0, MULTIPLY, LOCAL, 0, MULTIPLY, END];
const BODIES = [sum(1), product(1), sum(2), product(2), sum(3), product(3)];
const WASM = Buffer.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...section(1, list([0x60, 1, 0x7f, 1, 0x7f])),
  ...section(2, list([1, 109, 1, 102, 0, 0], [1, 109, 1, 103, 3, 0x7f, 0])),
  ...section(3, list(...BODIES.map(() => [0]))),
  ...section(7, list(...BODIES.map((_, i) => [1, 97 + i, 0, 1 + i]))),
  ...section(10, list(...BODIES.map((body) => [body.length, ...body]))),
]);

/** The names of its functions by their number, one of which is imported. */
function names(wasm) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(wasm), 'name');
  const bytes = [...new Uint8Array(section)].slice(2);
  const found = [];
  for (let [at, left] = [1, bytes[0]]; left > 0; left--) {
    found.push([bytes[at], String.fromCharCode(...bytes.slice(at + 2, at + 2 + bytes[at + 1]))]);
    at += 2 + bytes[at + 1];
  }
  return found;
}

test('functions that are alike are named as neighbours, each once', () => {
  const found = names(named(WASM));
  assert.deepEqual(found.map(([number]) => number), [1, 2, 3, 4, 5, 6], 'what is imported has no place');
  const inOrder = found.toSorted(([, a], [, b]) => a.localeCompare(b)).map(([number]) => number % 2);
  assert.equal(new Set(found.map(([, name]) => name)).size, BODIES.length);
  assert.ok(['1,1,1,0,0,0', '0,0,0,1,1,1'].includes(String(inOrder)), `${inOrder}`);
});

test('names change nothing else, and are the same every time', () => {
  assert.ok(named(WASM).subarray(0, WASM.length).equals(WASM));
  assert.ok(named(WASM).equals(named(WASM)));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(named(WASM)), { m: { f: (x) => x, g: 0 } });
  assert.deepEqual([exports.a(1), exports.d(3)], [125, 162]);
});
