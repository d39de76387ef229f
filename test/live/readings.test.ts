import assert from 'node:assert/strict';
import { before, after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../src/clock.js';
import { systemClock } from '../../src/clock.js';
import { MemoryReadings } from '../../src/live/embedded/memory-readings.js';
import type { ReadingStore } from '../../src/live/ports.js';
import { RedisReadings } from '../../src/live/redis/redis-readings.js';
import { connectRedis } from '../../src/redis/connect.js';
import type { RedisConnections } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';

interface Adapter {
  readonly name: string;
  readonly clock: Clock;
  /** As one process has them, over what all of this adapter share. */
  open(): ReadingStore;
  advance(ms: number): Promise<void>;
}

let server: RedisServer;
let connections: RedisConnections;
before(async () => {
  server = await RedisServer.start();
  connections = await connectRedis({ urls: [server.url], clock: systemClock, logger: memoryLogger() });
});
after(async () => {
  connections.close();
  await server.stop();
});

const clock = new ManualClock();
const memory = new MemoryReadings(clock);
const adapters: readonly Adapter[] = [
  { name: 'memory', clock, open: () => memory, advance: (ms) => clock.advance(ms) },
  {
    name: 'redis',
    clock: systemClock,
    open: () => new RedisReadings(connections.commands, new Keys()),
    advance: (ms) => pause(ms),
  },
];

const HOUR_MS = 3_600_000;
const isHeld = (taken: object): boolean => 'heldForMs' in taken;

async function fenceOf(
  readings: ReadingStore,
  name: string,
  fresh = false,
  forMs = HOUR_MS,
): Promise<number> {
  const taken = await readings.take(name, forMs, fresh);
  assert('fence' in taken, JSON.stringify(taken));
  return taken.fence;
}

for (const { name, clock: time, open, advance } of adapters) {
  test(`${name}: one has the turn; what it read is everybody's until the next read is due.`, async () => {
    const [one, other] = [open(), open()];
    const fence = await fenceOf(one, 'a');
    assert(isHeld(await other.take('a', HOUR_MS, false)));
    assert('fence' in (await other.take('b', HOUR_MS, false)));
    const reading = { text: 'read', dueAt: time.now() + HOUR_MS };
    await one.put('a', fence, reading);
    assert.deepEqual(await other.take('a', HOUR_MS, false), reading);
    const fresh = await fenceOf(other, 'a', true);
    assert.deepEqual(await one.take('a', HOUR_MS, false), reading);
    await other.put('a', fresh, { text: 'over', dueAt: time.now() });
    await fenceOf(one, 'a');
  });

  test(`${name}: what was read, or began to be read, before it was forgotten is not answered.`, async () => {
    const [one, other] = [open(), open()];
    const reading = { text: 'before', dueAt: time.now() + HOUR_MS };
    await other.forget('c');
    await one.put('c', await fenceOf(one, 'c'), reading);
    await other.forget('c');
    const fence = await fenceOf(one, 'c');
    await other.forget('c');
    await one.put('c', fence, reading);
    const later = await fenceOf(other, 'c');
    await other.put('c', later, { ...reading, text: 'after' });
    assert.deepEqual(await one.take('c', HOUR_MS, false), { ...reading, text: 'after' });
  });

  test(`${name}: a turn that was given back or not kept is another's, and what is read in it then is not kept.`, async () => {
    const [one, other] = [open(), open()];
    const reading = { text: 'late', dueAt: time.now() + HOUR_MS };
    await one.endTurn('d', await fenceOf(one, 'd'));
    const fence = await fenceOf(one, 'd', false, 1);
    await advance(5);
    const next = await fenceOf(other, 'd');
    await one.put('d', fence, reading);
    await one.endTurn('d', fence);
    await one.keepTurn('d', fence, 1);
    assert(isHeld(await one.take('d', HOUR_MS, false)));
    await other.keepTurn('d', next, 2 * HOUR_MS);
    const held = await one.take('d', HOUR_MS, false);
    assert('heldForMs' in held && held.heldForMs > HOUR_MS);
  });
}
