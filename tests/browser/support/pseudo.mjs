// A language nobody speaks: every sentence of the list with accents on its letters, a third longer, in brackets. What is shown without them
// was not translated, and what does not fit would not fit in other languages either.

import { readFileSync } from 'node:fs';

const LIST = new URL('../../../static/languages/en.json', import.meta.url);
const ACCENTS = Object.fromEntries([...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, i) => [letter, [...'áƀçďéƒǧĥíĵķĺḿńóþɋŕšťúṽŵẋýžÁƁÇĎÉƑǦĤÍĴĶĹḾŃÓÞɊŔŠŤÚṼŴẊÝŽ'][i]]));

export const OPEN = '⟦';
export const CLOSE = '⟧';

/** The file of the language. */
export function pseudoLanguage() {
  const list = JSON.parse(readFileSync(LIST, 'utf8'));
  return Object.fromEntries(Object.entries(list).map(([key, message]) => [key, translated(message)]));
}

function translated(message) {
  if (typeof message !== 'string') return Object.fromEntries(Object.entries(message).map(([category, text]) => [category, translated(text)]));
  const [, before, text, behind] = message.match(/^(\s*)(.*?)(\s*)$/s);
  const plain = text.replace(/ \((of|in|by|noun|seed|unit|explained|another|sender)[^)]*\)$/, '');
  return `${before}${OPEN}${accented(plain)}${padding(Math.ceil(plain.length / 3))}${CLOSE}${behind}`;
}

/** As long as that, in words of a usual length. */
function padding(length) {
  return '~'.repeat(length).replace(/~{8}(?=~)/g, '~~~~~~~ ');
}

/** Gaps stay as they are; of a word of the glossary the English one stays before the bar. */
function accented(text) {
  const letters = (part) => part.replace(/[a-z]/gi, (letter) => ACCENTS[letter]);
  return text
    .split(/(\{[^}]*\}|\[[^\]]*\])/)
    .map((part) => (part.startsWith('{') ? part : part.startsWith('[') ? `[${part.slice(1, -1)}|${letters(part.slice(1, -1))}]` : letters(part)))
    .join('');
}

/** Text that a visitor can see or hear on a page and that does not come from the list: what is left without accents. */
export function untranslated(page, known) {
  return page.evaluate((known) => {
    const found = new Set();
    const look = (text, where) => {
      // Words are plain letters; names, keys and signs of mathematics are known.
      // Those with accents are translated; those with a full stop inside are names of files.
      const words = text.replace(/[^\s]*[^\x00-\x7f][^\s]*|\S+\.\w\S*/g, ' ').match(/[A-Za-z][A-Za-z’'-]{2,}/g) ?? [];
      const strange = words.filter((word) => !known.includes(word));
      if (strange.length > 0) found.add(`${where}: ${text.trim().slice(0, 120)}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: parent, data } = walker.currentNode;
      if (!data.trim() || parent.closest('script, style, math, code, textarea, noscript, #language, [data-testid="language"], [data-name]')) continue;
      if (!parent.checkVisibility() && parent.tagName !== 'OPTION') continue;
      look(data, parent.tagName.toLowerCase());
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) look(element.getAttribute(name), name);
    }
    return [...found];
  }, known);
}

/** Controls and headings whose text does not fit into them. */
export function clipped(page) {
  return page.evaluate(() => {
    const cut = (element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const hides = overflowX === 'hidden' || overflowX === 'clip' || textOverflow === 'ellipsis';
      return hides && element.scrollWidth > element.clientWidth + 1;
    };
    const elements = document.querySelectorAll('button, a, summary, h1, h2, h3, th, td, label, legend, p, b, small, span');
    return [...elements]
      .filter((element) => element.checkVisibility() && element.textContent.trim() && !element.matches('.unseen, .unseen *') && cut(element))
      .map((element) => `${element.tagName.toLowerCase()}: ${element.textContent.trim().slice(0, 80)}`);
  });
}

/** Pairs of texts and controls that lie on one another. What moves on a picture is not looked at. */
export function overlapping(page) {
  return page.evaluate(() => {
    const boxes = [];
    const visible = (element, { left, top, right, bottom }) => {
      for (let parent = element; parent; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflow === 'visible') continue;
        const box = parent.getBoundingClientRect();
        [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
      return { left, top, right, bottom };
    };
    const add = (element, rect) => {
      const box = visible(element, rect);
      if (box.right - box.left > 3 && box.bottom - box.top > 3) boxes.push({ element, ...box });
    };
    const skipped = 'math, .unseen, svg, script, style, option, .world, .story, [aria-hidden="true"]';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: parent, data } = walker.currentNode;
      if (!data.trim() || !parent.checkVisibility() || parent.closest(skipped)) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      for (const rect of range.getClientRects()) add(parent, rect);
    }
    for (const control of document.querySelectorAll('button, select, input, textarea, progress')) {
      if (control.checkVisibility() && !control.closest(skipped)) add(control, control.getBoundingClientRect());
    }
    boxes.sort((a, b) => a.top - b.top);
    const found = new Set();
    const said = (element) => `${element.tagName.toLowerCase()} “${(element.textContent || element.dataset.testid || '').trim().slice(0, 40)}”`;
    for (const [i, a] of boxes.entries()) {
      for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom - 3; j++) {
        const b = boxes[j];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across <= 3 || down <= 4 || a.element.contains(b.element) || b.element.contains(a.element)) continue;
        found.add(`${said(a.element)} on ${said(b.element)}`);
      }
    }
    return [...found];
  });
}
