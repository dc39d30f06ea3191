// A film becomes a recording: the visitor clicks what moves, two places of known distance and an origin; the spot is then followed
// picture by picture (tracker.js, in Rust), and its way handed on as a table. Nothing leaves this tab: the browser's own decoder
// reads the film from the visitor's disk.
//
// Pictures are taken by seeking, so none is missed on a slow machine; each has the time that the film gives it.

import { number, ready, tr, written } from './language.js';
import init, { Way } from './tracker.js';

await ready;

/** Longest side of the pictures that are looked at, in pixels; larger films are made smaller. */
const LONGEST_SIDE = 1280;
/** Pictures of a film that are followed, at most. */
const MOST_PICTURES = 5000;
/** How long the first picture may take, and every other, in milliseconds. */
const FIRST_WITHIN = 15_000;
const SEEK_WITHIN = 10_000;
/** A picture that is shown already is not announced again; this long is waited for it, in milliseconds. */
const SAME_PICTURE_MS = 600;
/** Pictures from which the time between two is taken, and what it is where they tell nothing, in seconds. */
const TIMED_PICTURES = 8;
const USUAL_STEP = 1 / 30;
/** How far an arrow key moves the cross, in pixels. */
const KEY_STEP = 4;

const MODES = {
  spot: tr('What moves: click its middle.'),
  scale: tr('Scale: click two places whose distance you know, and write it down.'),
  origin: tr('Origin: click where x and y are 0.'),
};

/**
 * Shows a film in `host` and lets the visitor follow a spot in it. `done(name, table)` is called with the table; `leave(sentence)`
 * when the visitor leaves it, with a sentence where it cannot be used. Returns a function that ends everything.
 */
export function open(host, url, name, done, leave) {
  const film = new Film(host, url, name);
  film.begin().then(
    (table) => (table ? done(name.replace(/\.[^.]*$/, '') + '.csv', table) : leave('')),
    (error) =>
      film.ended ||
      leave(error instanceof Unusable ? error.message : tr('{name}: the film could not be followed ({why}).', { name, why: `${error?.message ?? error}` })),
  );
  return () => film.end();
}

/** An error whose message is meant for the visitor. */
class Unusable extends Error {}

class Film {
  constructor(host, url, name) {
    Object.assign(this, { host, url, name, ended: false, mode: 'spot', spot: null, ends: [], origin: null, cross: null });
  }

