// Starts the page for teachers, and its card about use without a network.

import './hold.js';
import init from './teacher.js';
import { showKept } from './kept.js';

init({ module_or_path: new URL('teacher_bg.wasm', import.meta.url) }).catch((error) => {
  const sentence = document.createElement('p');
  sentence.className = 'stopped';
  sentence.textContent = `This page could not start: ${error?.message ?? error}. Reload it to try again.`;
  document.getElementById('teacher').append(sentence);
});
showKept();
