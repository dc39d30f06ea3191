// "Show me": a story of one minute on the real page.
//
// It presses the page's own buttons and reads the page's own numbers; it knows nothing else of it. Each part points at something and
// says a few sentences, and the next one comes by itself, unless the visitor holds the story or prefers less motion. When it is closed, the
// experiment that was open before comes back.

import { ready, tr, written } from '../language.js';

await ready;

const EXPERIMENT = '#v=1&preset=spring';
const LONGEST_TRAINING_MS = 180_000;

const find = (id) => document.querySelector(`[data-testid="${id}"]`);
const value = (id) => Number(find(id)?.dataset.value || NaN);
const round = (x) => written(Number(x.toPrecision(2)).toString());

const PARTS = [
  {
    at: () => document.querySelector('.world'),
    say: () => tr('A weight swings on a spring. There is no friction, so it swings for ever and keeps its energy. Its picture moves here.'),
    seconds: 8,
  },
  {
    at: () => find('train').closest('section'),
    say: () =>
      tr('Two neural networks watch it. Nobody tells them the law: they see places and momenta, and how both change. Train has been pressed for you.'),
    before: train,
    seconds: 3,
    until: () => ['finished', 'failed'].includes(find('status')?.dataset.status),
  },
  {
    at: () => find('loss-chart'),
    say: () => {
      const [baseline, hnn] = [value('test-loss-baseline'), value('test-loss-hnn')];
      if (!(baseline > 0 && hnn > 0)) return tr('The loss says how wrong each network is about the next moment. It falls while they learn.');
      const [more, less] = [Math.max(baseline, hnn), Math.min(baseline, hnn)];
      const same = more / less < 1.25 ? tr('Judged by this, they are equally good.') : tr('So far one is a little better.');
      const told = tr(
        'The loss says how wrong a network is about the next moment, on swings it has not seen: {orange} for the orange one, {blue} for the blue one.',
        { orange: round(baseline), blue: round(hnn) },
      );
      return `${told} ${same}`;
    },
    seconds: 11,
  },
  {
    at: () => find('energy-chart'),
    say: () => {
      const ratio = value('ratio');
      if (!(ratio > 2)) return tr('Now each network moves the weight by itself, moment after moment. The energy should stay where it starts.');
      return tr(
        'Now each network moves the weight by itself, moment after moment. The energy should stay where it starts. The blue one nearly does that; the orange one drifts away. Measured from other starts, the mean of its squared errors is {} times as large.',
        round(ratio),
      );
    },
    seconds: 11,
  },
  {
    at: () => find('phase-portrait'),
    say: () =>
      tr('The same motion as a map: to the right where the weight is, upwards how fast it moves. A true swing is a closed ring. Blue closes its ring; orange spirals away from it.'),
    seconds: 11,
  },
  {
    at: () => document.querySelector('.idea'),
    say: () =>
      tr('Why? The orange network learns every speed by itself, and its small errors add up. The blue one learns a single number, the energy, and can only move along lines on which that number stays the same.'),
    seconds: 12,
  },
  {
    at: () => find('run-series')?.closest('details'),
    say: () =>
      tr('One run proves little. This fold has been opened for you: “Run it 5 times” trains with five seeds, one after the other, and tells how far their results differ.'),
    before: () => {
      const fold = find('run-series')?.closest('details');
      if (fold) fold.open = true;
    },
    seconds: 11,
  },
  {
    at: () => find('preset')?.closest('label') ?? document.querySelector('header'),
    say: () =>
      tr('Now it is yours. Choose another experiment here, choose a place on the map to start elsewhere, or open a lesson. When you close the story, what was open before comes back, unless you have chosen something else.'),
    seconds: Infinity,
  },
];

let open;

/** Plays the story; the focus goes back to `opener` when it is closed. */
export function play(opener) {
  const before = open?.before;
  open?.close({ goBack: false });
  open = new Story(opener, before);
}

/** Presses Train, unless somebody has. */
function train() {
  const status = find('status')?.dataset.status;
  if (!['loading', 'training'].includes(status) && !(status === 'finished' && value('ratio') > 0)) find('train').click();
}