  /** Resolves with the table, or with nothing when the visitor leaves. */
  async begin() {
    await Promise.all([this.load(), init()]);
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.build();
      this.draw();
    });
  }

  async load() {
    const video = (this.video = document.createElement('video'));
    Object.assign(video, { muted: true, preload: 'auto', playsInline: true });
    const loaded = once(video, 'loadeddata', FIRST_WITHIN);
    video.src = this.url;
    const why = tr('{}: this browser cannot decode it. Save the film as MP4 (H.264) or WebM (VP8, VP9) and bring that.', this.name);
    await loaded.catch(() => {
      throw new Unusable(why);
    });
    if (!video.videoWidth) throw new Unusable(tr('{}: there are no pictures in this file.', this.name));
    // What a browser has recorded does not say how long it is until its end was seen.
    if (!Number.isFinite(video.duration)) {
      await this.seek(1e9);
    }
    const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    this.width = Math.round(video.videoWidth * scale);
    this.height = Math.round(video.videoHeight * scale);
    this.taken = Object.assign(document.createElement('canvas'), { width: this.width, height: this.height });
    this.pen = this.taken.getContext('2d', { willReadFrequently: true });
    this.step = await this.timed();
    await this.seek(0);
  }

  /** The time between two pictures: the shortest one while a few are played. */
  async timed() {
    const { video } = this;
    if (!video.requestVideoFrameCallback) return USUAL_STEP;
    await this.seek(0);
    const times = [];
    await new Promise((enough) => {
      const next = (_, { mediaTime }) => {
        times.push(mediaTime);
        if (times.length < TIMED_PICTURES) video.requestVideoFrameCallback(next);
        else enough();
      };
      video.requestVideoFrameCallback(next);
      video.addEventListener('ended', enough, { once: true });
      setTimeout(enough, 2000);
      video.play().catch(enough);
    });
    video.pause();
    const steps = times.slice(1).map((time, i) => time - times[i]).filter((step) => step > 1e-4);
    return steps.length ? Math.min(...steps) : USUAL_STEP;
  }

  /** Goes to the picture at a time; resolves with the time at which that picture begins. */
  async seek(seconds) {
    const { video } = this;
    let handle;
    const shown = video.requestVideoFrameCallback
      ? new Promise((told) => (handle = video.requestVideoFrameCallback((_, { mediaTime }) => told(mediaTime))))
      : Promise.resolve(seconds);
    const there = once(video, 'seeked', SEEK_WITHIN);
    video.currentTime = seconds;
    await there;
    const time = await Promise.race([shown, new Promise((same) => setTimeout(same, SAME_PICTURE_MS))]);
    if (time === undefined) video.cancelVideoFrameCallback(handle);
    else this.time = time;
    this.pen?.drawImage(video, 0, 0, this.width, this.height);
    return time;
  }

  pixels() {
    const { data } = this.pen.getImageData(0, 0, this.width, this.height);
    return new Uint8Array(data.buffer);
  }

  build() {
    const make = (tag, attributes, ...children) => {
      const element = document.createElement(tag);
      for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
        else if (value !== false) element.setAttribute(key, value === true ? '' : value);
      }
      element.append(...children);
      return element;
    };
    this.canvas = make('canvas', {
      'data-testid': 'film', width: this.width, height: this.height, tabindex: 0, role: 'application',
      'aria-label': tr('A picture of the film: click, or move the cross by arrow keys and press Enter'),
      onclick: (event) => this.click(this.placeOf(event)), onkeydown: (event) => this.key(event),
    });
    const mode = (key) => make('label', { class: 'switch' },
      make('input', { type: 'radio', name: 'film-mode', 'data-testid': `film-${key}`, checked: key === this.mode, onchange: () => this.turn(key) }),
      MODES[key]);
    this.radios = Object.fromEntries(Object.keys(MODES).map((key) => [key, mode(key)]));
    this.length = make('input', { type: 'number', min: 0, step: 'any', placeholder: tr('unknown'), 'data-testid': 'film-length', oninput: () => this.draw() });
    this.pivot = make('input', { type: 'checkbox', 'data-testid': 'film-pivot' });
    this.slider = make('input', {
      type: 'range', min: 0, max: this.video.duration || 1, step: 'any', value: 0, 'data-testid': 'film-start',
      oninput: () => this.from(Number(this.slider.value)),
    });
    this.said = make('p', { class: 'hint', role: 'status', 'data-testid': 'film-said' });
    this.track = make('button', { class: 'primary', 'data-testid': 'film-track', onclick: () => this.follow() }, tr('Follow it'));
    const out = make('button', { 'data-testid': 'film-leave', onclick: () => this.resolve(null) }, tr('Leave it'));
    this.host.replaceChildren(
      make('h2', {}, tr('From a film: “{}”', this.name)),
      make('div', { class: 'film' }, this.canvas,
        make('div', {},
          make('fieldset', {}, make('legend', { class: 'unseen' }, tr('What a click marks')), ...Object.values(this.radios)),
          make('label', { class: 'row wide' }, tr('Distance (m)'), this.length),
          make('label', { class: 'switch' }, this.pivot, tr('the origin is the pivot of a pendulum: give its angle')),
          make('label', { class: 'row wide' }, tr('Begin at'), this.slider),
          this.said, make('p', { class: 'actions' }, this.track, out))),
    );
  }

  turn(key) {
    this.mode = key;
    this.radios[key].querySelector('input').checked = true;
    this.draw();
  }

  placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * this.width, ((event.clientY - box.top) / box.height) * this.height];
  }

  /** A place was clicked. After the spot the next thing to mark comes by itself. */
  click(place) {
    if (this.busy) return;
    if (this.mode === 'spot') {
      try {
        const way = new Way(this.width, this.pixels(), ...place);
        this.spot = [...way.at()];
        way.free();
      } catch (error) {
        this.spot = null;
        return this.draw(tr(error.message));
      }
    } else if (this.mode === 'scale') {
      this.ends = this.ends.length === 2 ? [place] : [...this.ends, place];
    } else {
      this.origin = place;
    }
    this.draw();
  }

  key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const [x, y] = this.cross ?? [this.width / 2, this.height / 2];
    const move = moves[event.key];
    if (move) this.cross = [clamp(x + KEY_STEP * move[0], this.width), clamp(y + KEY_STEP * move[1], this.height)];
    else if (event.key === 'Enter') this.click([x, y]);
    else return;
    event.preventDefault();
    this.draw();
  }

  /** Metres to a pixel; 0 where that is not known. */
  metres() {
    if (this.ends.length < 2) return 0;
    const [[x, y], [u, v]] = this.ends;
    return Number(this.length.value) / Math.hypot(u - x, v - y) || 0;
  }

  async from(seconds) {
    if (this.busy) return;
    // A slider tells more places than can be shown.
    this.wanted = seconds;
    if (this.seeking) return;
    this.seeking = true;
    this.spot = null;
    this.draw();
    while (this.wanted !== undefined) {
      const next = this.wanted;
      this.wanted = undefined;
      await this.seek(next).catch(() => {});
    }
    this.seeking = false;
    this.draw();
  }

  /** The picture, with what is marked in it. */
  draw(said) {
    const pen = this.canvas.getContext('2d');
    pen.drawImage(this.taken, 0, 0);
    const colours = getComputedStyle(this.host);
    const mark = (place, colour, size) => {
      if (!place) return;
      const [x, y] = place;
      for (const [width, style] of [[5, colours.getPropertyValue('--card')], [2, colours.getPropertyValue(colour)]]) {
        pen.lineWidth = width;
        pen.strokeStyle = style;
        pen.beginPath();
        pen.moveTo(x - size, y);
        pen.lineTo(x + size, y);
        pen.moveTo(x, y - size);
        pen.lineTo(x, y + size);
        pen.stroke();
      }
    };
    mark(this.spot, '--baseline', 9);
    this.ends.forEach((end) => mark(end, '--hnn', 7));
    mark(this.origin, '--dissipative', 12);
    mark(this.cross, '--ink', 5);
    this.track.disabled = !this.spot || this.busy || this.seeking;
    this.slider.disabled = Boolean(this.busy);
    this.said.textContent = said ?? this.told();
  }

  told() {
    if (!this.spot) return tr('Click the middle of what moves: one colour on another.');
    if (!this.metres()) return tr('The spot is found. Without a scale, places stay in pixels.');
    return tr('The spot is found. {} mm to a pixel.', written((1000 * this.metres()).toPrecision(3)));
  }

  async follow() {
    if (!this.spot || this.busy || this.seeking) return;
    this.busy = true;
    const { video } = this;
    try {
      let at = this.time ?? 0;
      const way = new Way(this.width, this.pixels(), ...this.spot);
      const from = at;
      let pictures = 0;
      for (let ahead = 1.5; !this.ended; ) {
        if (ahead === 1.5) {
          way.follow(at, this.pixels());
          this.spot = [...way.at()];
          pictures += 1;
          this.draw(tr('Picture {}: {} s of {} s.', pictures, number(at, 2), number(video.duration, 2)));
        }
        // No picture is shown, nor announced, in a tab that is not seen.
        while (document.hidden && !this.ended) await once(document, 'visibilitychange', 3_600_000);
        const next = at + ahead * this.step;
        if (next > video.duration || pictures === MOST_PICTURES) break;
        const time = await this.seek(next);
        // The same picture again: the film is slower here.
        ahead = time === undefined || time <= at ? ahead + 1 : 1.5;
        if (ahead === 1.5) at = time;
      }
      const [x, y] = this.origin ?? [0, this.height];
      if (way.seen() < 3) {
        const told = { name: this.name, seen: way.seen(), n: pictures, from: number(from, 2) };
        throw new Unusable(tr('{name}: the spot was seen in {seen} of {n} pictures from {from} s on.', told));
      }
      this.resolve(way.table(x, y, this.metres(), this.pivot.checked && this.origin !== null));
    } catch (error) {
      this.reject(error);
    }
  }

  end() {
    this.ended = true;
    this.video?.removeAttribute('src');
    this.video?.load();
    this.host.replaceChildren();
  }
}

const clamp = (value, size) => Math.min(Math.max(value, 0.5), size - 0.5);

/** The next event of a kind; fails on an error of the element, and when it does not come in time. */
function once(element, kind, within) {
  return new Promise((resolve, reject) => {
    const fail = () => settle(reject, new Error(element.error?.message || tr('nothing came within {} s', within / 1000)));
    const timer = setTimeout(fail, within);
    const come = () => settle(resolve);
    function settle(how, what) {
      clearTimeout(timer);
      element.removeEventListener(kind, come);
      element.removeEventListener('error', fail);
      how(what);
    }
    element.addEventListener(kind, come);
    element.addEventListener('error', fail);
  });
}
