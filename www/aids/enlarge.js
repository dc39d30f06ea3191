// Any card as large as the window, and the window as large as the screen where the browser allows it: every card with a heading and
// something to look at gets a button for it, whoever drew it.
//
// The card stays where it is in the page and is only laid over it, so that words are explained and the keyboard works there as well;
// what is behind takes no part meanwhile.

import { ready, tr } from '../language.js';

const cards = document.getElementsByClassName('card');
/** What is as large as the window, its button, and what waits behind it. */
let large;
let due = false;

ready.then(() => {
  look();
  // Pictures that move change the page all the time.
  new MutationObserver(() => {
    if (due) return;
    due = true;
    setTimeout(look, 300);
  }).observe(document.body, { childList: true, subtree: true });
});

// Before others hear of it: what lies over the card, an explanation or a menu, closes first.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && large && !document.querySelector('.explained, [data-large] details.menu[open]')) restore();
}, { capture: true });
// The browser has its own way out of a full screen.
document.addEventListener('fullscreenchange', () => {
  if (!document.fullscreenElement && large?.onScreen) restore();
});

/** Gives every card its button, and the button its words in the language that is spoken. */
function look() {
  due = false;
  if (large && !large.card.isConnected) restore();
  for (const card of cards) {
    const heading = card.querySelector(':scope > h2');
    let button = card.querySelector(':scope > .enlarge');
    if (!button) {
      // Words and settings gain nothing from it.
      if (!heading || !card.querySelector('canvas, table, math')) continue;
      button = document.createElement('button');
      button.className = 'enlarge';
      button.type = 'button';
      button.addEventListener('click', () => (large?.card === card ? restore() : enlarge(card, button)));
      card.append(button);
    }
    const name = large?.card === card ? tr('Leave full screen') : tr('Full screen');
    if (button.title === name) continue;
    button.title = button.ariaLabel = name;
    if (heading?.id) button.setAttribute('aria-describedby', heading.id);
  }
}

function enlarge(card, button) {
  restore();
  const behind = [];
  for (let inside = card; inside !== document.body; inside = inside.parentElement) {
    behind.push(...[...inside.parentElement.children].filter((other) => other !== inside && !other.inert && !other.matches('.explained, .story')));
  }
  for (const element of behind) element.inert = true;
  card.dataset.large = '';
  large = { card, button, behind, onScreen: false };
  const mine = large;
  document.documentElement.requestFullscreen?.().then(() => {
    if (large === mine) mine.onScreen = true;
    else document.exitFullscreen().catch(() => {});
  }, () => {});
  look();
}

function restore() {
  if (!large) return;
  const { card, button, behind } = large;
  large = undefined;
  delete card.dataset.large;
  for (const element of behind) element.inert = false;
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  look();
  if (card.isConnected) {
    card.scrollIntoView({ block: 'nearest' });
    button.focus({ preventScroll: true });
  }
}
