// Starts one of the page's workers: `worker.js#FILE/ROLE/LANGUAGE` fetches FILE.js and FILE_bg.wasm; FILE reads its role itself. What
// it says to a visitor is in that language, English where none is named. Some FILEs have a twin for browsers with relaxed SIMD.
//
// Until the worker speaks for itself, this tells the page how far it is: `{ fetched: BYTES }` whenever something has arrived,
// `{ starting: true }` once all has, `{ failed: REASON }` if it cannot start. REASON completes a sentence about the worker.

const TELL_EVERY_MS = 200;
/** Without a language for so long, English is spoken. */
const LANGUAGE_MS = 8000;
const PROGRAM = 'application/wasm';
const TWINS = ['trainer-cpu', 'trainer-graph', 'trainer-networks'];
/** A program of one function, f32x4.relaxed_madd of its arguments. */
const RELAXED = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11,
);

const [wanted, , code] = location.hash.slice(1).split('/');
const file = TWINS.includes(wanted) && WebAssembly.validate(RELAXED) ? `${wanted}-relaxed` : wanted;
const tell = (what) => self.postMessage(what);

/** What arrives before the program listens is kept for it. */
const early = [];
self.onmessage = ({ data }) => early.push(data);

/** An error whose message is meant for the page. */
class Failure extends Error {}

self.addEventListener('unhandledrejection', ({ reason }) => tell({ failed: `failed (${reason?.message ?? reason})` }));
start().catch((error) => {
  const reason = error instanceof Failure ? error.message : `could not be started: ${error?.message ?? error}`;
  tell({ failed: reason });
});

async function start() {
  tell({ fetched: 0 });
  const [program, engine] = await Promise.all([script(`./${file}.js`), fetched(`./${file}_bg.wasm`), spoken()]);
  // Kept where tests can look at its memory.
  self.engine = await program.default({ module_or_path: engine });
  for (const data of early) self.dispatchEvent(new MessageEvent('message', { data }));
}

/** Puts the language where the program looks for it. */
async function spoken() {
  if (!code) return;
  const messages = await fetch(new URL(`languages/${code}.json`, import.meta.url), { signal: AbortSignal.timeout(LANGUAGE_MS) })
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  const rules = new Intl.PluralRules(code);
  if (messages) self.orreryLanguage = { code, messages, plural: (n) => rules.select(n) };
}

async function script(address) {
  try {
    return await import(address);
  } catch {
    throw new Failure('could not be fetched: its script did not arrive as it should');
  }
}

/** The program as a response that tells the page what arrives, and has the type that the browser insists on. */
async function fetched(address) {
  const response = await fetch(address).catch(() => {
    throw new Failure('could not be fetched: the connection failed');
  });
  if (!response.ok) throw new Failure(`could not be fetched: the server answered ${response.status}`);
  if (/html/i.test(response.headers.get('content-type') ?? '')) {
    throw new Failure('could not be fetched: the server sent a web page in its place');
  }
  let bytes = 0;
  let told = 0;
  const counted = new TransformStream({
    transform(chunk, onwards) {
      bytes += chunk.byteLength;
      if (performance.now() - told > TELL_EVERY_MS) {
        told = performance.now();
        tell({ fetched: bytes });
      }
      onwards.enqueue(chunk);
    },
    flush: () => tell({ starting: true }),
  });
  return new Response(response.body.pipeThrough(counted), { headers: { 'content-type': PROGRAM } });
}
