// The live page beside a lesson: a frame of the same origin, of which test ids are read and nothing is written but its address.

import { SUPPORTED } from '../language.js';
import { element } from './dom.js';

/** The frame. */
export class Live {
  constructor(title, language) {
    this.title = title;
    this.language = language;
    this.note = element('div', { class: 'waiting' });
    this.box = element('div', { class: 'live covered' }, this.note);
  }

  /** Shows an experiment, in the language of the lesson. What is there already stays as it is. */
  open(experiment) {
    const link = SUPPORTED.includes(this.language) ? `${experiment}&language=${this.language}` : experiment;
    if (this.link === link && this.frame) return;
    this.link = link;
    if (this.frame?.contentWindow) {
      this.frame.contentWindow.location.hash = link;
      return;
    }
    this.frame = element('iframe', { src: `./${link}`, name: 'lesson', title: this.title, testid: 'live' });
    this.box.append(this.frame);
  }

  /** Elements in its place. What runs there goes on. */
  cover(...shown) {
    this.note.replaceChildren(...shown);
    this.box.classList.add('covered');
  }

  uncover() {
    this.box.classList.remove('covered');
  }

  /** The number that the page shows under this name (`TEST-ID`, or `TEST-ID@PART`), and the experiment as it is; or why there is none. */
  read(name) {
    const page = this.frame?.contentDocument;
    const status = page?.querySelector('[data-testid$="status"][data-status]')?.dataset.status;
    if (status === 'training' || status === 'loading') return { training: true };
    const [id, part = 'value'] = name.split('@');
    const text = page?.querySelector(`[data-testid="${CSS.escape(id)}"]`)?.dataset[part];
    const value = text ? Number(text) : NaN;
    return Number.isFinite(value) ? { value, link: this.frame.contentWindow.location.hash } : {};
  }
}
