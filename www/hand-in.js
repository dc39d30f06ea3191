// The page on which students look through what they hand in, print it, and save it as one file.
//
// Everything is put into the page as text. The saved file is a page for people with the same as data for the teacher's page.

import './hold.js';
import { FORMAT, VERSION, keep, kept, lessons } from './hand-in-store.js';
import { language, ready, tr, written } from './language.js';

await ready;

/** Figures in words; others are called by their names. */
const FIGURES = {
  ratio: tr('how many times larger the energy error of the baseline is'),
  'train-loss-baseline': tr('loss of the baseline on what it learned from'),
  'train-loss-hnn': tr('loss of the HNN on what it learned from'),
  'test-loss-baseline': tr('loss of the baseline on new data'),
  'test-loss-hnn': tr('loss of the HNN on new data'),
  'energy-baseline': tr('energy error of the baseline'),
  'energy-hnn': tr('energy error of the HNN'),
  'rollout-baseline': tr('path error of the baseline'),
  'rollout-hnn': tr('path error of the HNN'),
  'train-loss-dissipative': tr('loss of the HNN with friction on what it learned from'),
  'test-loss-dissipative': tr('loss of the HNN with friction on new data'),
  'energy-dissipative': tr('energy error of the HNN with friction'),
  'rollout-dissipative': tr('path error of the HNN with friction'),
  'graph-test-loss-bottleneck': tr('loss of the network with the bottleneck on new data'),
  'graph-test-loss-other': tr('loss of the other network on new data'),
  'r2-plain-force-bottleneck': tr('R² of messages and force, network with the bottleneck'),
  'r2-plain-force-other': tr('R² of messages and force, other network'),
  'law-error': tr('error of the law (the best constant has 1)'),
  'law-complexity': tr('complexity of the law'),
  'law-r2': tr('R² of the world that moves by the law'),
  'nri-edges': tr('part of the edges that were found'),
  'nri-graphs': tr('part of the graphs that were found whole'),
};
/** What a picture may be: what browsers draw of a canvas. */
const PICTURE = /^data:image\/(webp|png);base64,[A-Za-z0-9+/=]+$/;

const state = { ...kept(), lessons: lessons(), left: new Set() };
const find = (id) => document.querySelector(`[data-testid="${id}"]`);

// A name may have been typed before this script was there.
state.student = find('student').value || state.student;
find('student').value = state.student;
find('student').addEventListener('input', ({ target }) => {
  state.student = target.value;
  store();
});
find('save').addEventListener('click', save);
find('print').addEventListener('click', () => print());
// Another tab of the page has added something, or a lesson was worked on. It may not have known yet what was typed here.
addEventListener('storage', () => {
  const { student, results } = kept();
  const notes = new Map(state.results.map(({ added, note }) => [added, note]));
  let lost = !student && state.student;
  for (const result of results) {
    const typed = notes.get(result.added);
    lost ||= typed && !result.note;
    result.note ||= typed;
  }
  Object.assign(state, { student: state.student || student, results, lessons: lessons() });
  find('student').value = state.student;
  if (lost) store();
  show();
});
show();

function show() {
  const empty = state.results.length + state.lessons.length === 0;
  find('empty').hidden = !empty;
  find('save').disabled = empty;
  find('collected').replaceChildren(...state.lessons.map(lessonCard), ...state.results.map(resultCard));
}

function store() {
  say(keep({ student: state.student, results: state.results }) ?? '');
}

function say(sentence) {
  find('said').textContent = sentence;
}

function lessonCard(lesson) {
  const included = !state.left.has(lesson.lesson);
  const box = element('input', { type: 'checkbox', checked: included });
  box.addEventListener('change', () => {
    if (box.checked) state.left.delete(lesson.lesson);
    else state.left.add(lesson.lesson);
    show();
  });
  const answers = lesson.answers.map(({ question, answer, unit }) => [String(question ?? ''), inWords(answer, unit)]);
  return element(
    'section',
    { className: `card${included ? '' : ' left-out'}` },
    element('h2', {}, tr('Lesson: {}', lesson.title || lesson.lesson)),
    element('label', { className: 'switch' }, box, tr('hand these answers in')),
    table(answers, tr('Answers')),
  );
}

