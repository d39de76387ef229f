import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoxPage } from '../../../src/providers/safebox/boxes.js';
import { Inboxes, MAX_HELD, PAGE_SIZE } from '../../../src/providers/safebox/inbox.js';
import { boxSummary } from '../../../src/providers/safebox/wire/box.js';
import { ManualClock } from '../../support/manual-clock.js';
import { SESSION } from './open.js';

const INTERVAL_MS = 15_000;

/** Lists of so many SafeBoxes, whoever asks. */
function openInboxes(size: number) {
  const clock = new ManualClock();
  const asked: string[] = [];
  const boxes = Array.from({ length: size }, (_, index) =>
    boxSummary.parse({ guid: String(index), status: 'in_progress' }),
  );
  const pageFrom = (start: number): BoxPage => ({
    count: size,
    boxes: boxes.slice(start, start + PAGE_SIZE),
    nextPageUrl: start + PAGE_SIZE < size ? String(start + PAGE_SIZE) : null,
  });
  const list = async ({ id }: { id: string }): Promise<BoxPage> => (asked.push(id), pageFrom(0));
  const nextPage = async ({ id }: { id: string }, url: string): Promise<BoxPage> => {
    asked.push(id);
    return pageFrom(Number(url));
  };
  const inboxes = new Inboxes({ client: { boxes: { list, nextPage }, pollIntervalMs: INTERVAL_MS }, clock });
  return { clock, asked, inboxes, read: (id: string) => inboxes.read({ ...SESSION, id }) };
}

test('however many sessions there are, only so many SafeBoxes are held, those read last', async () => {
  const { asked, inboxes, read } = openInboxes(1_000);
  for (let session = 0; session < 2_000; session++) {
    assert.equal((await read(String(session))).size, 1_000);
    assert.ok(inboxes.held <= MAX_HELD);
  }
  assert.equal(inboxes.held, MAX_HELD);
  asked.length = 0;
  await read('1999');
  assert.deepEqual(asked, [], 'still known');
  await read('0');
  assert.deepEqual(asked, ['0'], 'forgotten, so read again');
});

test('a list that is larger than all that may be held is held alone', async () => {
  const { inboxes, read } = openInboxes(10_000);
  for (const session of ['a', 'b', 'c', 'd', 'e', 'f']) await read(session);
  assert.equal(inboxes.held, MAX_HELD);
  inboxes.forget('f');
  assert.equal(inboxes.held, MAX_HELD - 10_000);
  inboxes.forget('f');
  assert.equal(inboxes.held, MAX_HELD - 10_000);
});

test('what nobody has asked for in ten minutes is forgotten', async () => {
  const { clock, inboxes, read } = openInboxes(100);
  for (const session of ['a', 'b', 'c']) await read(session);
  await clock.advance(9 * 60_000);
  await read('b');
  assert.equal(inboxes.held, 300);
  await clock.advance(60_000);
  await read('d');
  assert.equal(inboxes.held, 200);
});
