// Claims about the reader of lessons: node --test lessons.test.mjs. Every lesson is read without a fault, and faults are said with their line.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isRight, questions, read } from '../www/lesson/format.js';

const folder = new URL('../static/lessons/', import.meta.url);
const text = (name) => readFileSync(new URL(name, folder), 'utf8');
const names = text('list.txt').split('\n').filter(Boolean);
const FRONT = '---\ntitle: T\nsummary: S.\nchapter: C\nslides: 1\nlanguage: en\nminutes: 5\nwords: loss\n---\n';
const STEP = '\n## Step: One (5 minutes)\nOpen: [E](#v=1&preset=spring) takes 8 s\n';

test('every lesson is read without a fault', () => {
  for (const name of names) {
    const { lesson, problems } = read(text(`${name}.md`));
    assert.deepEqual(problems, [], name);
    assert.ok(lesson.steps.length >= 4 && lesson.steps.flatMap(questions).length >= 10, name);
    for (const step of lesson.steps) {
      for (const { kind, options, part } of questions(step)) {
        if (kind === 'choice' && part === 'predict') assert.ok(options.some(({ right }) => right), `${name}: ${step.title} says what is right`);
      }
    }
  }
});

test('questions of each kind are read with what is right', () => {
  const { lesson, problems } = read(
    `${FRONT}${STEP}A paragraph\nof two lines.\n\n### Predict\nQuestion: Which\nof them?\n\n- [ ] A\n- [x] B\n- [X] C\n\nQuestion: How many?\nNumber: -1.5 to 2e-1 m\n\nQuestion: Draw it.\nDraw: time / energy\n\n### Explain\nQuestion: Why?\nText: Because\nof that.\n`,
  );
  assert.deepEqual(problems, []);
  const [step] = lesson.steps;
  assert.deepEqual(step.open, { text: 'E', link: '#v=1&preset=spring', seconds: 8 });
  assert.equal(step.lead[0].text, 'A paragraph of two lines.');
  const [which, many, drawn, why] = questions(step);
  assert.equal(which.text, 'Which of them?');
  assert.deepEqual([isRight(which, ['B', 'C']), isRight(which, ['B']), isRight(which, ['A', 'B', 'C'])], [true, false, false]);
  assert.deepEqual([many.low, many.high, many.unit, isRight(many, 0.2), isRight(many, 0.3)], [-1.5, 0.2, 'm', true, false]);
  assert.deepEqual([drawn.across, drawn.up, isRight(drawn, [])], ['time', 'energy', undefined]);
  assert.deepEqual([why.answer, why.number, why.part], ['Because of that.', 4, 'explain']);
});

test('what is wrong is said with its line', () => {
  const said = (source, pattern, line) => {
    const { problems } = read(source);
    assert.ok(problems.some((problem) => pattern.test(problem.sentence) && (!line || problem.line === line)), `${JSON.stringify(source)}: ${JSON.stringify(problems)}`);
  };
  said('', /front matter/, 1);
  said('# A title', /front matter/, 1);
  said(`${FRONT}`, /no step/);
  said(`${FRONT.replace('summary: S.\n', '')}${STEP}`, /“summary” is missing/);
  said(`${FRONT.replace('words', 'word')}${STEP}`, /“word: loss” is none/, 8);
  said(`${FRONT}\n## Step: One (6 minutes)\n`, /6 minutes together/);
  said(`${FRONT}\n## Goals\n`, /“Goals” is no section/, 11);
  said(`${FRONT}${STEP}### Think\n`, /no part “Think”/);
  said(`${FRONT}${STEP}### Predict\nQuestion: Which?\n\nText.\n`, /how this question is answered/);
  said(`${FRONT}${STEP}### Predict\n- [ ] A\n`, /belongs to a question/);
  said(`${FRONT}${STEP}### Predict\nQuestion: How many?\nNumber: many\n`, /LOW to HIGH/);
  said(`${FRONT}${STEP}### Run\nFigure: ratio\n`, /Figure: NAME/);
  said(`${FRONT}${STEP}Question: Which?\nText: A\n`, /stands in one of the parts/);
  said(`${FRONT}\n## Step: One (5 minutes)\nOpen: [E](https://elsewhere.example/)\n`, /opened by/);
  said('x'.repeat(1_000_001), /megabyte/);
});
