import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformanceCases, runCase } from './conformance.js';
import { naive } from './naive-adapter.js';

const broken = conformanceCases.filter(({ naiveBreaks }) => naiveBreaks);
const sound = conformanceCases.filter(({ promise }) => promise.startsWith('A bus goes on waking'));

for (const conformanceCase of broken)
  test(`The naive control is seen to break: ${conformanceCase.promise}`, async () => {
    await assert.rejects(runCase(naive, conformanceCase), assert.AssertionError);
  });

for (const conformanceCase of sound)
  test(`The naive control is sound where only one thing happens at a time: ${conformanceCase.promise}`, () =>
    runCase(naive, conformanceCase));
