// Workers that do not arrive: on every page a sentence within ten seconds, and another try that succeeds.
//
// What becomes of workers that die later is in resilience.test.mjs.

import assert from 'node:assert/strict';
import { suite } from './support/suite.mjs';

const claim = suite();
const TOLD_WITHIN_MS = 10_000;
const SLOWLY_S = 14; // longer than any patience with a worker of which nothing arrives

/** A swing of which every row is used. */
const SWING = ['t,theta', ...Array.from({ length: 120 }, (_, i) => `${(i * 0.05).toFixed(2)},${Math.cos(i * 0.15).toFixed(4)}`)].join('\n');

const is = (orrery, id, wanted) => async () => (await orrery.find(id).getAttribute('data-status')) === wanted;

/** The pages with workers: what begins the work, how it ends, and the file behind it. */
const PAGES = {
  'the first page': {
    link: '#v=1&preset=spring&models=hnn&device=cpu&hidden=8&steps=40',
    file: 'trainer-cpu',
    begin: 'train',
    failure: 'failure',
    again: 'train-again',
    failed: (orrery) => is(orrery, 'status', 'failed'),
    done: (orrery) => is(orrery, 'status', 'finished'),
  },
  'the page of formulas': {
    link: '#v=1&preset=pendulum&page=formula',
    file: 'symbolic-regression',
    begin: 'search',
    failure: 'search-failure',
    again: 'search-again',
    failed: (orrery) => is(orrery, 'search-status', 'failed'),
    done: (orrery) => is(orrery, 'search-status', 'exact'),
  },
  'the page of graph networks': {
    link: '#v=1&preset=gn-spring&graph-steps=20&graph-hidden=8&against=nothing&device=cpu',
    file: 'trainer-graph',
    begin: 'graph-train',
    failure: 'graph-failure',
    again: 'graph-again',
    failed: (orrery) => is(orrery, 'graph-status', 'failed'),
    done: (orrery) => is(orrery, 'graph-status', 'finished'),
  },
  // It measures starts by itself, as soon as the lattice has melted.
  'the page of molecules': {
    link: '#v=1&page=molecules&matter=fluid&particles=32',
    file: 'trainer-networks',
    failure: 'starts-failure',
    again: 'starts-again',
    failed: (orrery) => async () => (await orrery.find('starts-failure').count()) > 0,
    done: (orrery) => async () => (await orrery.number('ensemble-kinetic')) > 0,
  },
};

/** What can go wrong with one of a worker's files, and what is told of it. */
const FAULTS = {
  'its program is missing': {
    part: '_bg.wasm',
    answer: (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'not here' }),
    told: /404/,
  },
  'a web page comes in place of its program': {
    part: '_bg.wasm',
    answer: (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><p>Welcome' }),
    told: /web page/,
  },
  'its program is no program': {
    part: '_bg.wasm',
    answer: (route) => route.fulfill({ status: 200, contentType: 'application/wasm', body: 'rubbish' }),
    told: /could not be started/,
  },
  'the connection breaks off': { part: '_bg.wasm', answer: (route) => route.abort(), told: /connection/ },
  'its script is missing': {
    part: '.js',
    answer: (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'not here' }),
    told: /script/,
  },
  'nothing of it ever arrives': { part: '_bg.wasm', answer: () => {}, told: /nothing more arrived/ },
};

/** Answers requests for a file as a fault would, until the function that it gives is called; those that were made before stay as they are. */
async function spoil(context, file, { part, answer }) {
  let spoiled = true;
  const matches = (url) => {
    const name = url.pathname.split('/').pop();
    return name.startsWith(file) && name.endsWith(part);
  };
  await context.route(matches, (route) => (spoiled ? answer(route) : route.continue()));
  return () => {
    spoiled = false;
  };
}

async function failsAndIsTriedAgain(open, page, fault) {
  let mend;
  const orrery = await open(page.link, {
    tolerated: [/console error/i],
    prepare: async (context) => {
      mend = await spoil(context, fault.file ?? page.file, fault);
    },
  });
  if (page.begin) await orrery.press(page.begin);
  else await orrery.until('the work begins', async () => (await orrery.number('time-kinetic')) > 0, 30_000);
  await orrery.until('the failure is told', page.failed(orrery), TOLD_WITHIN_MS);
  assert.match(await orrery.text(page.failure), fault.told);
  mend();
  await orrery.press(page.again);
  await orrery.until('the work is done', page.done(orrery), 60_000);
  assert.equal(await orrery.find(page.failure).count(), 0, 'the sentence is gone');
}

for (const [where, page] of Object.entries(PAGES)) {
  for (const [what, fault] of Object.entries(FAULTS)) {
    claim(`on ${where}, when ${what}, it says so within ten seconds and another try succeeds`, ({ open }) =>
      failsAndIsTriedAgain(open, page, fault));
  }
  claim(`on ${where}, when the loader itself is missing, it says so and another try succeeds`, ({ open }) =>
    failsAndIsTriedAgain(open, page, {
      file: 'worker',
      part: '.js',
      answer: (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'not here' }),
      told: /loader/,
    }));
}

