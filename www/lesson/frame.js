// The live page beside a lesson: a frame of the same origin, of which test ids are read and nothing is written but its address.

import { SUPPORTED } from '../language.js';
import { element } from './dom.js';

/**
 * What a lesson does without: the line at the top, and what is of no use beside one. A lesson's own link may say otherwise (`embed=0`
 * keeps the menus, `hide=` and `show=` name other parts).
 */
const FRAMED = [['embed', '1'], ['hide', 'own-data,runs,take-away']];

/** The frame. */
export class Live {
  constructor(title, language) {
    this.title = title;
    this.language = language;
    this.note = element('div', { class: 'waiting' });
    this.box = element('div', { class: 'live covered' }, this.note);
  }

  /** Shows an experiment, in the language of the lesson; `whole`: with everything that the page has. What is there already stays as it is. */
  open(experiment, { whole = false } = {}) {
    const given = new URLSearchParams(experiment.slice(1));
    const added = FRAMED.filter(([key]) => !whole && !given.has(key) && !(key === 'hide' && given.has('show')));
    if (SUPPORTED.includes(this.language) && !given.has('language')) added.push(['language', this.language]);
    const link = [experiment, ...added.map(([key, value]) => `${key}=${value}`)].join('&');
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

  /** What the page shows under this name as a picture of its own, as it is now; nothing where it shows none. */
  picture(name) {
    this.frame?.contentWindow.dispatchEvent(new Event('orrery-pictures-wanted'));
    const shown = this.frame?.contentDocument?.querySelector(`[data-testid="${CSS.escape(name)}"]`);
    const layers = [...(shown?.querySelectorAll('canvas') ?? [])].filter(({ width, height, offsetParent }) => width && height && offsetParent);
    if (!layers.length) return undefined;
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [layers[0].width, layers[0].height];
    for (const layer of layers) copy.getContext('2d').drawImage(layer, 0, 0, copy.width, copy.height);
    return copy;
  }

  /** The number that the page shows under this name (`TEST-ID`, or `TEST-ID@PART`), and the experiment as it is; or why there is none. */
  read(name) {
    const page = this.frame?.contentDocument;
    const status = page?.querySelector('[data-testid$="status"][data-status]')?.dataset.status;
    if (status === 'training' || status === 'loading') return { training: true };
    const [id, part = 'value'] = name.split('@');
    const text = page?.querySelector(`[data-testid="${CSS.escape(id)}"]`)?.dataset[part];
    const value = text ? Number(text) : NaN;
    return Number.isFinite(value) ? { value, link: unframed(this.frame.contentWindow.location.hash) } : {};
  }
}

/** A link without what is only for the frame. */
function unframed(link) {
  const framed = FRAMED.map(([key, value]) => `${key}=${value}`);
  return link
    .split('&')
    .filter((setting) => !framed.includes(decodeURIComponent(setting)))
    .join('&');
}
