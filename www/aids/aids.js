// What stands beside the state of a page: menus that close, words that are explained, the story that can be played, cards that fill
// the screen.
//
// Everything is told by attributes (data-aid, data-term) and one class, so that it serves pages drawn by WebAssembly as well as plain ones.
// A menu of pages closes with a choice; one of things to take away (class menu) stays open for the next.

import { tr } from '../language.js';
import { explain, forget, isWord } from './words.js';

document.addEventListener('click', (event) => {
  const at = event.target;
  for (const menu of openMenus()) {
    const chosen = menu.dataset.aid === 'menu' && at.closest('button, a') && menu.contains(at);
    if (chosen || !menu.contains(at)) menu.open = false;
    if (chosen) menu.querySelector('summary').focus();
  }
  if (at.closest('[data-aid="story"]')) import('./story.js').then(({ play }) => play(at), missing(at));
  if (isWord(at)) explain(at);
  else if (!at.closest('.explained')) forget();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  forget();
  for (const menu of openMenus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector('summary').focus();
  }
});

// A menu that the focus has left is closed; a word that has the focus or the pointer is explained.
document.addEventListener('focusin', (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  if (isWord(event.target)) explain(event.target);
  else forget();
});
document.addEventListener('pointerover', (event) => {
  if (event.pointerType !== 'mouse') return;
  if (isWord(event.target)) explain(event.target, 150);
  else if (!event.target.closest?.('.explained') && !isWord(document.activeElement)) forget(300);
});

function openMenus() {
  return document.querySelectorAll('details:is([data-aid="menu"], .menu)[open]');
}

/** What to do where the story's file does not arrive. */
function missing(button) {
  return () => {
    button.textContent = tr('Show me (could not be fetched: try again)');
  };
}

// Nobody wants a card larger before it is there.
setTimeout(() => import('./enlarge.js').catch(() => {}), 1500);
