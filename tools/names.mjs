// Shortens the names by which a Wasm file and its JavaScript know each other.
//
// wasm-bindgen gives each of them a hash of sixteen digits, which no compression makes smaller, in both files. Files that are
// loaded together need no more than that the names differ.

const HASHED = /\b[\w$]*[0-9a-f]{16}[\w$]*/g;
const IMPORTS = 2;
const EXPORTS = 7;

/** A Wasm file and its JavaScript, with short names in place of those that have hashes, and without the indentation. */
export function shortened(wasm, script) {
  const module = new WebAssembly.Module(wasm);
  const known = [...WebAssembly.Module.imports(module), ...WebAssembly.Module.exports(module)].map(({ name }) => name);
  const short = new Map();
  for (const name of known) if (name.match(HASHED)?.[0] === name && !short.has(name)) short.set(name, `$${short.size.toString(36)}`);
  return {
    wasm: renamed(wasm, (name) => short.get(name) ?? name),
    script: script.replace(HASHED, (name) => short.get(name) ?? name).replace(/^[ \t]+/gm, ''),
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
    const kind = reader.byte();
    if (kind === 1) reader.byte();
    if (kind === 1 || kind === 2) {
      const most = reader.byte() & 1;
      reader.number();
      if (most) reader.number();
    } else if (kind === 3) reader.at += 2;
    else if (kind === 4) {
      reader.byte();
      reader.number();
    } else reader.number();
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

class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  ended() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** LEB128, of which none here is larger than 32 bits. */
  number() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    return value;
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  since(start) {
    return this.bytes.subarray(start, this.at);
  }
}

function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

function text(content) {
  const bytes = Buffer.from(content, 'utf8');
  return Buffer.concat([number(bytes.length), bytes]);
}
