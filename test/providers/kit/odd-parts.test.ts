import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { logAnswersNotUnderstood } from '../../../src/cli/log-answers-not-understood.js';
import { forReading } from '../../../src/providers/kit/odd-parts.js';
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
  const reading = forReading(list, 'boxes');
  const odd = [{ id: 5 }, { id: 'a', date: '' }, null, { id: 'b', tags: ['x', 5] }, { id: 'c', tags: [] }];
  assert.deepEqual(parseWire(reading, { boxes: odd }, source).boxes, [{ id: 'a' }, { id: 'c', tags: [] }]);
  assert.deepEqual(parseWire(reading, { boxes: [] }, source).boxes, []);
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
