// Elements, and the text of lessons as elements: never as HTML, whoever wrote it.

const INLINE = /\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** An element with members (`class`, `on…`, attributes) and children; what is missing or false is left out. */
export function element(name, members = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key === 'testid' ? 'data-testid' : key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return made;
}

/** How blocks of text become elements: words of the glossary are explained the first time they appear. */
export class Writer {
  /** `words`: what the lesson brings in; `link`: what to do with a link to an experiment. */
  constructor(words = [], link) {
    const escaped = [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.words = escaped.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}²])`, 'giu') : undefined;
    this.link = link;
    this.explained = new Set();
  }

  /** Text with emphasis, code and links. */
  text(source) {
    const nodes = [];
    let from = 0;
    for (const found of source.matchAll(INLINE)) {
      nodes.push(...this.plain(source.slice(from, found.index)));
      const [whole, bold, italic, code, text, href] = found;
      if (bold) nodes.push(element('b', {}, this.plain(bold)));
      else if (italic) nodes.push(element('i', {}, this.plain(italic)));
      else if (code) nodes.push(element('code', {}, code));
      else nodes.push(this.anchor(text, href, whole));
      from = found.index + whole.length;
    }
    nodes.push(...this.plain(source.slice(from)));
    return nodes;
  }

  anchor(text, href, whole) {
    if (href.startsWith('#v=1')) {
      return element('a', { href: `./${href}`, target: '_blank', onclick: this.link && ((event) => this.link(event, href)) }, text);
    }
    if (/^https:\/\//.test(href)) return element('a', { href, rel: 'noreferrer', target: '_blank' }, text);
    return document.createTextNode(whole);
  }

  plain(source) {
    if (!this.words) return [source];
    const nodes = [];
    let from = 0;
    for (const found of source.matchAll(this.words)) {
      const word = found[0].toLowerCase();
      if (this.explained.has(word)) continue;
      this.explained.add(word);
      nodes.push(source.slice(from, found.index), element('button', { type: 'button', class: 'term', 'data-term': found[0] }, found[0]));
      from = found.index + found[0].length;
    }
    nodes.push(source.slice(from));
    return nodes;
  }

  /** A paragraph or a list. */
  block(block) {
    if (block.type === 'list') {
      return element(block.ordered ? 'ol' : 'ul', {}, block.items.map((item) => element('li', {}, this.text(item))));
    }
    return element('p', {}, this.text(block.text));
  }
}
