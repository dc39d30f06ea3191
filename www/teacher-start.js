// Starts the page for teachers, and its card about use without a network.

import './hold.js';
import init from './teacher.js';
import { showKept } from './kept.js';
import { ready, tr } from './language.js';

start().catch((error) => {
  const sentence = document.createElement('p');
  sentence.className = 'stopped';
  sentence.textContent = tr('This page could not start: {}. Reload it to try again.', error?.message ?? `${error}`);
  document.getElementById('teacher').append(sentence);
});
showKept();

/** The program is fetched while the language is; it takes that up when it begins. */
async function start() {
  const program = fetch(new URL('teacher_bg.wasm', import.meta.url));
  await ready;
  await init({ module_or_path: program });
}
