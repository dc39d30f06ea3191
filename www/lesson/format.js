// The file of a lesson, read: docs/lessons.md says what it looks like. Needs no browser.

const FRONT = ['title', 'summary', 'chapter', 'slides', 'language', 'minutes', 'words'];
const SECTIONS = { aims: 'Aims', before: 'Before the lesson', plan: 'Plan', extension: 'Extension' };
const PARTS = ['predict', 'run', 'compare', 'explain', 'hint', 'teacher'];
const ASKING = ['predict', 'run', 'compare', 'explain'];
/** Whose colour a curve may have. */
const NETWORKS = ['truth', 'baseline', 'hnn', 'dissipative'];
const LONGEST = 1_000_000;

/**
 * Reads a lesson. Returns `{ lesson, problems }`: what was understood, and for each fault its line and a sentence.
 *
 * A lesson has the front matter as members, `sections` (lists of blocks), and `steps`: `title`, `minutes`, `open` (`text`, `link`,
 * `seconds`) or nothing, `lead` and `parts` (lists of blocks). A block is a paragraph (`p`), a `list`, a `question` or a `figure`.
 */
export function read(text) {
  const problems = [];
  const lesson = { words: [], sections: {}, steps: [] };
  if (text.length > LONGEST) return { lesson, problems: [{ line: 1, sentence: 'The file is longer than a megabyte.' }] };
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const fault = (at, sentence) => problems.push({ line: at + 1, sentence });
  const after = frontMatter(lines, lesson, fault);
  let blocks = new Blocks([], fault);
  let step;
  for (let at = after; at < lines.length; at++) {
    const line = lines[at].trimEnd();
    const heading = /^##\s+(.*)$/.exec(line);
    const part = /^###\s+(.*)$/.exec(line);
    if (part) {
      const name = part[1].trim().toLowerCase();
      if (!step) fault(at, `“${part[1]}” stands before the first step.`);
      else if (!PARTS.includes(name)) fault(at, `A step has no part “${part[1]}”. There are ${PARTS.join(', ')}.`);
      blocks.end();
      blocks = new Blocks(step && PARTS.includes(name) ? (step.parts[name] ??= []) : [], fault, step, name);
    } else if (heading) {
      blocks.end();
      const title = /^Step:\s*(.+?)\s*\((\d+) minutes?\)$/.exec(heading[1]);
      const section = Object.keys(SECTIONS).find((key) => SECTIONS[key] === heading[1].trim());
      step = title ? { title: title[1], minutes: Number(title[2]), open: undefined, lead: [], parts: {}, asked: 0 } : undefined;
      if (step) lesson.steps.push(step);
      else if (!section) fault(at, `“${heading[1]}” is no section. There are ${Object.values(SECTIONS).join(', ')} and “Step: TITLE (N minutes)”.`);
      blocks = new Blocks(step ? step.lead : section ? (lesson.sections[section] ??= []) : [], fault, step, 'lead');
    } else if (step && /^Open:/.test(line)) {
      const open = /^Open:\s*\[(.+)\]\((#v=1[^)\s]*)\)\s*(?:takes\s+(\d+)\s*s)?$/.exec(line);
      if (open) step.open = { text: open[1], link: open[2], seconds: Number(open[3] ?? 0) };
      else fault(at, 'An experiment is opened by “Open: [NAME](#v=1&…) takes N s”.');
    } else {
      blocks.take(line, at);
    }
  }
  for (const step of lesson.steps) {
    for (const { kind, at } of questions(step)) if (!kind) fault(at, 'Nothing says how this question is answered.');
  }
  if (!lesson.steps.length) fault(0, 'There is no step: a line “## Step: TITLE (N minutes)” begins one.');
  const minutes = lesson.steps.reduce((sum, { minutes }) => sum + minutes, 0);
  if (lesson.minutes !== minutes) fault(0, `The steps take ${minutes} minutes together, and the lesson says ${lesson.minutes}.`);
  return { lesson, problems };
}

/** Reads what stands between the first two lines of dashes; returns the line after. */
function frontMatter(lines, lesson, fault) {
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) {
    fault(0, 'The file does not begin with front matter between two lines of three dashes.');
    return 0;
  }
  for (let at = 1; at < end; at++) {
    const [, key, value] = /^(\w+):\s*(.*)$/.exec(lines[at]) ?? [];
    if (!FRONT.includes(key)) fault(at, `“${lines[at]}” is none of ${FRONT.join(', ')}.`);
    else if (key === 'words') lesson.words = value.split(',').map((word) => word.trim()).filter(Boolean);
    else lesson[key] = key === 'minutes' ? Number(value) : value.trim();
  }
  for (const key of FRONT) if (!lesson[key]?.toString()) fault(0, `“${key}” is missing.`);
  return end + 1;
}

/** Paragraphs, lists, questions and figures of one part. */
class Blocks {
  constructor(into, fault, step, part) {
    Object.assign(this, { into, fault, step, part, open: undefined });
  }

  take(line, at) {
    if (!line.trim()) return this.end();
    const question = /^Question:\s*(.*)$/.exec(line);
    const box = /^- \[([ xX])\]\s+(.*)$/.exec(line);
    const kind = /^(Number|Text|Draw):\s*(.*)$/.exec(line);
    const figure = /^Figure:\s*(.*)$/.exec(line);
    const item = /^(-|\d+\.)\s+(.*)$/.exec(line);
    if (question) return this.ask(question[1], at);
    if (box) return this.option(box[2], box[1] !== ' ', at);
    if (kind) return this.answered(kind[1], kind[2], at);
    if (figure) return this.figure(figure[1], at);
    if (item) return this.item(item[2], item[1] !== '-');
    if (this.open?.type === 'question' && this.open.kind === 'text') this.open.answer += ` ${line.trim()}`;
    else if (this.open?.type === 'question' && !this.open.kind) this.open.text += ` ${line.trim()}`;
    else if (this.open?.type === 'question') this.fault(at, 'An empty line has to follow the answer.');
    else if (this.open?.type === 'list') this.open.items.push(`${this.open.items.pop()} ${line.trim()}`);
    else if (this.open) this.open.text += ` ${line.trim()}`;
    else this.into.push((this.open = { type: 'p', text: line.trim() }));
    return undefined;
  }

  ask(text, at) {
    this.end();
    if (!ASKING.includes(this.part)) this.fault(at, `A question stands in one of the parts ${ASKING.join(', ')} of a step.`);
    const number = this.step ? (this.step.asked += 1) : 0;
    this.into.push((this.open = { type: 'question', part: this.part, number, text, at }));
  }

  /** An option of a question; an empty line may stand before the first. */
  option(text, right, at) {
    const question = this.question();
    if (!question || (question.kind && question.kind !== 'choice')) return this.fault(at, 'A box belongs to a question.');
    this.open = question;
    question.kind = 'choice';
    (question.options ??= []).push({ text, right });
    return undefined;
  }

  answered(kind, rest, at) {
    const question = this.question();
    if (!question || question.kind) return this.fault(at, `“${kind}:” belongs to a question that has no answer yet.`);
    this.open = question;
    question.kind = kind.toLowerCase();
    if (kind === 'Number') {
      const range = /^(-?[\d.]+(?:e-?\d+)?)\s+to\s+(-?[\d.]+(?:e-?\d+)?)\s*(.*)$/.exec(rest);
      if (!range || !(Number(range[1]) <= Number(range[2]))) return this.fault(at, 'A number is answered by “Number: LOW to HIGH UNIT”.');
      Object.assign(question, { low: Number(range[1]), high: Number(range[2]), unit: range[3] });
    } else if (kind === 'Draw') {
      const [axes, picture, network = 'hnn'] = rest.split('|').map((part) => part.trim());
      const [across, up] = axes.split('/').map((axis) => axis.trim());
      if (!up || !NETWORKS.includes(network)) return this.fault(at, `A curve is asked for by “Draw: HORIZONTAL / VERTICAL”, which “| PICTURE | NETWORK” may follow; networks are ${NETWORKS.join(', ')}.`);
      Object.assign(question, { across, up, picture, network });
    } else {
      question.answer = rest;
    }
    return undefined;
  }

  /** The last question of this part, if nothing else has come after it. */
  question() {
    const last = this.into.at(-1);
    return last?.type === 'question' ? last : undefined;
  }

  figure(rest, at) {
    this.end();
    const [name, label, range] = rest.split('|').map((part) => part.trim());
    const [, low, high] = /^(-?[\d.e-]+)\s+to\s+(-?[\d.e-]+)$/.exec(range ?? '') ?? [];
    if (!label || !(Number(low) <= Number(high))) return this.fault(at, 'A figure is “Figure: NAME | SENTENCE | LOW to HIGH”.');
    this.into.push({ type: 'figure', name, label, low: Number(low), high: Number(high) });
    return undefined;
  }

  item(text, ordered) {
    if (this.open?.type !== 'list' || this.open.ordered !== ordered) {
      this.end();
      this.into.push((this.open = { type: 'list', ordered, items: [] }));
    }
    this.open.items.push(text);
  }

  end() {
    this.open = undefined;
  }
}

/** Questions of a step in their order, each with its part. */
export function questions(step) {
  return Object.values(step.parts).flatMap((blocks) => blocks.filter(({ type }) => type === 'question'));
}

/** Whether an answer is what the lesson states; nothing where it states nothing. */
export function isRight(question, answer) {
  if (question.kind === 'number') return answer >= question.low && answer <= question.high;
  if (question.kind !== 'choice') return undefined;
  const right = question.options.filter(({ right }) => right).map(({ text }) => text);
  return right.length === answer.length && right.every((text) => answer.includes(text));
}
