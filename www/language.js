// The visitor's language, and sentences in it: English stands in the code and is the key of each translation, as in crates/language.

export const SUPPORTED = ['en', 'de', 'es', 'fr', 'ko', 'zh'];
const WITH_COMMA = ['de', 'es', 'fr'];
/** Without a language for so long, English is spoken. */
const LONGEST_MS = 8000;

/** The language that is spoken: what the link asks for, what was chosen before, or what the browser prefers; English where it does not arrive. */
export let language =
  [asked(), chosen(), ...navigator.languages].map((code) => code?.split('-')[0].toLowerCase()).find((code) => SUPPORTED.includes(code)) ?? 'en';
/** What is translated, by the English sentence: a sentence, or one for each category of Unicode's plural rules. */
export let messages = {};
document.documentElement.lang = language;

/** Told to programs: they take it up from here (crates/language). */
publish();

/** Resolves once sentences can be translated; whatever happens, it does. */
export const ready = language === 'en' ? Promise.resolve() : fetched();

/** Speaks another language from now on, and, if it came, the next time; resolves once it is there. */
export async function speak(code) {
  await use(code);
  if (language !== code) return;
  try {
    localStorage.setItem('orrery-language', code);
  } catch {
    // Private frames keep nothing.
  }
}

/** Speaks another language on this page; resolves once it is there. */
export async function use(code) {
  language = document.documentElement.lang = code;
  if (code !== 'en') return fetched();
  messages = {};
  return arrived();
}

/**
 * A sentence in the visitor's language. Its gaps are filled: `{}` by the values in order, `{0}` by place, `{name}` from an object that
 * is the only value. Of an object, `n` tells which plural is meant.
 */
export function tr(text, ...values) {
  const [named] = values;
  const of = values.length === 1 && Object(named) === named ? named : values;
  const message = messages[text] ?? text;
  const sentence = message.replace ? message : (message[new Intl.PluralRules(language).select(of.n)] ?? message.other);
  let next = 0;
  return sentence.replace(/\{(\w*)\}/g, (gap, name) => of[name || next++] ?? gap);
}

/** A number with so many decimals. */
export function number(x, digits) {
  return written(x.toFixed(digits));
}

/** A number that was written in English. */
export function written(text) {
  return WITH_COMMA.includes(language) ? text.replace('.', ',') : text;
}

function asked() {
  return new URLSearchParams(location.hash.slice(1)).get('language');
}

function chosen() {
  try {
    return localStorage.getItem('orrery-language');
  } catch {
    return null;
  }
}

async function fetched() {
  const wanted = language;
  let found;
  try {
    const response = await fetch(new URL(`languages/${wanted}.json`, import.meta.url), { signal: AbortSignal.timeout(LONGEST_MS) });
    if (response.ok) found = await response.json();
  } catch {
    // It did not arrive.
  }
  // Another one is wanted by now.
  if (wanted !== language) return;
  if (!found) language = document.documentElement.lang = 'en';
  messages = found ?? {};
  arrived();
}

/** Tells programs, and the document, whose English stays the key. */
function arrived() {
  publish();
  for (const element of document.querySelectorAll('[data-tr]')) {
    element.dataset.tr ||= element.textContent.trim().replace(/\s+/g, ' ');
    element.textContent = tr(element.dataset.tr);
  }
}

function publish() {
  const rules = new Intl.PluralRules(language);
  globalThis.orreryLanguage = language === 'en' ? null : { code: language, messages, plural: (n) => rules.select(n) };
}
