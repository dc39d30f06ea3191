// A lesson, step by step: predict, run, compare, explain, beside the live page.

import { written } from '../language.js';
import { element, Writer } from './dom.js';
import { ask, verdict } from './question.js';

const MOST_NAMED = 5;
const short = (x) => written(Math.abs(x) >= 1e4 || Math.abs(x) < 1e-3 ? x.toExponential(1) : String(Number(x.toPrecision(3))));

/** Shows a step in `into`. `at` counts from 1; beyond the last one is the end. */
export function showStep(into, { lesson, name, at, answers, live, say }) {
  const step = lesson.steps[at - 1];
  const again = () => showStep(into, { lesson, name, at, answers, live, say });
  const top = element(
    'header',
    { class: 'lesson-head' },
    element('a', { href: '#', testid: 'all-lessons' }, say.lessons),
    element('h1', {}, lesson.title),
  );
  const content = step ? stepContent({ step, lesson, at, answers, live, say, again }) : ending({ lesson, name, answers, live, say, again });
  const links = element(
    'nav',
    { class: 'steps', 'aria-label': say.step(Math.min(at, lesson.steps.length), lesson.steps.length) },
    at > 1 && element('a', { class: 'tab', href: `#${name}/${at - 1}`, testid: 'step-back' }, say.back),
    step && element('a', { class: 'tab', href: `#${name}/${at + 1}`, testid: 'step-next' }, at < lesson.steps.length ? say.next : say.done),
  );
  into.replaceChildren(top, ...content, links);
}

function stepContent({ step, lesson, at, answers, live, say, again }) {
  const write = new Writer(lesson.words, (event, href) => {
    event.preventDefault();
    live.open(href);
  });
  const { predict = [], run = [], compare = [], explain = [], hint } = step.parts;
  const locked = Boolean(answers.locked[at]) || !predict.some(({ type }) => type === 'question');
  const ran = Boolean(answers.ran[at]) || !run.length;
  const render = (blocks, frozen) => blocks.map((block) => one(block, { at, answers, live, say, write, frozen }));
  const shown = [
    element('h2', { tabindex: '-1', testid: 'step-title' }, step.title, element('small', {}, `${say.step(at, lesson.steps.length)}, ${say.minutes(step.minutes)}`)),
    ...render(step.lead),
  ];
  if (predict.length) {
    const why = element('p', { class: 'hint', role: 'status', testid: 'lock-said' }, locked && answers.locked[at] ? say.locked : say.first);
    const lock = () => {
      const open = predict.filter((block) => block.type === 'question' && answers.of(at, block) === undefined);
      if (open.length) {
        why.textContent = say.unanswered;
        return;
      }
      answers.locked[at] = true;
      answers.keep();
      again();
      focus('step-run');
    };
    shown.push(part(say.predict, 'step-predict', render(predict, locked && Boolean(answers.locked[at])), why, !locked && element('button', { class: 'primary', testid: 'lock', onclick: lock }, say.lock)));
  }
  // The experiment is opened once its outcome has been predicted.
  const open = openedBy(lesson, at);
  if (locked && open) {
    live.open(open.link);
    live.uncover();
  } else {
    // Aims tell what will come out: who wants to read them opens them.
    const { aims } = lesson.sections;
    live.cover(element('p', {}, say.first), ...(aims ? [element('details', { testid: 'aims' }, element('summary', {}, say.aimsTell), aims.map((block) => new Writer().block(block)))] : []));
  }
  if (locked && run.length) {
    const finish = () => {
      answers.ran[at] = true;
      answers.keep();
      again();
      focus('step-compare', 'step-explain');
    };
    const about = step.open && element('p', { class: 'hint' }, `${step.open.text}: ${say.takes(step.open.seconds)}. `, element('a', { href: `./${step.open.link}`, target: '_blank' }, say.alone));
    shown.push(part(say.run, 'step-run', about, render(run), !ran && element('button', { class: 'primary', testid: 'ran', onclick: finish }, say.ready)));
  }
  if (locked && ran) {
    const verdicts = predict.filter(({ type }) => type === 'question').map((question) => verdict(question, answers.of(at, question), live, say)).filter(Boolean);
    if (compare.length || verdicts.length) {
      shown.push(part(say.compare, 'step-compare', verdicts.length > 0 && element('ul', { class: 'verdicts' }, verdicts), render(compare)));
    }
    if (explain.length) shown.push(part(say.explain, 'step-explain', render(explain)));
  }
  if (hint) shown.push(element('details', {}, element('summary', { testid: 'hint' }, say.hint), render(hint)));
  return shown;
}

