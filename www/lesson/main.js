// Which lesson is shown, by the address: lesson.html#NAME, #NAME/STEP, #NAME/worksheet, #NAME/teacher; without a name, the list.

import '../aids/aids.js';
import '../hold.js';
import { SUPPORTED, language, use } from '../language.js';
import { Answers } from './answers.js';
import { element } from './dom.js';
import { read } from './format.js';
import { Live } from './frame.js';
import { showStep } from './player.js';
import { showSheet } from './sheets.js';
import { strings } from './strings.js';

const ADDRESS = /^((?:[a-z]{2}\/)?[a-z0-9-]+)(?:\/(\d+|worksheet|teacher))?$/;
const OWN = 'my-file';
const LARGEST_FILE = 1_000_000;

const main = element('main', { class: 'lessons' });
document.body.append(main);

/** The visitor's language, in which the list is. */
const visitors = language;

/** Lessons that were read, by name: the promise of each. */
const known = new Map();
let playing;

window.addEventListener('hashchange', route);
route();

/** What stands in the address behind the #, as it is where it cannot be decoded. */
function addressed() {
  const raw = location.hash.slice(1);
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

async function route() {
  const address = addressed();
  const [, name, place] = ADDRESS.exec(address) ?? [];
  if (!name) return list(address ? strings(visitors).noLesson(address) : undefined);
  const found = await lessonOf(name);
  // Another address may have been opened meanwhile.
  if (addressed() !== address) return undefined;
  if (!found.lesson) return list(found.sentence, found.problems);
  const { lesson } = found;
  const say = strings(lesson.language);
  // Words of the glossary are explained in the language of the lesson.
  if (SUPPORTED.includes(lesson.language) && lesson.language !== language) await use(lesson.language);
  document.documentElement.lang = lesson.language;
  document.title = `Orrery: ${lesson.title}`;
  if (place === 'worksheet' || place === 'teacher') {
    playing = undefined;
    main.className = 'sheet';
    showSheet(main, { lesson, name, kind: place, say });
    return main.querySelector('a').focus();
  }
  if (playing?.name !== name) {
    const text = element('section', { class: 'lesson-text' });
    playing = { name, text, live: new Live(say.beside, lesson.language), answers: new Answers(name === OWN ? `${OWN}:${lesson.title}` : name, lesson) };
    main.className = 'lesson';
    main.replaceChildren(text, playing.live.box);
  }
  const at = Math.max(1, Math.min(lesson.steps.length + 1, Number(place ?? 1)));
  showStep(playing.text, { lesson, name, at, answers: playing.answers, live: playing.live, say });
  playing.text.scrollTop = 0;
  return playing.text.querySelector('[data-testid="step-title"]').focus({ preventScroll: true });
}

function lessonOf(name) {
  if (!known.has(name)) {
    const fetched = textOf(`lessons/${name}.md`).then(
      (text) => (text === undefined ? { sentence: strings(visitors).noLesson(name) } : understood(name, text)),
      () => ({ sentence: strings(visitors).notFetched }),
    );
    // What could not be fetched is tried again the next time.
    fetched.then(({ lesson }) => lesson || known.delete(name));
    known.set(name, fetched);
  }
  return known.get(name);
}

/** The text of a file beside this page; nothing where there is none. */
async function textOf(path) {
  const response = await fetch(new URL(`../${path}`, import.meta.url));
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${response.status}`);
  return response.text();
}

function understood(name, text) {
  const { lesson, problems } = read(text);
  if (!problems.length) return { lesson };
  return { sentence: strings(visitors).notALesson(name), problems };
}

/** The list of lessons, below what there is to say. */
async function list(sentence, problems = []) {
  playing = undefined;
  const say = strings(visitors);
  document.documentElement.lang = say.code;
  document.title = `Orrery: ${say.lessons}`;
  const cards = element('div', { class: 'grid' });
  const file = element('input', { type: 'file', id: 'lesson-file', testid: 'lesson-file', accept: '.md,.txt,text/markdown,text/plain', onchange: () => own(file.files[0]) });
  main.className = 'lessons';
  main.replaceChildren(
    element('header', {}, element('h1', {}, say.lessons), element('a', { href: './', testid: 'home' }, say.home)),
    element('p', {}, say.about),
    element('div', { role: 'alert', testid: 'lesson-fault' }, sentence && element('p', { class: 'fails' }, sentence), problems.length > 0 && element('ul', {}, problems.map(({ line, sentence }) => element('li', {}, say.inLine(line), sentence)))),
    cards,
    element('p', { class: 'question' }, element('label', { for: 'lesson-file' }, say.openFile), file),
  );
  const names = await textOf('lessons/list.txt').then((text) => (text ?? '').split('\n').map((line) => line.trim()).filter(Boolean), () => undefined);
  if (!names) {
    cards.append(element('p', { role: 'alert' }, say.notFetched));
    return;
  }
  const found = await Promise.all(names.map((name) => lessonOf(name)));
  const lessons = names.flatMap((name, i) => (found[i].lesson ? [[name, found[i].lesson]] : []));
  // The visitor's language comes first; otherwise the order of the file stays.
  const [first, rest] = [true, false].map((own) => lessons.filter(([, { language }]) => (language === say.code) === own));
  cards.append(...[...first, ...rest].map(([name, lesson]) => card(name, lesson)));
}

function card(name, lesson) {
  const say = strings(lesson.language);
  return element(
    'section',
    { class: 'card', testid: `lesson-${name}`, lang: lesson.language },
    element('h2', {}, lesson.title, element('small', {}, say.minutes(lesson.minutes))),
    element('p', {}, lesson.summary),
    element('p', { class: 'hint' }, `${lesson.chapter} · ${say.slides(lesson.slides)}`),
    element(
      'p',
      { class: 'links' },
      element('a', { href: `#${name}/1`, testid: `begin-${name}`, 'aria-label': `${say.begin}: ${lesson.title}` }, say.begin),
      element('a', { href: `#${name}/worksheet`, 'aria-label': `${say.worksheet}: ${lesson.title}` }, say.worksheet),
      element('a', { href: `#${name}/teacher`, 'aria-label': `${say.teacher}: ${lesson.title}` }, say.teacher),
    ),
  );
}

/** Plays a lesson from a visitor's own file. */
async function own(file) {
  if (!file) return undefined;
  if (file.size > LARGEST_FILE) return list(strings(visitors).notALesson(file.name), [{ line: 1, sentence: 'The file is longer than a megabyte.' }]);
  const found = understood(file.name, await file.text());
  if (!found.lesson) return list(found.sentence, found.problems);
  known.set(OWN, Promise.resolve(found));
  playing = undefined;
  if (location.hash === `#${OWN}/1`) return route();
  location.hash = `${OWN}/1`;
  return undefined;
}
