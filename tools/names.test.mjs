// Names that a Wasm file and its JavaScript share get short, and nothing else changes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortened } from './names.mjs';

const HASH = '0123456789abcdef';
const text = (content) => [content.length, ...Buffer.from(content)];
const section = (id, ...parts) => [id, parts.flat(2).length, ...parts.flat(2)];
const list = (...items) => [items.length, ...items.flat()];

/** Imports something of each kind, and exports a function that gives what an imported one does. */
const WASM = Buffer.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...section(1, list([0x60, 0, 1, 0x7f])),
  ...section(2, list(
    [...text('m'), ...text('table'), 1, 0x70, 0, 1],
    [...text('m'), ...text('memory'), 2, 1, 1, 2],
    [...text('m'), ...text('global'), 3, 0x7f, 0],
    [...text('m'), ...text(`__wbg_give_${HASH}`), 0, 0],
  )),
  ...section(3, list([0])),
  ...section(7, list([...text(`invoke__h${HASH}`), 0, 1], [...text(`invoke__h${HASH}_4`), 0, 1], [...text('plain'), 0, 1])),
  ...section(10, list([4, 0, 0x10, 0, 0x0b])),
]);
const SCRIPT = `const imports = {
    __wbg_give_${HASH}: function() { return 7; },
};
const called = (wasm) => [wasm.invoke__h${HASH}(), wasm.invoke__h${HASH}_4(), wasm.plain(), '${HASH}'];
`;

/** What the script gets of the program. */
function run({ wasm, script }) {
  const table = new WebAssembly.Table({ initial: 1, element: 'anyfunc' });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const [imports, called] = new Function(`${script}; return [imports, called];`)();
  const given = { m: { table, memory, global: new WebAssembly.Global({ value: 'i32' }, 0), ...imports } };
  return called(new WebAssembly.Instance(new WebAssembly.Module(wasm), given).exports);
}

test('names with hashes get short in both files, which still fit', () => {
  const short = shortened(WASM, SCRIPT);
  assert.deepEqual(run(short), run({ wasm: WASM, script: SCRIPT }));
  assert.deepEqual(run(short), [7, 7, 7, HASH], 'a text that is no name stays');
  assert.ok(!short.wasm.includes(HASH) && !short.script.includes('__wbg_give'), 'the hashes are gone');
  const names = WebAssembly.Module.exports(new WebAssembly.Module(short.wasm)).map(({ name }) => name);
  assert.equal(new Set(names).size, 3, 'names differ');
  assert.ok(names.includes('plain'), 'a name without a hash stays');
});

test('what is short already stays as it is', () => {
  const once = shortened(WASM, SCRIPT);
  const twice = shortened(once.wasm, once.script);
  assert.ok(twice.wasm.equals(once.wasm) && twice.script === once.script);
});
