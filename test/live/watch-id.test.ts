import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../../src/live/canonical-json.js';
import { decodeCursor, encodeCursor } from '../../src/live/cursor.js';
import type { Json } from '../../src/live/ports.js';
import { watchId } from '../../src/live/watch-id.js';

const owner = { tenant: 'acme', subject: 'alice' };
const key = fc.jsonValue({ maxDepth: 3 }).map((value) => parse(JSON.stringify(value)));

test('The order in which the parts of a key are given does not make another watch.', () => {
  assert.equal(
    watchId('test.thing', owner, { a: 1, b: { c: 2, d: [1, 2] } }),
    watchId('test.thing', owner, { b: { d: [1, 2], c: 2 }, a: 1 }),
  );
  assert.notEqual(watchId('test.thing', owner, [1, 2]), watchId('test.thing', owner, [2, 1]));
});

test('Canonical text says the same as the value, and is the same for the same value.', () => {
  fc.assert(
    fc.property(key, (value) => {
      const text = canonicalJson(value);
      assert.deepEqual(JSON.parse(text), value);
      assert.equal(canonicalJson(parse(text)), text);
    }),
  );
});

test('A key may have any name, also one that means something to JavaScript.', () => {
  const odd = parse('{"b":1,"__proto__":{"z":1,"a":2},"1":0}');
  assert.equal(canonicalJson(odd), '{"1":0,"__proto__":{"a":2,"z":1},"b":1}');
});

test('An id holds no character that means something elsewhere, whatever the key.', () => {
  fc.assert(
    fc.property(key, fc.string(), fc.string(), (value, tenant, subject) => {
      assert.match(watchId('test.thing', { tenant, subject }, value), /^test\.thing~[A-Za-z0-9_-]{43}$/);
    }),
  );
});

test('A cursor leads back to its sequence, and to no other watch.', () => {
  fc.assert(
    fc.property(fc.nat(), fc.string(), (sequence, subject) => {
      const id = watchId('test.thing', owner, subject);
      const place = { life: 1_772_359_200_000, sequence };
      const cursor = encodeCursor(id, place);
      assert.deepEqual(decodeCursor(id, cursor), place);
      assert.match(cursor, /^[A-Za-z0-9_-]+$/);
      assert.throws(() => decodeCursor(watchId('test.other', owner, subject), cursor), {
        code: 'INVALID_INPUT',
      });
    }),
  );
});

function parse(text: string): Json {
  return JSON.parse(text) as Json;
}
