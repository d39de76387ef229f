import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchEvent } from '../../src/live/ports.js';
import { ProviderError } from '../../src/provider-error.js';
import { Collector } from './conformance/collector.js';
import { liveWorld, type LiveWorld } from './live-world.js';

for (const [state, first] of [
  ['known', { status: 'open', count: 4 }],
  ['unknown', undefined],
] as const)
  test(`A deadline that passes while the provider is down ends nothing until it answers (state ${state}).`, async (t) => {
    const world = liveWorld(t, { kind: { atDeadline: (last) => ({ ...last, status: 'expired' }) } });
    const { clock, provider } = world;
    const { id } = await world.watch('thing-1', { deadlineInMs: 60_000, ...(first ? { first } : {}) });
    const readers = [1, 2].map(async () => new Collector(await world.live.subscribe(id)));
    provider.answer = () => Promise.reject(new ProviderError('PROVIDER_UNAVAILABLE'));
    await world.live.startPolling(['test']);
    await clock.advance(60_000);
    const reads = provider.reads.length;
    await clock.advance(600_000);
    assert.notEqual((await latestOf(world, id))?.terminal, true);
    assert.ok(provider.reads.length - reads <= 90, 'and is asked as rarely as before');
    provider.answer = undefined;
    provider.set('thing-1', 'busy', 5);
    await clock.advance(31_000);
    const latest = await latestOf(world, id);
    assert.deepEqual([latest?.endReason, latest?.state], ['DEADLINE', { status: 'expired', count: 5 }]);
    for (const reader of readers) assert.equal((await reader).ended, true);
  });

for (const [code, longest] of [
  ['PROVIDER_UNAVAILABLE', 10_000],
  ['PROVIDER_TIMEOUT', 10_000],
  ['PROVIDER_REJECTED', 30_000],
] as const)
  test(`A failing provider is asked more and more rarely, and the watch is never forgotten (${code}).`, async (t) => {
    const world = liveWorld(t, { live: () => ({ random: () => 0.999999 }) });
    const { clock, provider } = world;
    const times = readTimes(provider, clock);
    provider.answer = () => Promise.reject(new ProviderError(code));
    const { id } = await world.watch('thing-1');
    await world.live.startPolling(['test']);
    await clock.advance(120_000);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    const expected = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    assert.deepEqual(
      waits.slice(0, expected.length),
      expected.map((wait) => Math.min(wait, longest)),
    );
    provider.answer = undefined;
    await clock.advance(longest);
    assert.equal((await latestOf(world, id))?.sequence, 1);
    const reads = times.length;
    provider.answer = () => Promise.reject(new ProviderError(code));
    await clock.advance(60 + 1_000);
    assert.equal(times.length, reads + 2, 'the waits begin short again');
    const logged = world.logger.lines.map(({ facts }) => facts['attempt']);
    if (code === 'PROVIDER_REJECTED') assert.deepEqual(logged.slice(0, 4), [1, 2, 4, 8]);
  });

test('When a provider is back, all that waited for it are polled soon, spread.', async (t) => {
  let dice = 0;
  const world = liveWorld(t, {
    kind: { pollDelayMs: () => 600_000 },
    live: () => ({ random: () => (dice += 0.137) % 1 }),
  });
  const { clock, provider } = world;
  provider.answer = () => Promise.reject(new ProviderError('PROVIDER_UNAVAILABLE'));
  for (let n = 0; n < 400; n++) await world.watch(`thing-${n}`);
  await world.live.startPolling(['test']);
  await clock.advance(60_000);
  provider.answer = undefined;
  const before = provider.reads.length;
  while (provider.reads.length === before) await clock.advance(1);
  const back = clock.now();
  const times = readTimes(provider, clock);
  await clock.advance(2_100);
  assert.equal(new Set(provider.reads.slice(before).flat()).size, 400);
  assert.equal(provider.reads.length - before, 400, 'each once');
  for (let at = 0; at < 2_000; at += 500) {
    const inTime = times.filter((time) => time - back >= at && time - back < at + 500).length;
    assert.ok(inTime > 50 && inTime < 200, `${inTime} from ${at} ms on`);
  }
});

test('One thing that cannot be read hurries nothing and is not hurried by the others.', async (t) => {
  const world = liveWorld(t, { kind: { pollDelayMs: () => 1_000 } });
  provider(world);
  await world.watch('bad');
  await world.watch('good');
  await world.live.startPolling(['test']);
  await world.clock.advance(120_000);
  const reads = world.provider.reads.filter(([key]) => key === 'bad').length;
  assert.ok(reads <= 20, `${reads} reads`);

  function provider({ provider }: LiveWorld): void {
    provider.answer = ([key = '']) =>
      key === 'bad'
        ? Promise.reject(new ProviderError('PROVIDER_TIMEOUT'))
        : Promise.resolve([{ state: provider.thing(key) }]);
  }
});

test('The waits after failures are spread over half of their length.', async (t) => {
  const world = liveWorld(t, { live: () => ({ random: () => 0 }) });
  const times = readTimes(world.provider, world.clock);
  world.provider.answer = () => Promise.reject(new ProviderError('PROVIDER_UNAVAILABLE'));
  await world.watch('thing-1');
  await world.live.startPolling(['test']);
  await world.clock.advance(1_500);
  assert.deepEqual(
    times.map((time) => time - (times[0] ?? 0)),
    [0, 500, 1_500],
  );
});

