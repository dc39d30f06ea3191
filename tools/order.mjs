// An order of a Wasm file's functions in which Brotli finds more to repeat: each beside one that it shares most with.
//
// What comes back is the same file with names of functions, whose order of letters is that order, for wasm-opt's
// --reorder-functions-by-name.

import { CODE, FUNCTION, IMPORTS, number, Reader, text } from './binary.mjs';

/** What more functions than this have in common tells nothing about any two of them. */
const COMMON = 1000;

/** The file with names by which its functions are put in order. */
export function named(wasm) {
  const { imported, bodies } = functions(wasm);
  const place = new Map(order(bodies).map((function_, at) => [function_, at]));
  const names = bodies.map((_, i) => [number(imported + i), text(String(place.get(i)).padStart(6, '0'))]).flat();
  const map = Buffer.concat([number(bodies.length), ...names]);
  const content = Buffer.concat([text('name'), Buffer.from([1]), number(map.length), map]);
  return Buffer.concat([wasm, Buffer.from([0]), number(content.length), content]);
}

function functions(wasm) {
  const reader = new Reader(wasm, 8);
  let imported = 0;
  const bodies = [];
  while (!reader.ended()) {
    const id = reader.byte();
    const end = reader.number() + reader.at;
    if (id === IMPORTS) imported = importedFunctions(reader);
    if (id === CODE) {
      for (let left = reader.number(); left > 0; left--) {
        const size = reader.number();
        bodies.push(wasm.subarray(reader.at, reader.at + size));
        reader.at += size;
      }
    }
    reader.at = end;
  }
  return { imported, bodies };
}

function importedFunctions(reader) {
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.text();
    reader.text();
    if (reader.imported() === FUNCTION) functions++;
  }
  return functions;
}

/** From each function to the one not yet placed that has most pieces of four bytes in common with it, beginning with the largest. */
function order(bodies) {
  const pieces = bodies.map(piecesOf);
  const owners = new Map();
  pieces.forEach((found, i) => {
    for (const piece of found) {
      const list = owners.get(piece);
      if (list) list.push(i);
      else owners.set(piece, [i]);
    }
  });
  for (const [piece, list] of owners) if (list.length < 2 || list.length > COMMON) owners.delete(piece);
  const shared = new Uint32Array(bodies.length);
  const placed = new Set();
  for (const first of [...bodies.keys()].sort((a, b) => bodies[b].length - bodies[a].length)) {
    for (let at = first; at !== undefined && !placed.has(at); at = nearest(at)) placed.add(at);
  }
  return [...placed];

  function nearest(at) {
    shared.fill(0);
    let best;
    let most = 0;
    for (const piece of pieces[at]) {
      for (const other of owners.get(piece) ?? []) {
        shared[other] += 1;
        if (shared[other] > most && !placed.has(other)) [best, most] = [other, shared[other]];
      }
    }
    return best;
  }
}

function piecesOf(body) {
  const found = new Set();
  for (let i = 0; i + 4 <= body.length; i++) found.add(body.readInt32LE(i));
  return found;
}
