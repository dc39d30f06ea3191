// A question of a lesson as the elements in which it is answered.

import { written } from '../language.js';
import { element } from './dom.js';
import { isRight } from './format.js';

const PLACES = 17;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * A question. `answer`: what was answered before; `answered(answer)`: told of every change; `locked`: whether it can still be changed;
 * `say`: the player's own words; `write`: a `Writer`.
 */
export function ask(question, { answer, answered, locked, say, write, id }) {
  const legend = write.text(question.text);
  if (question.kind === 'choice') return choice(question, { answer, answered, locked, legend, id });
  if (question.kind === 'draw') return curve(question, { answer, answered, locked, legend, say });
  const label = element('label', { for: id }, legend);
  const number = question.kind === 'number';
  const box = element(number ? 'input' : 'textarea', {
    id,
    testid: id,
    ...(number ? { type: 'number', step: 'any', inputmode: 'decimal' } : { rows: '3', maxlength: '4000' }),
    disabled: locked,
    oninput: () => answered(number ? box.valueAsNumber : box.value.trim()),
  });
  box.value = answer ?? '';
  return element('div', { class: 'question' }, label, number ? element('span', { class: 'with-unit' }, box, ` ${question.unit}`) : box);
}

function choice(question, { answer = [], answered, locked, legend, id }) {
  const several = question.options.filter(({ right }) => right).length > 1;
  const boxes = question.options.map(({ text }, i) =>
    element('input', {
      type: several ? 'checkbox' : 'radio',
      name: id,
      value: text,
      testid: `${id}-${i + 1}`,
      checked: answer.includes(text),
      disabled: locked,
      onchange: () => answered(boxes.filter(({ checked }) => checked).map(({ value }) => value)),
    }),
  );
  const options = boxes.map((box, i) => element('label', { class: 'option' }, box, question.options[i].text));
  return element('fieldset', { class: 'question' }, element('legend', {}, legend), options);
}

/** A curve of seventeen heights, drawn with the pointer or set place by place with the arrow keys. */
function curve(question, { answer, answered, locked, legend, say }) {
  const heights = answer ? [...answer] : Array(PLACES).fill(0.5);
  let at = 0;
  const { pad, line } = drawing(question);
  const mark = document.createElementNS(SVG, 'circle');
  pad.setAttribute('data-testid', 'draw-pad');
  for (const [key, value] of Object.entries({ role: 'slider', 'aria-label': `${question.across}, ${question.up}`, 'aria-valuemin': '0', 'aria-valuemax': '100' })) {
    pad.setAttribute(key, value);
  }
  if (!locked) pad.setAttribute('tabindex', '0');
  pad.append(mark);
  const show = () => {
    line.setAttribute('points', points(heights));
    mark.setAttribute('cx', (160 * at) / (PLACES - 1));
    mark.setAttribute('cy', 80 * (1 - heights[at]));
    mark.setAttribute('r', locked ? 0 : 2.5);
    const percent = Math.round(100 * heights[at]);
    pad.setAttribute('aria-valuenow', percent);
    pad.setAttribute('aria-valuetext', say.height(at + 1, PLACES, percent));
  };
  const change = (place, height) => {
    at = Math.max(0, Math.min(PLACES - 1, place));
    heights[at] = Math.round(100 * Math.max(0, Math.min(1, height))) / 100;
    show();
    answered([...heights]);
  };
  const drawn = (event) => {
    const { left, top, width, height } = pad.getBoundingClientRect();
    change(Math.round(((PLACES - 1) * (event.clientX - left)) / width), 1 - (event.clientY - top) / height);
  };
  if (!locked) {
    pad.addEventListener('pointerdown', (event) => {
      pad.setPointerCapture(event.pointerId);
      drawn(event);
    });
    pad.addEventListener('pointermove', (event) => event.buttons && drawn(event));
    pad.addEventListener('keydown', (event) => {
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 0.05], ArrowDown: [0, -0.05] }[event.key];
      if (!move) return;
      event.preventDefault();
      const place = Math.max(0, Math.min(PLACES - 1, at + move[0]));
      change(place, heights[place] + move[1]);
    });
  }
  show();
  return element(
    'div',
    { class: 'question' },
    element('p', {}, legend),
    element('div', { class: 'axes' }, element('span', { class: 'up' }, question.up), pad, element('span', {}, question.across)),
    !locked && element('p', { class: 'hint' }, say.draw),
  );
}

/** An empty drawing, in the colour of the network that it is about. */
function drawing({ network }) {
  const pad = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'polyline');
  pad.setAttribute('viewBox', '0 0 160 80');
  pad.setAttribute('class', `draw-pad ${network}`);
  pad.append(line);
  return { pad, line };
}

function points(heights) {
  return heights.map((height, i) => `${(160 * i) / (PLACES - 1)},${80 * (1 - height)}`).join(' ');
}

/** What was drawn above what the page shows now. */
function compared(question, answer, live, say) {
  const { pad, line } = drawing(question);
  line.setAttribute('points', points(answer));
  pad.setAttribute('role', 'img');
  pad.setAttribute('aria-label', `${say.youDrew}: ${question.across}, ${question.up}`);
  const picture = question.picture && live.picture(question.picture);
  if (picture) {
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', say.pageShows);
  }
  return element(
    'li',
    { testid: 'drawn' },
    element('i', {}, question.text),
    element('div', { class: 'drawn' }, `${say.youDrew}:`, pad, picture ? `${say.pageShows}:` : say.comparePage, picture),
  );
}

/** What was answered beside what the lesson states, what was drawn beside what the page shows; nothing where there is nothing to compare with. */
export function verdict(question, answer, live, say) {
  if (answer === undefined) return undefined;
  if (question.kind === 'draw') return compared(question, answer, live, say);
  if (!['choice', 'number'].includes(question.kind)) return undefined;
  const said = question.kind === 'choice' ? answer.join(' ') : `${written(`${answer}`)} ${question.unit}.`;
  const right = isRight(question, answer);
  const truth = question.kind === 'choice'
    ? question.options.filter(({ right }) => right).map(({ text }) => text).join(' ')
    : say.range(written(`${question.low}`), written(`${question.high}`), question.unit);
  return element(
    'li',
    { class: right ? 'holds' : 'fails', testid: 'verdict', 'data-right': String(right) },
    element('i', {}, question.text),
    ` ${say.youSaid}: ${said} `,
    element('b', {}, right ? say.asItIs : `${say.itIs}: ${truth}`),
  );
}
