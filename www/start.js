// Starts the page; where that is not possible, says so. A released page is then kept in the browser, to work without a network.

import './hold.js';
import { language, ready, speak, tr, use } from './language.js';
import init from './page.js';

/** The folder of this build's files; empty in a development build. */
const folder = document.querySelector('meta[name="orrery-files"]')?.content ?? '';
/** Training that was asked for at once goes first, in milliseconds. */
const KEPT_AFTER = 3000;

start().then(() => setTimeout(keep, KEPT_AFTER), (error) => {
  const sentence = document.createElement('p');
  sentence.className = 'stopped';
  sentence.textContent = tr(
    'Orrery could not start: it needs a browser with WebAssembly and its SIMD instructions (any of 2023 or newer). The browser says: {}',
    error.message ?? `${error}`,
  );
  document.body.append(sentence);
});

/** The program is fetched while the language is; it takes that up when it begins. */
async function start() {
  const program = fetch(new URL('page_bg.wasm', import.meta.url));
  await ready;
  await init({ module_or_path: program });
}

// Another language is wanted, by a visitor who chose it or by a link: the page hears when it is there. The list of languages, which is made
// anew, keeps the focus and shows what is spoken.
addEventListener('orrery-speak', async ({ detail }) => {
  const list = () => document.querySelector('[data-testid="language"]');
  const focused = document.activeElement === list();
  await (detail.keep ? speak : use)(detail.code);
  detail.done();
  requestAnimationFrame(() => {
    if (!list()) return;
    list().value = language;
    if (focused) list().focus();
  });
});

// Somebody hands in: what the page says of itself comes with the event, and a sentence goes back where that fails.
addEventListener('orrery-hand-in', async ({ detail }) => {
  try {
    const { collect } = await import('./collect.js');
    detail.say(collect(detail.result) ?? '');
  } catch (error) {
    detail.say(tr('This could not be added to what you hand in: {}.', error?.message ?? `${error}`));
  }
});

/** Plain http, a frame, or private mode may do without a service worker; so does the page. */
async function keep() {
  try {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    if (folder) {
      const registration = await workers.register('service-worker.js', { updateViaCache: 'none' });
      // Browsers look for the next build when it suits them, which may be much later. Without a network there is none.
      await registration.update().catch(() => {});
    } else {
      // A development build must not be answered from what an earlier release left here.
      await (await workers.getRegistration())?.unregister();
    }
  } catch (error) {
    console.info(`Orrery is not kept for use without a network: ${error?.message ?? error}`);
  }
}
