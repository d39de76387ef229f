import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Collector } from './conformance/collector.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';
import { OWNER } from './conformance/watches.js';
import { slowKind, SLOW_POLL_MS } from './one-clock.js';
import { eventually, redisProcess, startRedis } from './redis-world.js';
import { watchId } from '../../src/live/watch-id.js';

const program = fileURLToPath(new URL('./shifted-process.js', import.meta.url));
const HOUR_MS = 3_600_000;

const AHEAD = [
  ['two hours ahead', 2 * HOUR_MS],
  ['a day ahead', 24 * HOUR_MS],
] as const;
const BEHIND = ['two hours behind', -2 * HOUR_MS] as const;

for (const [shown, shiftMs] of AHEAD)
  test(`A poller whose clock is ${shown} ends nothing early, misdates nothing and keeps its intervals.`, async (t) => {
    const { server, process } = await world(t);
    const startedAt = process.clock.now();
    const watch = (key: string, forMs: number) =>
      process.live.watch({ kind: slowKind, owner: OWNER, key, deadlineAt: process.clock.now() + forMs });
    const open = new Collector(await process.live.subscribe((await watch('thing-1', HOUR_MS)).id));
    const { id, deadlineAt } = await watch('thing-2', 3 * SLOW_POLL_MS);
    const short = new Collector(await process.live.subscribe(id));
    const reads: number[] = [];
    shiftedProcess(t, server.url, 'poller', shiftMs).on('line', (line) => reads.push(Number(line)));

    await eventually('some polls', () => open.events.length >= 4);
    await eventually('the deadline', () => short.ended);
    const last = short.events.at(-1)?.event;
    assert.equal(last?.endReason, 'DEADLINE');
    assert.ok(last.observedAt >= (deadlineAt ?? Infinity));
    for (const { event } of [...open.events, ...short.events]) {
      assert.ok(event.observedAt >= startedAt - 1_000 && event.observedAt <= process.clock.now() + 1_000);
      assert.equal(event.terminal, event === last);
    }
    // Two things, each at its interval, less what a jitter and an early start may take of it.
    const spanMs = (reads.at(-1) ?? 0) - (reads[0] ?? 0);
    assert.ok(reads.length <= 4 + (2 * spanMs) / (SLOW_POLL_MS / 2), `${reads.length} reads in ${spanMs} ms`);
  });

test(`A poller whose clock is ${BEHIND[0]} polls in time what another process has put off.`, async (t) => {
  const { server, process } = await world(t);
  const first = { state: { status: 'open', count: 0 }, source: 'COMMAND' } as const;
  const deadlineAt = process.clock.now() + HOUR_MS;
  const { id } = await process.live.watch({
    kind: slowKind,
    owner: OWNER,
    key: 'thing-1',
    deadlineAt,
    first,
  });
  const reader = new Collector(await process.live.subscribe(id));
  shiftedProcess(t, server.url, 'poller', BEHIND[1]);
  await eventually('some polls', () => reader.events.length >= 4);
});

for (const [shown, shiftMs] of [...AHEAD, BEHIND])
  test(`What a subgraph whose clock is ${shown} has begun to watch is polled, and ends when it should.`, async (t) => {
    const { server, process, provider } = await world(t);
    const lines = shiftedProcess(t, server.url, 'subgraph', shiftMs);
    await once(lines, 'line');
    const id = watchId(slowKind.name, OWNER, 'thing-3');
    const made = (await process.store.read(id))?.spec;
    const offMs = Math.abs((made?.createdAt ?? 0) - process.clock.now());
    assert.ok(offMs < 60_000, `${offMs} ms`);
    await process.live.startPolling(['test']);
    const reader = new Collector(await process.live.subscribe(id));
    await eventually('the first state', () => reader.events.length === 1);
    provider.set('thing-3', 'busy');
    await eventually('the next', () => reader.events.length === 2);
    assert.deepEqual(reader.seen, ['1:open', '2:busy']);
  });

async function world(t: TestContext) {
  const server = await startRedis(t);
  const provider = new ScriptedProvider();
  const process = await redisProcess(t, server, provider, { kind: slowKind });
  return { server, provider, process };
}

function shiftedProcess(t: TestContext, url: string, role: string, shiftMs: number) {
  const child = spawn(process.execPath, [...process.execArgv, program, url, role], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TEST_SHIFT_MS: String(shiftMs) },
  });
  const exited = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return createInterface(child.stdout);
}
