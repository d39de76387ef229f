import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutatedSources } from './mutate.js';
import { MUTANTS } from './mutants.js';

test('every mutant can still be made of the product', () => {
  for (const mutant of MUTANTS) {
    const sources = Object.values(mutatedSources(mutant));
    assert.ok(sources.length > 0 && sources.every((text) => text.length > 0), mutant.name);
  }
});
