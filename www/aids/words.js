// Words of the glossary, explained where they stand: <button class="term" data-term="loss">loss</button>.
//
// The explanation is a tooltip: it comes with the pointer, the focus or a tap, stays while the pointer is on it, and goes with Escape.

import { ready, tr } from '../language.js';

let entries;
let waiting;
let shown;

/** Whether this element is a word that can be explained. */
export function isWord(element) {
  return element?.dataset?.term !== undefined;
}

/** The glossary: an object of words, each with its explanation. Fetched once. */
export function glossary() {
  entries ??= fetch(new URL('../glossary.json', import.meta.url))
    .then((response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    })
    .then((list) => {
      const known = new Map();
      for (const { words, text } of list) for (const word of words) known.set(word.toLowerCase(), { word: words[0], text });
      return known;
    })
    .catch((error) => {
      entries = undefined;
      throw error;
    });
  return entries;
}

/** Shows what a word means, after so many milliseconds. */
export async function explain(element, after = 0) {
  clearTimeout(waiting);
  if (shown?.of === element) return;
  if (after) {
    waiting = setTimeout(() => explain(element), after);
    return;
  }
  forget();
  const mine = (shown = { of: element });
  await ready;
  const word = element.dataset.term.toLowerCase();
  // By its English word, or by that of the language that is spoken.
  const entry = await glossary().then(
    (known) => known.get(word) ?? [...known.values()].find((entry) => tr(entry.word).toLowerCase() === word),
    () => undefined,
  );
  if (shown !== mine || !element.isConnected) return;
  const tip = document.createElement('div');
  tip.className = 'explained card';
  tip.id = 'explained';
  tip.setAttribute('role', 'tooltip');
  const name = document.createElement('b');
  name.textContent = entry ? tr(entry.word) : element.textContent;
  tip.append(name, ` ${entry ? tr(entry.text) : tr('The glossary could not be fetched.')}`);
  document.body.append(tip);
  element.setAttribute('aria-describedby', tip.id);
  mine.tip = tip;
  place(tip, element.getBoundingClientRect());
}

/** Takes the explanation away, after so many milliseconds. */
export function forget(after = 0) {
  clearTimeout(waiting);
  if (after) {
    waiting = setTimeout(forget, after);
    return;
  }
  shown?.tip?.remove();
  shown?.of.removeAttribute('aria-describedby');
  shown = undefined;
}

/** Below the word where there is room, above it otherwise, and never beyond the screen. */
function place(tip, word) {
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(word.left, document.documentElement.clientWidth - width - 8));
  const below = word.bottom + 6;
  const top = below + height < innerHeight ? below : Math.max(8, word.top - height - 6);
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}