test('A provider that asks for patience is not asked earlier, but at the deadline all the same.', async (t) => {
  const world = liveWorld(t);
  const { clock, provider } = world;
  const times = readTimes(provider, clock);
  provider.answer = () => Promise.reject(new ProviderError('RATE_LIMITED', { retryAfterMs: 120_000 }));
  await world.watch('patient');
  await world.watch('due', { deadlineInMs: 5_000 });
  await world.live.startPolling(['test']);
  await clock.advance(120_000);
  assert.deepEqual(
    times.map((time) => time - (times[0] ?? 0)),
    [0, 0, 5_000],
  );
  await clock.advance(24_000);
  assert.equal(times.length, 5);
});

test('A failed poll is logged with its code and without what the provider said.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1');
  world.provider.answer = () =>
    Promise.reject(
      new ProviderError('PROVIDER_REJECTED', { providerCode: '42', cause: new Error('secret') }),
    );
  await world.live.startPolling(['test']);
  await world.clock.advance(10);
  assert.deepEqual(world.logger.lines, [
    {
      level: 'warn',
      message: 'a poll failed',
      facts: {
        watch: id,
        kind: 'test.thing',
        provider: 'test',
        attempt: 1,
        code: 'PROVIDER_REJECTED',
        providerCode: '42',
      },
    },
  ]);
});

for (const [end, kind] of [
  ['CREDENTIAL_EXPIRED', {}],
  ['NOT_FOUND', { notFoundPatienceMs: 0 }],
] as const)
  test(`A provider that says ${end} for good ends the watch with its last state.`, async (t) => {
    const world = liveWorld(t, { kind });
    const { id } = await world.watch('thing-1', { first: { status: 'open', count: 3 } });
    world.provider.answer = async () => [{ end }];
    await world.live.startPolling(['test']);
    await world.clock.advance(600_000);
    const latest = await latestOf(world, id);
    assert.deepEqual(
      [latest?.sequence, latest?.terminal, latest?.endReason, latest?.state],
      [2, true, end, { status: 'open', count: 3 }],
    );
    assert.equal(world.provider.reads.length, 1);
  });

test('A thing that was never seen and is not found is not waited for.', async (t) => {
  const world = liveWorld(t);
  const { id } = await world.watch('thing-1');
  world.provider.answer = async () => [{ end: 'NOT_FOUND' }];
  await world.live.startPolling(['test']);
  await world.clock.advance(10);
  assert.equal((await latestOf(world, id))?.endReason, 'NOT_FOUND');
});

test('A thing seen before must be missing for a minute, also over its deadline, before its watch ends.', async (t) => {
  for (const deadlineInMs of [undefined, 30_000]) {
    const world = liveWorld(t, { kind: { pollDelayMs: () => 7_000 } });
    const first = { status: 'open', count: 3 };
    const { id } = await world.watch('thing-1', { first, ...(deadlineInMs ? { deadlineInMs } : {}) });
    const readers = [1, 2].map(async () => new Collector(await world.live.subscribe(id)));
    world.provider.answer = async () => [{ end: 'NOT_FOUND' }];
    await world.live.startPolling(['test']);
    await world.clock.advance(66_000);
    assert.equal((await latestOf(world, id))?.sequence, 1);
    assert.ok(world.provider.reads.length <= 10);
    await world.clock.advance(8_000);
    assert.deepEqual((await latestOf(world, id))?.endReason, 'NOT_FOUND');
    for (const reader of readers) assert.deepEqual((await reader).seen, ['1:open', '2:open']);
  }
});

function readTimes(provider: LiveWorld['provider'], clock: LiveWorld['clock']): number[] {
  const times: number[] = [];
  const read = provider.read.bind(provider);
  provider.read = (keys) => {
    times.push(clock.now());
    return read(keys);
  };
  return times;
}

async function latestOf({ store }: LiveWorld, id: string): Promise<WatchEvent | undefined> {
  return (await store.read(id))?.latest;
}

test('What all watches of a provider suffer from is told once, ever more rarely with how often, and once when it is over.', async (t) => {
  const world = liveWorld(t, { kind: { pollDelayMs: () => 1_000 } });
  const { clock, provider, logger } = world;
  const count = async (): Promise<number> => {
    await clock.advance(0);
    return provider.reads.length;
  };
  provider.answer = () => Promise.reject(new ProviderError('PROVIDER_UNAVAILABLE'));
  for (let n = 0; n < 30; n++) await world.watch(`thing-${n}`);
  await world.live.startPolling(['test']);
  await clock.advance(2_700_000);
  const failed = logger.lines.filter(({ level }) => level !== 'info');
  assert.deepEqual(
    [...new Set(failed.map(({ message }) => message))],
    ['polls fail: the provider cannot be asked'],
  );
  assert.equal(failed.length, 5);
  const counts = failed.map(({ facts }) => Number(facts['count']));
  assert.equal(counts[0], 1);
  assert.ok(
    (counts[4] ?? 0) > (counts[1] ?? 0) && counts.reduce((sum, one) => sum + one, 0) <= (await count()),
  );
  provider.answer = undefined;
  await clock.advance(20_000);
  assert.deepEqual(
    logger.lines.slice(failed.length).map(({ level, message }) => [level, message]),
    [['info', 'polls go on: the provider can be asked again']],
  );
});
