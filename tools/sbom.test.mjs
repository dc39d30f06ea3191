// Claims about the list of packages in a release.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bill, programs } from './sbom.mjs';

test('every program that the workspace can build for a browser is in the list', () => {
  const read = (path) => readFileSync(new URL(`../${path}/Cargo.toml`, import.meta.url), 'utf8');
  const binaries = ['.', 'crates/worker'].flatMap((path) => [...read(path).matchAll(/^\[\[bin\]\]\nname = "(.*)"$/gm)].map(([, name]) => name));
  assert.ok(binaries.length > 5);
  assert.deepEqual(programs().map(({ program }) => program).sort(), binaries.sort());
});

test('packages have a version, a licence and, where they come from a registry, a checksum', () => {
  const { components } = bill();
  const own = components.filter(({ name }) => /^orrery/.test(name));
  assert.ok(own.length > 5 && components.length > own.length + 20);
  for (const component of components) {
    const { name, version, licenses, hashes, properties } = component;
    assert.match(version, /^\d+\.\d+\.\d+/, name);
    assert.ok(licenses?.[0].expression, `${name} has no licence`);
    assert.ok(properties.length > 0, `${name} is in no program`);
    if (!own.includes(component)) assert.match(hashes[0].content, /^[0-9a-f]{64}$/, name);
  }
});

test('a package is listed under the programs that link it, and no others', () => {
  const { components } = bill();
  const holders = (name) => new Set(components.filter((component) => component.name === name).flatMap(({ properties }) => properties.map(({ value }) => value)));
  assert.deepEqual([...holders('yew')].sort(), ['page', 'teacher']);
  assert.ok(holders('wasm-bindgen').has('tracker'));
  assert.ok(holders('orrery-models').has('trainer-cpu') && !holders('plotters-canvas').has('trainer-cpu'));
});
