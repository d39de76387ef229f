import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewed, shortAnswer } from '../../scripts/coverage/answers-file.js';

const recorded = { 'a/one': { one: { id: '1', list: [{ at: 'then' }], none: null } } };

test('what was recorded stays as long as the answer has the same fields', () => {
  for (const one of [
    { id: '2', list: [{ at: 'now' }], none: null },
    { id: '2', list: [], none: { now: 'there' } },
  ])
    assert.deepEqual(renewed(recorded, { 'a/one': { one } }), { answers: recorded, outdated: [] });
});

test('another field, a new example and one that is gone are told and recorded anew', () => {
  const live = { 'a/one': { one: { id: '1', list: [{ when: 'now' }], none: null } }, 'a/two': { two: 2 } };
  assert.deepEqual(renewed(recorded, live), { answers: live, outdated: ['a/one', 'a/two'] });
  assert.deepEqual(renewed(recorded, {}), { answers: {}, outdated: ['a/one'] });
});

test('an answer is shown with one of each list and the beginning of long texts', () => {
  assert.deepEqual(shortAnswer({ list: [{ text: 'x'.repeat(100) }, { text: 'y' }], count: 2 }), {
    list: [{ text: `${'x'.repeat(24)} ...` }],
    count: 2,
  });
});
