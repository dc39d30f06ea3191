// What a Wasm file is made of: sections, numbers and texts, read and written.

export const IMPORTS = 2;
export const EXPORTS = 7;
export const CODE = 10;
/** Kinds of what is imported. */
export const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
const TAG = 4;

export class Reader {
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

  /** The kind of something that is imported, past its type. */
  imported() {
    const kind = this.byte();
    if (kind === TABLE) this.byte();
    if (kind === TABLE || kind === MEMORY) {
      const most = this.byte() & 1;
      this.number();
      if (most) this.number();
    } else if (kind === GLOBAL) this.at += 2;
    else if (kind === TAG) {
      this.byte();
      this.number();
    } else this.number();
    return kind;
  }

  since(start) {
    return this.bytes.subarray(start, this.at);
  }
}

export function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

export function text(content) {
  const bytes = Buffer.from(content, 'utf8');
  return Buffer.concat([number(bytes.length), bytes]);
}
