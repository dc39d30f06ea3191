// Shortens the names by which a Wasm file and its JavaScript know each other.
//
// wasm-bindgen gives each of them a hash of sixteen digits, which no compression makes smaller, in both files. Files that are
// loaded together need no more than that the names differ.

import { EXPORTS, IMPORTS, number, Reader, text } from './binary.mjs';

const HASHED = /\b[\w$]*[0-9a-f]{16}[\w$]*/g;

/** A Wasm file and its JavaScript, with short names in place of those that have hashes. */
export function shortened(wasm, script) {
  const module = new WebAssembly.Module(wasm);
  const known = [...WebAssembly.Module.imports(module), ...WebAssembly.Module.exports(module)].map(({ name }) => name);
  const short = new Map();
  for (const name of known) if (name.match(HASHED)?.[0] === name && !short.has(name)) short.set(name, `$${short.size.toString(36)}`);
  return {
    wasm: renamed(wasm, (name) => short.get(name) ?? name),
    script: script.replace(HASHED, (name) => short.get(name) ?? name),
  };
}

/** The file with other names of what it imports and exports. */
function renamed(wasm, rename) {
  const reader = new Reader(wasm, 8);
  const parts = [wasm.subarray(0, 8)];
  while (!reader.ended()) {
    const start = reader.at;
    const id = reader.byte();
    const end = reader.number() + reader.at;
    const body = id === IMPORTS ? imports(reader, rename) : id === EXPORTS ? exports(reader, rename) : null;
    parts.push(body ? Buffer.concat([Buffer.from([id]), number(body.length), body]) : wasm.subarray(start, end));
    reader.at = end;
  }
  return Buffer.concat(parts);
}

function imports(reader, rename) {
  const count = reader.number();
  const parts = [number(count)];
  for (let i = 0; i < count; i++) {
    parts.push(text(reader.text()), text(rename(reader.text())));
    const start = reader.at;
    reader.imported();
    parts.push(reader.since(start));
  }
  return Buffer.concat(parts);
}

function exports(reader, rename) {
  const count = reader.number();
  const parts = [number(count)];
  for (let i = 0; i < count; i++) {
    parts.push(text(rename(reader.text())));
    const start = reader.at;
    reader.byte();
    reader.number();
    parts.push(reader.since(start));
  }
  return Buffer.concat(parts);
}
