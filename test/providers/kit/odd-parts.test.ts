import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { logAnswersNotUnderstood } from '../../../src/cli/log-answers-not-understood.js';
import { isWhole, paged, readable } from '../../../src/providers/kit/odd-parts.js';
import { parseWire } from '../../../src/providers/kit/parse.js';
import { memoryLogger } from '../../support/memory-logger.js';

const source = { provider: 'acme', operation: 'list', kind: 'read' } as const;
const box = z.object({
  id: z.string(),
  date: z.iso.datetime().nullish(),
  owner: z.object({ name: z.string() }).nullish(),
  tags: z.array(z.string()).nullish(),
  note: z.string().min(1).optional(),
});
const list = z.object({ boxes: z.array(box) });

test('an odd part that may be missing is left out of the one thing it belongs to, and told once', () => {
  const logger = memoryLogger();
  logAnswersNotUnderstood(logger);
  const odd = {
    boxes: [
      { id: 'a', date: '2017-05-31 14:45:35 UTC' },
      { id: 'b', date: '', note: '' },
      { id: 'c', owner: { name: 5 } },
      { id: 'd', owner: 'nobody', date: {} },
      { id: 'e', date: '2026-03-01T10:00:00Z' },
    ],
  };
  const read = () => parseWire(list, odd, source);
  assert.deepEqual(read().boxes, [
    { id: 'a' },
    { id: 'b' },
    { id: 'c' },
    { id: 'd' },
    { id: 'e', date: '2026-03-01T10:00:00Z' },
  ]);
  assert.deepEqual(read(), read());
  assert.equal(odd.boxes[0]?.date, '2017-05-31 14:45:35 UTC');
  assert.equal(logger.lines.length, 1);
  assert.match(JSON.stringify(logger.lines[0]?.facts), /list: left out boxes\.\*\.date invalid_format/);
  assert.doesNotMatch(JSON.stringify(logger.lines), /2017|nobody/);
});

test('what must be there is never left out, and no list gets shorter', () => {
  const refused: unknown[] = [
    {},
    { boxes: null },
    { boxes: {} },
    { boxes: [{ id: 'a' }, { date: '' }] },
    { boxes: [{ id: 'a' }, null] },
    { boxes: [{ id: 'a', tags: ['x', 5] }] },
    { boxes: [{ id: 'a', tags: [] }, []] },
    { boxes: [{ id: 5 }] },
  ];
  for (const data of refused)
    assert.throws(() => parseWire(list, data, source), { code: 'PROVIDER_PROTOCOL' }, JSON.stringify(data));
});

test('of a list that is for reading only, the things that cannot be understood are left out, as long as another can', () => {
  const reading = z.object({ boxes: readable(box) });
  const odd = [{ id: 5 }, { id: 'a', date: '' }, null, { id: 'b', tags: ['x', 5] }, { id: 'c', tags: [] }];
  const { boxes } = parseWire(reading, { boxes: odd }, source);
  assert.deepEqual(boxes, [{ id: 'a' }, { id: 'c', tags: [] }]);
  assert.equal(isWhole(boxes), false);
  const none = parseWire(reading, { boxes: [] }, source).boxes;
  assert.deepEqual([none, isWhole(none)], [[], true]);
  assert.equal(isWhole(parseWire(reading, { boxes: [{ id: 'a', date: '' }] }, source).boxes), true);
  for (const data of [{}, { boxes: null }, { boxes: [{ id: 5 }, null] }])
    assert.throws(
      () => parseWire(reading, data, source),
      { code: 'PROVIDER_PROTOCOL' },
      JSON.stringify(data),
    );
});

test('a list in the place of something else is left out as anything odd is', () => {
  const { boxes } = parseWire(list, { boxes: [{ id: 'a', note: ['x'], date: [] }] }, source);
  assert.deepEqual(boxes, [{ id: 'a' }]);
});

test('in a page, what cannot be understood keeps its place', () => {
  const page = z.object({ boxes: paged(box) });
  const odd = [{ id: 'a' }, null, { id: 5, date: '' }, { id: 'b', date: '' }];
  const { boxes } = parseWire(page, { boxes: odd }, source);
  assert.deepEqual(boxes, [{ id: 'a' }, undefined, undefined, { id: 'b' }]);
});

test('a thing within a thing is left out alone, and where it must be there the outer one', () => {
  const inner = z.object({ id: z.string() });
  const outer = z.object({ id: z.string(), some: readable(inner).nullish(), all: z.array(inner).nullish() });
  const schema = z.object({ things: readable(outer) });
  const odd = [
    { id: 'a', some: [{ id: 'x' }, { id: 5 }, { id: 6 }] },
    { id: 'b', some: [{ id: 5 }] },
    { id: 'c', all: [{ id: 'x' }, { id: 5 }] },
    { id: 'd', all: [{ id: 'x' }], some: 'none' },
  ];
  assert.deepEqual(parseWire(schema, { things: odd }, source).things, [
    { id: 'a', some: [{ id: 'x' }] },
    { id: 'b' },
    { id: 'd', all: [{ id: 'x' }] },
  ]);
});

test('where there is one thing only it may stand in the place of the list, odd parts and all', () => {
  const several = z.preprocess((found) => (Array.isArray(found) ? found : [found]), readable(box));
  const schema = z.object({ boxes: several });
  assert.deepEqual(parseWire(schema, { boxes: { id: 'a', date: '' } }, source).boxes, [{ id: 'a' }]);
  assert.throws(() => parseWire(schema, { boxes: { id: 5 } }, source), { code: 'PROVIDER_PROTOCOL' });
});
