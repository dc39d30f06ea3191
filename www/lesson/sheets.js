// A lesson on paper: the worksheet for students, and the teacher's sheet with answers.

import { written } from '../language.js';
import { element, Writer } from './dom.js';

const LINES = 3;

const range = (say, { low, high, unit = '' }) => say.range(written(`${low}`), written(`${high}`), unit);

/** Shows the sheet of this `kind` ('worksheet' or 'teacher') in `into`. */
export function showSheet(into, { lesson, name, kind, say }) {
  const teacher = kind === 'teacher';
  const write = new Writer();
  const text = (blocks) => blocks.map((block) => write.block(block));
  const section = (title, blocks) => blocks && element('section', {}, element('h2', {}, title), text(blocks));
  const { aims, before, plan, extension } = lesson.sections;
  const address = (link) => new URL(`./${link}`, location.href).href;
  const steps = lesson.steps.map((step, i) =>
    element(
      'section',
      { class: 'sheet-step' },
      element('h2', {}, `${i + 1}. ${step.title}`, element('small', {}, say.minutes(step.minutes))),
      step.open && element('p', { class: 'hint' }, `${step.open.text}: `, teacher ? element('code', {}, address(step.open.link)) : say.takes(step.open.seconds)),
      text(step.lead),
      ['predict', 'run', 'compare', 'explain', ...(teacher ? ['hint', 'teacher'] : [])].map((part) => {
        const blocks = step.parts[part];
        const title = { hint: say.hint, teacher: say.teacherOnly }[part] ?? say[part];
        return blocks && element('div', { class: part === 'teacher' ? 'card' : undefined }, element('h3', {}, title), blocks.map((block) => onPaper(block, { teacher, write, say })));
      }),
    ),
  );
  into.replaceChildren(
    element(
      'nav',
      { class: 'steps no-print', 'aria-label': say.lessons },
      element('a', { class: 'tab', href: `#${name}` }, say.backToLesson),
      element('a', { class: 'tab', href: '#' }, say.lessons),
      element('button', { class: 'primary', testid: 'print', onclick: () => window.print() }, say.print),
    ),
    element('h1', {}, lesson.title, element('small', {}, ` ${teacher ? say.teacher : say.worksheet}`)),
    teacher
      ? element('p', {}, `${lesson.chapter} · ${say.slides(lesson.slides)} · ${say.minutes(lesson.minutes)}`)
      : element('p', { class: 'to-fill' }, `${say.name}: `),
    ...(teacher
      ? [section(say.aims, aims), section(say.before, before), section(say.plan, plan)]
      : []
    ).filter(Boolean),
    ...steps,
    ...[section(say.extension, extension)].filter(Boolean),
  );
}

function onPaper(block, { teacher, write, say }) {
  if (block.type === 'figure') {
    const usual = teacher ? ` (${say.usualRange}: ${range(say, block).trim()})` : '';
    return element('p', { class: 'to-fill' }, write.text(block.label), `${usual}: `);
  }
  if (block.type !== 'question') return write.block(block);
  const answer = {
    choice: () =>
      element('ul', { class: 'boxes' }, block.options.map(({ text, right }) => element('li', {}, teacher && right ? '☒ ' : '☐ ', teacher && right ? element('b', {}, text) : text))),
    number: () => element('p', { class: 'to-fill' }, teacher ? element('b', {}, `${say.answerIs}: ${range(say, block)}`) : `${say.answerIs} (${block.unit}): `),
    text: () => (teacher ? element('p', {}, element('b', {}, `${say.answerIs}: `), write.text(block.answer)) : element('div', {}, Array.from({ length: LINES }, () => element('p', { class: 'to-fill' }, ' ')))),
    draw: () => element('div', { class: 'axes' }, element('span', { class: 'up' }, block.up), element('div', { class: 'draw-pad' }), element('span', {}, block.across)),
  }[block.kind];
  return element('div', { class: 'question' }, element('p', {}, write.text(block.text)), answer?.());
}
