// The configurations of deploy/ do what docs/deploy.md promises: with the real nginx and the real Caddy, below a path, a release
// starts and trains under their headers, files of a build may be kept for ever, documents may not, and what is missing is a 404.
//
// A server that is not installed is skipped, and the test says so (Debian: apt-get install nginx-light caddy).

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { launch } from './support/chromium.mjs';
import { Orrery } from './support/orrery.mjs';
import { release } from './support/releases.mjs';
import { complaintsAbout } from './support/watcher.mjs';

const config = (name) => readFileSync(fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url)), 'utf8');
const UP_WITHIN_MS = 10_000;
const SPRING = '#v=1&preset=spring&device=cpu&hidden=8&steps=40';

let browser;
before(async () => {
  browser = await launch(chromium);
});
after(() => browser?.close());

/** How each server is started: with the project's own configuration, but for folder, port and what a test may not write to. */
const SERVERS = {
  nginx(folder, port) {
    const own = config('nginx.conf').replaceAll('/srv/www', folder);
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
       events {}
       http {
         include /etc/nginx/mime.types;
         access_log off;
         client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3; uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
         server { listen 127.0.0.1:${port}; ${own} }
       }`,
    );
    return ['nginx', ['-p', folder, '-e', `${folder}/error.log`, '-c', join(folder, 'nginx.conf')]];
  },
  caddy(folder, port) {
    const own = config('Caddyfile').replaceAll('/srv/www', folder).replace('orrery.example', `http://127.0.0.1:${port}`);
    writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${own}`);
    return ['caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']];
  },
};

for (const [name, command] of Object.entries(SERVERS)) {
  test(`${name} serves a release below a path`, { timeout: 120_000, skip: installed(name) ? false : `${name} is not installed` }, async (t) => {
    const built = release(name);
    const folder = mkdtempSync(join(tmpdir(), `orrery-${name}-`));
    mkdirSync(join(folder, 'orrery'));
    cpSync(built.folder, join(folder, 'orrery'), { recursive: true });
    // The server may run as somebody else.
    execFileSync('chmod', ['-R', 'a+rX', folder]);
    const port = await freePort();
    const [program, args] = command(folder, port);
    const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder } });
    let said = '';
    server.stderr.on('data', (text) => (said += text));
    t.after(async () => {
      server.kill();
      await new Promise((ended) => (server.exitCode === null ? server.once('exit', ended) : ended()));
      [folder, built.folder].forEach((path) => rmSync(path, { recursive: true, force: true }));
    });
    const root = `http://127.0.0.1:${port}/orrery/`;
    await up(root, () => said);

    const document = await fetch(root);
    assert.equal(document.status, 200);
    assert.match(document.headers.get('content-type'), /text\/html/);
    assert.equal(document.headers.get('cache-control'), 'no-cache');
    assert.match(document.headers.get('content-security-policy'), /frame-ancestors 'self'/);
    assert.equal(document.headers.get('x-content-type-options'), 'nosniff');
    assert.equal((await fetch(`${root}service-worker.js`)).headers.get('cache-control'), 'no-cache');
    const program_ = await fetch(`${root}b/${built.id}/page_bg.wasm`);
    assert.equal(program_.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(program_.headers.get('content-type'), 'application/wasm');
    assert.match(program_.headers.get('content-encoding'), /gzip|zstd|br/, 'it is sent compressed');
    assert.match(program_.headers.get('content-security-policy'), /default-src 'none'/, 'workers have the policy too');
    const missing = await fetch(`${root}b/000000000000/page.js`);
    assert.equal(missing.status, 404, 'a missing file is not answered with a document');
    assert.doesNotMatch(missing.headers.get('cache-control') ?? '', /immutable/, 'nor remembered');

    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    t.after(() => context.close());
    const complaints = await complaintsAbout(context, `http://127.0.0.1:${port}`);
    const page = await context.newPage();
    await page.goto(root + SPRING);
    const orrery = new Orrery(page);
    await orrery.find('train').waitFor();
    await orrery.train();
    await orrery.until('it is kept for use without a network', () => page.evaluate(() => navigator.serviceWorker.controller !== null), 60_000);
    assert.deepEqual(complaints, []);
  });
}

/** The sources of each directive of a policy. */
const directives = (policy) => new Map(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...sources]) => [name, sources]));

test('policies that are sent allow what the documents allow themselves', () => {
  const read = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
  const sent = ['deploy/nginx.conf', 'deploy/Caddyfile', 'deploy/_headers', 'docs/deploy.md'].flatMap((path) => {
    const policies = [...read(path).matchAll(/Content-Security-Policy:? *"?(default-src[^"]*?)(?:"|\n *X-Content|\n$|$)/g)].map(([, policy]) => policy.trim());
    assert.ok(policies.length, `${path} has a policy`);
    return policies.map((policy) => [path, directives(policy)]);
  });
  for (const document of ['index', 'lesson', 'teacher', 'hand-in', 'slides']) {
    const [, own] = read(`www/${document}.html`).match(/http-equiv="Content-Security-Policy" content="([^"]+)"/);
    for (const [path, policy] of sent) {
      for (const [name, sources] of directives(own)) {
        const allowed = policy.get(name) ?? policy.get('default-src');
        for (const source of sources) {
          assert.ok(source === "'none'" || allowed.includes(source), `${path} forbids ${document}.html: ${name} ${source}`);
        }
      }
    }
  }
});

function installed(name) {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
    return true;
  } catch {
    return false;
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function up(address, said) {
  const deadline = Date.now() + UP_WITHIN_MS;
  while (!(await fetch(address).then(({ ok }) => ok, () => false))) {
    if (Date.now() > deadline) throw new Error(`the server does not answer: ${said()}`);
    await sleep(100);
  }
}
