// Whether a law, as lab and the page print it, is the law of a world: the same form, with constants of its own.
//
// Along x, for a pair at distance λ in a fixed direction, that is a·m₂/λ for 1/r and a·m₂/λ² for 1/r², each point within a tenth
// (a softened distance moves the nearest), a·q₁q₂/λ² for charges, and a·(λ − 1) for springs, which is zero somewhere, to a tenth of its
// largest value.

const FORMS = {
  spring: (distance) => distance - 1,
  r1: (distance, m2) => m2 / distance,
  r2: (distance, m2) => m2 / distance ** 2,
  charge: (distance, _, q1, q2) => (q1 * q2) / distance ** 2,
};
const CHARGES = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
];
const DISTANCES = [0.4, 0.7, 1, 1.4, 2, 2.8, 4];
const FUNCTIONS = { sqrt: Math.sqrt, exp: Math.exp, log: Math.log, sin: Math.sin, cos: Math.cos };
const TOKEN = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|([-+*/^(),>]))/uy;

/** Whether a law of dx, dy, r, m1, m2 and, where there are charges, q1 and q2 has the form of the force of this world. */
export function hasTheFormOf(world, law) {
  const form = FORMS[world];
  const pairs = world === 'charge' ? CHARGES.map((charges) => [1, ...charges]) : [0.5, 1, 3].map((m2) => [m2]);
  const points = pairs.flatMap(([m2, q1, q2]) =>
    DISTANCES.map((r) => [value(law, { dx: 0.8 * r, dy: 0.6 * r, r, m1: 1, m2, q1, q2 }), form(r, m2, q1, q2)]),
  );
  const sum = (of) => points.reduce((sum, point) => sum + of(point), 0);
  const factor = sum(([said, form]) => said * form) / sum(([, form]) => form * form);
  const largest = Math.max(...points.map(([said]) => Math.abs(said)));
  return points.every(([said, form]) => {
    const room = 0.1 * (world === 'spring' ? largest : Math.abs(factor * form));
    return Math.abs(said - factor * form) < room;
  });
}

/** The value of a formula in plain text; throws a sentence where it is none. */
export function value(text, names) {
  const tokens = read(text);
  const taken = (token) => (tokens[0] === token ? tokens.shift() : undefined);
  const need = (token) => {
    if (!taken(token)) throw new Error(`“${text}” is no formula: ${token} is missing.`);
  };
  const sum = () => {
    let total = product();
    for (;;) {
      if (taken('+')) total += product();
      else if (taken('-')) total -= product();
      else return total;
    }
  };
  const product = () => {
    let total = sign();
    for (;;) {
      if (taken('*')) total *= sign();
      else if (taken('/')) total /= sign();
      else return total;
    }
  };
  // A sign holds together less tightly than a power: -x^2 is -(x^2).
  const sign = () => (taken('-') ? -sign() : power());
  const power = () => {
    const base = atom();
    return taken('^') ? base ** sign() : base;
  };
  const atom = () => {
    const token = tokens.shift();
    if (token === '(') {
      const inner = sum();
      need(')');
      return inner;
    }
    if (token === 'if') return choice();
    if (Object.hasOwn(FUNCTIONS, token)) {
      need('(');
      const inner = sum();
      need(')');
      return FUNCTIONS[token](inner);
    }
    if (Object.hasOwn(names, token)) return names[token];
    if (/^\d/.test(token ?? '')) return Number(token);
    throw new Error(`“${text}” is no formula of ${Object.keys(names).join(', ')}.`);
  };
  const choice = () => {
    const parts = ['(', '>', ',', ','].map((before) => {
      need(before);
      return sum();
    });
    need(')');
    return parts[0] > parts[1] ? parts[2] : parts[3];
  };
  const result = sum();
  if (tokens.length) throw new Error(`“${text}” is no formula: ${tokens[0]} is too much.`);
  return result;
}

function read(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`“${text}” is no formula.`);
    tokens.push(found[1] ?? found[2] ?? found[3]);
  }
  return tokens;
}