for (const [where, page] of Object.entries(PAGES)) {
  claim(`on ${where}, the work goes on by itself where its program arrives after it was said that it does not`, async ({ open }) => {
    const held = [];
    const orrery = await open(page.link, {
      prepare: (context) => spoil(context, page.file, { part: '_bg.wasm', answer: (route) => held.push(route) }),
    });
    if (page.begin) await orrery.press(page.begin);
    await orrery.until('it is said', page.failed(orrery), 30_000 + TOLD_WITHIN_MS);
    assert.match(await orrery.text(page.failure), /nothing more arrived.*goes on by itself/);
    await orrery.page.context().unrouteAll({ behavior: 'ignoreErrors' });
    for (const route of held) await route.continue().catch(() => {});
    await orrery.until('the work is done', page.done(orrery), 60_000);
    assert.equal(await orrery.find(page.failure).count(), 0, 'the sentence is gone');
  });
}

for (const what of ['its program is missing', 'a web page comes in place of its program', 'its program is no program', 'the connection breaks off']) {
  claim(`when ${what}, a page other than the first says so, and another try opens it`, async ({ open }) => {
    const orrery = await open('#v=1&preset=spring', {
      tolerated: [/console error/i],
      prepare: (context) => spoil(context, 'split_pages', { ...FAULTS[what], part: '.wasm' }),
    });
    await orrery.visit('integrators');
    await orrery.until('the failure is told', async () => (await orrery.find('page-not-fetched').count()) > 0, TOLD_WITHIN_MS);
    await orrery.page.context().unrouteAll({ behavior: 'ignoreErrors' });
    await orrery.press('page-again');
    await orrery.until('the page is there', async () => (await orrery.find('page-not-fetched').count()) === 0 && (await orrery.find('page-fetching').count()) === 0);
    assert.ok((await orrery.page.locator('canvas').count()) > 0, 'it draws');
  });
}

claim('a page of which nothing arrives says so within ten seconds', async ({ open }) => {
  const orrery = await open('#v=1&preset=spring&page=graph', {
    prepare: (context) => spoil(context, 'split_pages', { ...FAULTS['nothing of it ever arrives'], part: '.wasm' }),
  });
  await orrery.until('it says so', async () => /has not arrived/.test(await orrery.text('page-fetching')), TOLD_WITHIN_MS);
});

for (const what of ['its program is missing', 'the connection breaks off']) {
  claim(`when ${what}, a panel that is fetched for a file says so, and another try shows the file`, async ({ open }) => {
    const orrery = await open('#v=1&preset=real-pendulum', {
      tolerated: [/console error/i],
      prepare: (context) => spoil(context, 'split_panels', { ...FAULTS[what], part: '.wasm' }),
    });
    await orrery.find('file').setInputFiles({ name: 'swing.csv', mimeType: 'text/csv', buffer: Buffer.from(SWING) });
    await orrery.until('the failure is told', async () => (await orrery.find('part-not-fetched').count()) > 0, TOLD_WITHIN_MS);
    await orrery.page.context().unrouteAll({ behavior: 'ignoreErrors' });
    await orrery.press('part-again');
    await orrery.until('the file is shown', async () => (await orrery.find('preview').count()) > 0, TOLD_WITHIN_MS);
    assert.equal(await orrery.find('part-not-fetched').count(), 0, 'the sentence is gone');
  });
}

claim('a table that is pasted before the code of its page is there is read when that arrives', async ({ open }) => {
  const orrery = await open('#v=1&preset=pendulum&page=formula', {
    tolerated: [/console error/i],
    prepare: (context) => spoil(context, 'split_pages', { ...FAULTS['its program is missing'], part: '.wasm' }),
  });
  await orrery.until('the failure is told', async () => (await orrery.find('page-not-fetched').count()) > 0, TOLD_WITHIN_MS);
  await orrery.page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'L (m),T (s)\n0.2,0.9\n0.4,1.27\n0.6,1.55\n0.8,1.79\n1.0,2.01\n');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await orrery.page.context().unrouteAll({ behavior: 'ignoreErrors' });
  await orrery.press('page-again');
  await orrery.until('the search has its table', async () => /pasted text: 5 rows/.test(await orrery.textIfAny('source-note')), 20_000);
});

claim('a table whose reader does not arrive is kept, and read with another try', async ({ open }) => {
  const orrery = await open('#v=1&preset=pendulum&page=formula&formula=file', {
    tolerated: [/console error/i],
    prepare: (context) => spoil(context, 'reader', FAULTS['its program is missing']),
  });
  await orrery.find('table-file').setInputFiles({ name: 'kept.csv', mimeType: 'text/csv', buffer: Buffer.from('x,y\n1,2\n2,4\n3,6\n') });
  await orrery.until('the failure is told', async () => /kept\.csv.*404/.test((await orrery.remarks()).join()), TOLD_WITHIN_MS);
  await orrery.page.context().unrouteAll({ behavior: 'ignoreErrors' });
  await orrery.press('table-again');
  await orrery.until('it is read', async () => /kept\.csv: 3 rows/.test(await orrery.text('source-note')));
});

claim('a worker that arrives slowly is waited for, and the page says how much of it is here', async ({ open, server }) => {
  server.slow = (pathname) => (pathname.endsWith('symbolic-regression_bg.wasm') ? SLOWLY_S : 0);
  try {
    const page = PAGES['the page of formulas'];
    const orrery = await open(page.link);
    const pressed = performance.now();
    await orrery.press(page.begin);
    await orrery.until('some of it is here', async () => /\d MB/.test(await orrery.text('search-status')), 2 * TOLD_WITHIN_MS);
    await orrery.until('the work is done', page.done(orrery), 90_000);
    assert.ok(performance.now() - pressed > 1000 * SLOWLY_S * 0.9, 'it was slow');
    assert.equal(await orrery.find(page.failure).count(), 0);
  } finally {
    server.slow = undefined;
  }
});
