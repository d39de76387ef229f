import assert from 'node:assert/strict';
import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { printSchema } from 'graphql';
import { compose } from '../../src/gateway/compose.js';
import { KEPT, readKeptGraph } from '../../src/gateway/kept-graph.js';
import { subgraphs } from '../../subgraphs/index.js';
import { temporaryDirectory } from '../support/simulators.js';

const built = subgraphs.map((module) => module.build());

test('the graph that is kept is the one that composing makes', () => {
  const kept = readKeptGraph(built);
  const composed = compose(built);
  assert.ok(kept);
  assert.equal(printSchema(kept.apiSchema), printSchema(composed.apiSchema));
  assert.equal(kept.supergraphSdl.trimEnd(), composed.supergraphSdl.trimEnd());
  assert.deepEqual(new Set(kept.secretChecks), new Set(composed.secretChecks));
});

test('nothing is kept for other subgraphs, fewer of them, or another order', () => {
  const [first, ...others] = built;
  assert.ok(first);
  assert.equal(readKeptGraph(others), undefined);
  assert.equal(readKeptGraph([...others, first]), undefined);
  assert.equal(readKeptGraph([{ ...first, sdl: `${first.sdl}\nscalar New` }, ...others]), undefined);
});

test('files that were not written together are not taken', async (t) => {
  for (const name of [KEPT.supergraph, KEPT.api]) {
    const folder = await temporaryDirectory(t);
    for (const file of Object.values(KEPT)) cpSync(join('schema', file), join(folder, file));
    assert.ok(readKeptGraph(built, folder));
    appendFileSync(join(folder, name), '\nscalar New\n');
    assert.equal(readKeptGraph(built, folder), undefined);
  }
  assert.equal(readKeptGraph(built, await temporaryDirectory(t)), undefined);
});