function resultCard(result, place) {
  const note = element('textarea', { rows: 3, value: result.note ?? '', maxLength: 4000 });
  note.addEventListener('input', () => {
    result.note = note.value;
    store();
  });
  const remove = element('button', { className: 'small' }, tr('Remove'));
  remove.setAttribute('aria-label', tr('Remove result {}', place + 1));
  remove.addEventListener('click', () => {
    state.results.splice(place, 1);
    store();
    show();
    find('student').focus();
  });
  const open = element('a', { href: `./#${String(result.link ?? '').replace(/^#/, '')}` }, tr('open the experiment'));
  const shown = pictures(result).map(({ title, data }) =>
    element('figure', {}, element('img', { src: data, alt: String(title ?? '') }), element('figcaption', {}, String(title ?? ''))),
  );
  return element(
    'section',
    { className: 'card' },
    element('h2', {}, heading(result, place)),
    element('p', { className: 'copies' }, open, remove),
    table(figures(result), tr('Figures')),
    result.law ? element('p', {}, `${tr('Law:')} `, element('code', {}, String(result.law))) : '',
    element('div', { className: 'pictures' }, ...shown),
    element('label', { className: 'pasting' }, tr('What I see, and why'), note),
  );
}

function heading(result, place) {
  const told = { n: result.steps, name: `${place + 1}. ${result.title || result.page || tr('Experiment')}` };
  if (!(result.steps > 0)) return told.name;
  return result.finished ? tr('{name}, {n} steps', told) : tr('{name}, {n} steps, not finished', told);
}

function figures({ figures }) {
  return Object.entries(figures ?? {}).map(([name, value]) => [FIGURES[name] ?? name, written(Number(value).toPrecision(3))]);
}

function pictures({ pictures }) {
  return (Array.isArray(pictures) ? pictures : []).filter(({ data }) => typeof data === 'string' && PICTURE.test(data));
}

function inWords(answer, unit) {
  if (typeof answer === 'number') return `${written(String(answer))} ${unit ?? ''}`.trim();
  if (Array.isArray(answer)) return answer.every((part) => typeof part === 'string') ? answer.join(', ') : tr('a drawn curve');
  return String(answer ?? '');
}

function table(rows, label) {
  if (rows.length === 0) return '';
  const cells = rows.map(([name, value]) => element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)));
  const made = element('table', { className: 'told' }, element('tbody', {}, ...cells));
  made.setAttribute('aria-label', label);
  return made;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** What is handed in, as data. */
function handIn() {
  const chosen = state.lessons.filter(({ lesson }) => !state.left.has(lesson));
  const student = state.student.trim();
  return { format: FORMAT, version: VERSION, student, saved: new Date().toISOString(), results: state.results, lessons: chosen };
}

function save() {
  const data = handIn();
  const name = data.student.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'without-a-name';
  const address = URL.createObjectURL(new Blob([printable(data)], { type: 'text/html' }));
  element('a', { href: address, download: `orrery-hand-in-${name}.html` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  say(
    data.student
      ? tr('Saved. Give the file to your teacher.')
      : tr('Saved without a name: write your name and save again, so that your teacher knows whose it is.'),
  );
}

/** One page that can be read and printed anywhere, with the data in it. */
function printable(data) {
  const safe = (text) => String(text ?? '').replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);
  const rows = (list) => list.map(([name, value]) => `<tr><th scope="row">${safe(name)}</th><td>${safe(value)}</td></tr>`).join('');
  const lesson = ({ title, lesson, answers }) =>
    `<section><h2>${safe(tr('Lesson: {}', title || lesson))}</h2><table>${rows(answers.map(({ question, answer, unit }) => [question, inWords(answer, unit)]))}</table></section>`;
  const result = (of, place) =>
    `<section><h2>${safe(heading(of, place))}</h2><table>${rows(figures(of))}</table>` +
    (of.law ? `<p>${safe(tr('Law:'))} <code>${safe(of.law)}</code></p>` : '') +
    pictures(of).map(({ title, data }) => `<figure><img src="${safe(data)}" alt="${safe(title)}"><figcaption>${safe(title)}</figcaption></figure>`).join('') +
    (of.note ? `<p>${safe(of.note)}</p>` : '') +
    `<p class="link">${safe(of.link)}</p></section>`;
  const name = data.student || tr('Without a name');
  // Within a script element, nothing but its end could be taken for markup.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${safe(tr('{}: handed in from Orrery', name))}</title>
<style>${STYLE}</style></head>
<body><h1>${safe(name)}</h1><p>Orrery, ${safe(data.saved.slice(0, 10))}</p>
${data.lessons.map(lesson).join('\n')}
${data.results.map(result).join('\n')}
<script type="application/json" id="orrery-hand-in">${json}</script>
</body></html>
`;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1.5rem}h2{font-size:1.15rem;border-bottom:1px solid}' +
  'th{text-align:left;font-weight:500;padding-right:1rem}th,td{vertical-align:top}figure{display:inline-block;margin:.5rem 1rem .5rem 0;max-width:20rem;break-inside:avoid}' +
  'img{max-width:100%;height:auto}figcaption{font-size:.85rem}.link{font:12px ui-monospace,monospace;overflow-wrap:anywhere}' +
  '@media print{body{font-size:10pt;padding:0}section{break-inside:avoid-page}}';
