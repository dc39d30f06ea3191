// Says what this browser has kept for use without a network, and keeps the large engine too where that is wanted.

import { number, ready, tr } from './language.js';

const PATIENCE = 60_000;
const find = (id) => document.querySelector(`[data-testid="${id}"]`);
const megabytes = (bytes) => `${number(bytes / 1e6, 1)} MB`;

export async function showKept() {
  await ready;
  const said = find('kept');
  const released = document.querySelector('meta[name="orrery-files"]') !== null;
  if (!navigator.serviceWorker) {
    said.textContent = tr('This browser keeps pages for use without a network on https only, so this one works as long as its server can be reached.');
    return;
  }
  if (!released) {
    said.textContent = tr('This is a development build, which is not kept.');
    return;
  }
  try {
    const registration = await navigator.serviceWorker.register('service-worker.js', { updateViaCache: 'none' });
    await registration.update().catch(() => {});
    const running = navigator.serviceWorker.ready.then(() => true);
    if (!(await Promise.race([running, new Promise((late) => setTimeout(late, PATIENCE, false))]))) throw new Error(tr('its files do not arrive'));
    tell(await ask({ ask: 'state' }));
  } catch (error) {
    said.textContent = tr('This browser keeps nothing for use without a network: {}.', error?.message ?? `${error}`);
  }
}

function tell({ usual, later, failed }) {
  if (failed) throw new Error(failed);
  const engine = later.kept ? tr('So does training on the graphics card.') : tr('Training on the graphics card does not yet.');
  const usually = tr('Everything works without a network in this browser ({} are kept).', megabytes(usual.bytes));
  find('kept').textContent = later.bytes === 0 ? usually : `${usually} ${engine}`;
  const button = find('keep-engine');
  button.hidden = later.bytes === 0 || later.kept;
  button.textContent = tr('Keep the engine for the graphics card too ({})', megabytes(later.bytes));
  button.onclick = () => keep(button);
}

async function keep(button) {
  button.disabled = true;
  try {
    const { failed } = await ask({ ask: 'later' }, ({ fetched, bytes }) => {
      find('kept').textContent = tr('Fetching the engine: {} of {} …', megabytes(fetched), megabytes(bytes));
    });
    if (failed) throw new Error(failed);
    tell(await ask({ ask: 'state' }));
  } catch (error) {
    find('kept').textContent = `${error?.message ?? error} ${tr('Try again when the network is better.')}`;
  } finally {
    button.disabled = false;
  }
}

/** Asks the service worker; news on the way go to `heard`. */
async function ask(question, heard = () => {}) {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    // One that is replaced by that of the next build does not answer.
    active.addEventListener('statechange', () => active.state === 'redundant' && resolve(ask(question, heard)), { once: true });
    port1.onmessage = ({ data }) => ('fetched' in data ? heard(data) : resolve(data));
    active.postMessage(question, [port2]);
  });
}
