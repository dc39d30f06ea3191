// Starts the page; where that is not possible, says so.

import init from './page.js';

init({ module_or_path: new URL('page_bg.wasm', import.meta.url) }).catch((error) => {
  const sentence = document.createElement('p');
  sentence.className = 'stopped';
  sentence.textContent =
    'Orrery could not start: it needs a browser with WebAssembly and its SIMD instructions (any of 2023 or newer). ' +
    `The browser says: ${error.message ?? error}`;
  document.body.append(sentence);
});
