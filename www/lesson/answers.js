// What a student answered: kept in this browser, and as one file to hand in (docs/lessons.md has its format).

import { isRight, questions } from './format.js';

const VERSION = 1;

/** The answers to one lesson. */
export class Answers {
  constructor(name, lesson) {
    Object.assign(this, { key: `orrery-lesson:${name}`, name, lesson, kept: true });
    this.clear();
    try {
      const text = localStorage.getItem(this.key);
      const stored = text && JSON.parse(text);
      if (stored && typeof stored === 'object') {
        for (const member of ['answers', 'figures', 'locked', 'ran']) {
          if (stored[member] && typeof stored[member] === 'object') this[member] = stored[member];
        }
        this.student = String(stored.student ?? '');
      }
    } catch {
      this.kept = storageWorks();
    }
  }

  clear() {
    Object.assign(this, { student: '', answers: {}, figures: {}, locked: {}, ran: {} });
  }

  /** The answer to a question, by its number in its step. */
  of(step, question) {
    return this.answers[`${step}.${question.number}`];
  }

  set(step, question, answer) {
    const id = `${step}.${question.number}`;
    const empty = answer === undefined || answer === '' || Number.isNaN(answer) || (Array.isArray(answer) && !answer.length);
    if (empty) delete this.answers[id];
    else this.answers[id] = answer;
    this.keep();
  }

  /** Keeps all of it, and what is handed in of it beside it: the page that collects does not read lessons. */
  keep() {
    const { student, answers, figures, locked, ran } = this;
    try {
      localStorage.setItem(this.key, JSON.stringify({ student, answers, figures, locked, ran, handIn: this.file() }));
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }

  remove() {
    this.clear();
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }

  /** How many questions there are. */
  all() {
    return this.lesson.steps.flatMap(questions).length;
  }

  /** Steps with questions that have no answer, each with these questions' texts. */
  missing() {
    const open = (step, at) => questions(step).filter((question) => this.of(at, question) === undefined);
    return this.lesson.steps
      .map((step, i) => ({ at: i + 1, title: step.title, texts: open(step, i + 1).map(({ text }) => text) }))
      .filter(({ texts }) => texts.length);
  }

  /** All of it as what is handed in. */
  file() {
    const { title, language, steps } = this.lesson;
    const answers = steps.flatMap((step, i) =>
      questions(step).flatMap((question) => {
        const answer = this.of(i + 1, question);
        if (answer === undefined) return [];
        const { number, part, text, kind, unit } = question;
        const right = isRight(question, answer);
        return [{ id: `${i + 1}.${number}`, part, question: text, kind, answer, ...(unit && { unit }), ...(right !== undefined && { right }) }];
      }),
    );
    return {
      format: 'orrery-answers',
      version: VERSION,
      lesson: this.name,
      title,
      language,
      student: this.student.trim(),
      saved: new Date().toISOString(),
      answers,
      figures: Object.values(this.figures),
    };
  }

  /** The name of that file. */
  fileName() {
    const plain = (text) => text.normalize('NFKD').replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
    return ['orrery-answers', plain(this.name), plain(this.student)].filter(Boolean).join('-') + '.json';
  }
}

function storageWorks() {
  try {
    localStorage.length;
    return true;
  } catch {
    return false;
  }
}
