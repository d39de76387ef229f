import assert from 'node:assert/strict';
import { it } from 'node:test';
import { providers } from '../../src/providers/index.js';
import { subgraphs } from '../../subgraphs/index.js';

it('every provider has its subgraph, with the settings that are read before the subgraphs are loaded', () => {
  assert.deepEqual(
    subgraphs.map(({ name, settings }) => ({ name, settings })),
    providers.map(({ name, settings }) => ({ name, settings })),
  );
});
