import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openEmbedded } from '../../../src/live/embedded/open-embedded.js';
import { createLive } from '../../../src/live/engine.js';
import { ProviderError } from '../../../src/provider-error.js';
import type { VipClient } from '../../../src/providers/vipidentity/client.js';
import { isFinalPush, openPush, pushWatch } from '../../../src/providers/vipidentity/push-watch.js';
import type { PushState } from '../../../src/providers/vipidentity/push-watch.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';
import { openVipClient } from './open.js';

const withStatus = (status: string): PushState => ({ ...openPush(5), status });
const CID = { userId: 'cid+pending@example.com' };
const PLAIN_PUSH = { displayParameters: [], requestParameters: [], authContext: [] };

test('what is said after the end of a push changes nothing; after it was lost, everything', () => {
  for (const status of ['7000', '7002', '7004'])
    for (const later of ['7000', '7001', '7002'])
      assert.equal(pushWatch.merge(withStatus(status), withStatus(later)).status, status);
  for (const later of ['7000', '7001', '7002'])
    assert.equal(pushWatch.merge(withStatus('7005'), withStatus(later)).status, later);
});

/** A push that is open, watched by an engine whose provider says what `said` holds, the last of it for ever. */
async function watched(t: TestContext) {
  const clock = new ManualClock();
  const logger = memoryLogger();
  const embedded = openEmbedded({ path: ':memory:', clock, logger });
  const live = createLive({ ...embedded, clock, logger, random: () => 0.5 });
  t.after(async () => {
    await live.close();
    await embedded.close();
  });
  const said: string[] = ['7001'];
  const client: Pick<VipClient, 'pollPushes'> = {
    pollPushes: async ([id = '']) => {
      const status = (said.length > 1 ? said.shift() : said[0]) ?? '7001';
      return new Map([[id, { transactionId: id, ...withStatus(status) }]]);
    },
  };
  live.register(pushWatch, client as VipClient);
  const { id } = await live.watch({
    kind: pushWatch,
    owner: { tenant: 'acme', subject: 'anna' },
    key: { transactionId: 'abcd', onBehalfOfAccountId: null },
    deadlineAt: clock.now() + 600_000,
    first: { state: openPush(), source: 'COMMAND' },
  });
  await live.startPolling(['vipidentity']);
  const after = async (ms: number) => {
    for (let left = ms; left > 0; left -= 500) await clock.advance(500);
    return live.current<PushState>(id);
  };
  const refresh = async () => {
    const refreshing = live.refresh<PushState>(id);
    await clock.advance(500);
    return refreshing;
  };
  return { said, after, refresh };
}

test('one "not found" of a push ends nothing, and the answer that comes after it counts', async (t) => {
  for (const end of ['7000', '7002', '7004', '7006']) {
    const { said, after } = await watched(t);
    said.push('7005', '7005', '7001', '7005', end, '7005');
    const latest = await after(60_000);
    assert.deepEqual([latest?.state.status, latest?.endReason], [end, 'FINISHED']);
  }
});

test('a push that is not found for a minute is lost, and an answer that finds it again counts', async (t) => {
  const { said, after, refresh } = await watched(t);
  said.splice(0, 1, '7005');
  assert.equal((await after(55_000))?.terminal, false);
  const lost = await after(15_000);
  assert.deepEqual([lost?.terminal, lost?.endReason, lost?.state.status], [true, 'NOT_FOUND', '7005']);
  assert.deepEqual(lost?.changes, [{ from: '7001', to: '7005' }]);
  assert.equal((await refresh())?.endReason, 'NOT_FOUND');
  said.splice(0, 1, '7000');
  const found = await refresh();
  assert.deepEqual([found?.terminal, found?.endReason, found?.state.status], [true, 'FINISHED', '7000']);
});

test('an unknown state is neither final nor forgotten, and the interval that was asked for stays', () => {
  const merged = pushWatch.merge(withStatus('7001'), { ...openPush(), status: '70FF' });
  assert.deepEqual([merged.status, merged.pollSeconds, isFinalPush(merged)], ['70FF', 5, false]);
  assert.equal(pushWatch.pollDelayMs(merged, 0), 5_000);
  assert.deepEqual(pushWatch.describe(withStatus('7001'), merged), [{ from: '7001', to: '70FF' }]);
});

test('a push whose time is over without a word of the provider is told to be expired', () => {
  const open = withStatus('7001');
  const over = pushWatch.atDeadline?.(open) ?? open;
  assert.deepEqual(pushWatch.describe(open, over), [{ from: '7001', to: '7004' }]);
});

test('pushes of several accounts are read in their order, with one call per account', async (t) => {
  const { client, simulator } = await openVipClient(t);
  const { transactionId } = await client.pushUser({ ...CID, ...PLAIN_PUSH });
  const keys = [
    { transactionId: 'abcd', onBehalfOfAccountId: '1234567890' },
    { transactionId, onBehalfOfAccountId: null },
    { transactionId: 'efgh', onBehalfOfAccountId: '1234567890' },
  ];
  simulator.control.resetCalls();
  const readings = await pushWatch.read(client, keys);
  assert.deepEqual(
    readings.map((reading) => ('state' in reading ? reading.state.status : reading.end)),
    ['NOT_FOUND', '7001', 'NOT_FOUND'],
  );
  assert.deepEqual(simulator.control.calls(), { pollPushStatus: 2 });
});

test('the failure of one account costs the others nothing, the failure of all is one', async () => {
  const away = new ProviderError('PROVIDER_UNAVAILABLE');
  const polls = (failing: ReadonlySet<string | null>): VipClient['pollPushes'] => {
    return async (ids, { onBehalfOfAccountId = null } = {}) => {
      if (failing.has(onBehalfOfAccountId)) throw away;
      return new Map(ids.map((id) => [id, { transactionId: id, ...withStatus('7000') }]));
    };
  };
  const keys = [
    { transactionId: 'abcd', onBehalfOfAccountId: '1234567890' },
    { transactionId: 'efgh', onBehalfOfAccountId: null },
  ];
  const read = (failing: (string | null)[]) => {
    const client: Pick<VipClient, 'pollPushes'> = { pollPushes: polls(new Set(failing)) };
    return pushWatch.read(client as VipClient, keys);
  };
  assert.deepEqual(
    (await read(['1234567890'])).map((reading) => 'state' in reading && reading.state.status),
    ['7001', '7000'],
  );
  await assert.rejects(read([null, '1234567890']), away);
});

test('an answer that leaves a push out, or spoils it, says nothing of that push and all of the others', async () => {
  const client: Pick<VipClient, 'pollPushes'> = {
    pollPushes: async () => new Map([['abcd', { transactionId: 'abcd', ...withStatus('7000') }]]),
  };
  const keys = ['abcd', 'efgh'].map((transactionId) => ({ transactionId, onBehalfOfAccountId: null }));
  const readings = await pushWatch.read(client as VipClient, keys);
  assert.deepEqual(
    readings.map((reading) => 'state' in reading && reading.state.status),
    ['7000', '7001'],
  );
});