class Story {
  constructor(opener, before = location.hash) {
    this.opener = opener;
    this.before = before;
    this.part = -1;
    this.running = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.ring = document.createElement('div');
    this.ring.className = 'story-ring';
    this.panel = document.createElement('section');
    this.panel.className = 'story card';
    this.panel.setAttribute('role', 'dialog');
    this.panel.setAttribute('aria-label', tr('The story'));
    this.panel.dataset.testid = 'story';
    this.text = document.createElement('p');
    this.text.setAttribute('aria-live', 'polite');
    this.place = document.createElement('small');
    const buttons = document.createElement('div');
    buttons.className = 'story-buttons';
    this.back = button(tr('Back'), 'story-back', () => this.go(this.part - 1));
    this.hold = button('', 'story-hold', () => this.setRunning(!this.running));
    this.next = button(tr('Next'), 'story-next', () => (this.part + 1 < PARTS.length ? this.go(this.part + 1) : this.close()));
    this.next.className = 'primary';
    buttons.append(this.place, this.back, this.hold, this.next, button(tr('Close'), 'story-close', () => this.close()));
    this.panel.append(this.text, buttons);
    document.body.append(this.ring, this.panel);
    this.key = (event) => {
      if (event.key === 'Escape') this.close();
    };
    document.addEventListener('keydown', this.key);
    // The way back in the browser, or a link, leads out of the story.
    this.left = () => {
      if (location.hash !== this.link) this.close({ goBack: false });
    };
    this.begin();
  }

  async begin() {
    this.setRunning(this.running);
    const asked = new URLSearchParams(location.hash.slice(1)).get('language');
    this.link = asked ? `${EXPERIMENT}&language=${asked}` : EXPERIMENT;
    if (location.hash !== this.link) location.hash = this.link;
    this.entries = history.length;
    window.addEventListener('hashchange', this.left);
    await until(() => find('train') && document.querySelector('.world') && find('energy-chart'), 10_000);
    // It may have been closed meanwhile.
    if (this.closed) return;
    this.tick = setInterval(() => this.follow(), 200);
    this.go(0);
    this.next.focus();
  }

  go(to) {
    if (to < 0 || to >= PARTS.length) return;
    this.part = to;
    const part = PARTS[to];
    part.before?.();
    this.since = Date.now();
    this.said = undefined;
    this.place.textContent = tr('{} of {}', to + 1, PARTS.length);
    this.back.disabled = to === 0;
    this.next.textContent = to + 1 < PARTS.length ? tr('Next') : tr('Done');
    const smooth = this.running && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const shown = part.at();
    const { top = 0, bottom = 0 } = shown?.getBoundingClientRect() ?? {};
    const hidden = top < 0 || bottom > innerHeight - this.panel.offsetHeight;
    if (hidden) shown?.scrollIntoView({ block: bottom - top > innerHeight / 2 ? 'start' : 'center', behavior: smooth ? 'smooth' : 'auto' });
    this.follow();
  }

  /** Keeps sentence and ring true while the page changes, and goes on when it is time. */
  follow() {
    const part = PARTS[this.part];
    const said = part.say();
    if (said !== this.said) this.text.textContent = this.said = said;
    const box = part.at()?.getBoundingClientRect();
    this.ring.hidden = !box;
    if (box) {
      const style = this.ring.style;
      [style.left, style.top, style.width, style.height] = [box.left - 4, box.top - 4, box.width + 8, box.height + 8].map((x) => `${x}px`);
    }
    const waited = Date.now() - this.since;
    const done = !part.until || part.until() || waited > LONGEST_TRAINING_MS;
    if (this.running && done && waited > part.seconds * 1000) this.go(this.part + 1);
  }

  setRunning(running) {
    this.running = running;
    this.since = Date.now();
    this.hold.textContent = running ? tr('Pause') : tr('Play');
  }

  close({ goBack = true } = {}) {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.tick);
    document.removeEventListener('keydown', this.key);
    window.removeEventListener('hashchange', this.left);
    if (goBack) this.goBack();
    this.ring.remove();
    this.panel.remove();
    open = undefined;
    (this.opener.isConnected ? this.opener : find('show-me'))?.focus();
  }

  /** Brings back what was open before, unless the visitor has gone elsewhere: a start or a seed is not elsewhere, another experiment is. */
  goBack() {
    if (location.hash === this.before || kindOf(location.hash) !== kindOf(this.link)) return;
    // The story's own entry goes with it, where nothing has come after.
    if (history.length === this.entries) history.back();
    else location.replace(this.before || '#');
  }
}

/** The part of an address that says which experiment is open on which page. */
function kindOf(hash) {
  const settings = new URLSearchParams(hash.slice(1));
  return `${settings.get('preset')} ${settings.get('page')}`;
}

function button(text, id, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.dataset.testid = id;
  made.addEventListener('click', press);
  return made;
}

async function until(holds, within) {
  for (let waited = 0; !holds() && waited < within; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
}
