import assert from 'node:assert/strict';
import { it } from 'node:test';
import { subgraphs } from '../../subgraphs/index.js';
import { subgraphSettings } from '../../subgraphs/settings.js';

it('the settings that are read before the subgraphs are loaded are those of the subgraphs', () => {
  assert.deepEqual(
    subgraphSettings.map(({ name }) => name),
    subgraphs.map(({ name }) => name),
  );
  for (const [index, { settings }] of subgraphs.entries())
    assert.equal(subgraphSettings[index]?.shape, settings);
});
