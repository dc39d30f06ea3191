// Puts what the page shows among what a student will hand in, and opens that page. Fetched when somebody presses “Hand in”.

import { add } from './hand-in-store.js';
import { ready, tr } from './language.js';

await ready;

/** Pictures are kept at this width at most, in pixels: two dozen of them have to fit the browser's store. */
const WIDTH = 720;
const MOST_PICTURES = 8;
const QUALITY = 0.85;

/** `result` is what the page says of itself: link, page, title, finished, steps, figures, law. Returns a sentence where it fails. */
export function collect(result) {
  const taken = { ...result, added: new Date().toISOString(), note: '', pictures: pictures() };
  const failed = add(taken);
  if (failed) return failed;
  // A frame of another page may not open windows; the page can be opened from its address then.
  const opened = window.open('hand-in.html', 'orrery-hand-in');
  return opened ? undefined : tr('It was added to what you hand in. Open hand-in.html beside this page to see it.');
}

/** The pictures of the page, with their titles. Canvases that lie on one another are one picture. */
function pictures() {
  window.dispatchEvent(new Event('orrery-pictures-wanted'));
  const seen = [...document.querySelectorAll('main canvas')].filter((canvas) => canvas.width > 0 && canvas.offsetParent !== null);
  const places = [...new Set(seen.map((canvas) => canvas.parentElement))].slice(0, MOST_PICTURES);
  return places.map((place) => {
    const layers = seen.filter((canvas) => canvas.parentElement === place);
    return { title: titleOf(place), data: pictureOf(layers) };
  });
}

/** The words of a heading as they are read: of a list only what is chosen, and no hint. */
function titleOf(place) {
  const heading = place.closest('section, figure')?.querySelector('h2, h3');
  if (!heading) return '';
  const copy = heading.cloneNode(true);
  // What is chosen is no attribute, and so not in a copy.
  const chosen = [...heading.querySelectorAll('select')].map((list) => list.selectedOptions[0]?.textContent ?? '');
  copy.querySelectorAll('select').forEach((list, i) => list.replaceWith(` ${chosen[i]} `));
  for (const hint of copy.querySelectorAll('small, .beside, .unseen')) hint.remove();
  return copy.textContent.replace(/\s+/g, ' ').trim();
}

/** Canvases over one another on the colour of their card, as data. */
function pictureOf(layers) {
  const [first] = layers;
  const width = Math.min(WIDTH, first.width);
  const copy = document.createElement('canvas');
  copy.width = width;
  copy.height = Math.max(1, Math.round((first.height * width) / first.width));
  const context = copy.getContext('2d');
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--card');
  context.fillRect(0, 0, copy.width, copy.height);
  for (const layer of layers) context.drawImage(layer, 0, 0, copy.width, copy.height);
  return copy.toDataURL('image/webp', QUALITY);
}