/** The experiment that is beside a step: its own, or that of the nearest step before it. */
function openedBy(lesson, at) {
  return lesson.steps.slice(0, at).map(({ open }) => open).findLast(Boolean);
}

function part(title, id, ...children) {
  return element('section', { class: 'card part', testid: id, tabindex: '-1', 'aria-label': title }, element('h3', {}, title), ...children);
}

function focus(...ids) {
  const found = ids.map((id) => document.querySelector(`[data-testid="${id}"]`)).find(Boolean);
  found?.focus();
  found?.scrollIntoView({ block: 'start' });
}

function one(block, { at, answers, live, say, write, frozen }) {
  if (block.type === 'figure') return figure(block, { at, answers, live, say, write });
  if (block.type !== 'question') return write.block(block);
  return ask(block, {
    answer: answers.of(at, block),
    answered: (answer) => answers.set(at, block, answer),
    locked: Boolean(frozen),
    say,
    write,
    id: `question-${at}-${block.number}`,
  });
}

/** A number that is read off the live page. */
function figure(block, { at, answers, live, say, write }) {
  const key = `${at}:${block.name}`;
  const shown = element('output', { testid: `figure-${block.name}` });
  const show = () => {
    const value = answers.figures[key]?.value;
    if (value === undefined) return;
    const usual = value >= block.low && value <= block.high ? say.usual : say.unusual;
    shown.replaceChildren(element('b', {}, short(value)), ` ${usual(short(block.low), short(block.high))}`);
    shown.dataset.value = value;
  };
  const read = () => {
    const { training, value, link } = live.read(block.name);
    if (value === undefined) {
      shown.textContent = training ? say.stillTraining : say.nothingYet;
      return;
    }
    answers.figures[key] = { step: at, name: block.name, label: block.label, value, link };
    answers.keep();
    show();
  };
  show();
  return element('div', { class: 'figure-row' }, element('span', {}, write.text(block.label)), element('button', { testid: `read-${block.name}`, onclick: read, 'aria-label': `${say.readOff}: ${block.label}` }, say.readOff), shown);
}

function ending({ lesson, name, answers, live, say, again }) {
  const all = answers.all();
  const missing = answers.missing();
  const open = missing.reduce((sum, { texts }) => sum + texts.length, 0);
  // A few are named, of many the number.
  const named = (texts) => (open <= MOST_NAMED ? `: ${texts.join(' ')}` : ` (${texts.length})`);
  // What is done early needs the page, with all that it has.
  const last = openedBy(lesson, lesson.steps.length);
  const show = (link) => (live.open(link, { whole: true }), live.uncover());
  if (last) show(last.link);
  const write = new Writer(lesson.words, (event, href) => {
    event.preventDefault();
    show(href);
  });
  const saved = element('p', { role: 'status', testid: 'save-said' });
  const student = element('input', { type: 'text', id: 'student', testid: 'student', maxlength: '80', autocomplete: 'off', oninput: () => ((answers.student = student.value), answers.keep()) });
  student.value = answers.student;
  const save = () => {
    const url = URL.createObjectURL(new Blob([JSON.stringify(answers.file(), undefined, 2)], { type: 'application/json' }));
    element('a', { href: url, download: answers.fileName() }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    saved.textContent = say.saved(answers.fileName());
  };
  const remove = (event) => {
    const button = event.currentTarget;
    if (button.textContent !== say.reallyRemove) {
      button.textContent = say.reallyRemove;
      return;
    }
    answers.remove();
    again();
    document.querySelector('[data-testid="ending-said"]').textContent = say.removed;
  };
  return [
    element('h2', { tabindex: '-1', testid: 'step-title' }, say.end),
    element('p', { testid: 'ending-said', role: 'status' }, say.answered(all - open, all)),
    missing.length > 0 && element('ul', { testid: 'missing' }, missing.map(({ at, title, texts }) => element('li', {}, element('a', { href: `#${name}/${at}` }, `${at}. ${title}`), named(texts)))),
    element('div', { class: 'question' }, element('label', { for: 'student' }, say.yourName), student),
    element('div', { class: 'copies' }, element('button', { class: 'primary', testid: 'save-answers', onclick: save }, say.save), element('button', { testid: 'remove-answers', onclick: remove }, say.remove)),
    saved,
    element('p', { class: 'hint' }, answers.kept ? say.kept : say.notKept),
    ...(lesson.sections.extension ? [element('h3', {}, say.extension), ...lesson.sections.extension.map((block) => write.block(block))] : []),
    element('p', {}, element('a', { href: `#${name}/worksheet` }, say.worksheet)),
  ].filter(Boolean);
}
