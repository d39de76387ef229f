import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProviderError } from '../../../src/provider-error.js';
import type { VipClient } from '../../../src/providers/vipidentity/client.js';
import { isFinalPush, openPush, pushWatch } from '../../../src/providers/vipidentity/push-watch.js';
import type { PushState } from '../../../src/providers/vipidentity/push-watch.js';
import { openVipClient } from './open.js';

const withStatus = (status: string): PushState => ({ ...openPush(5), status });
const CID = { userId: 'cid+pending@example.com' };
const PLAIN_PUSH = { displayParameters: [], requestParameters: [], authContext: [] };

test('a push that is not found after its end keeps its end, one that was open is not found', () => {
  for (const status of ['7000', '7002', '7004']) {
    assert.equal(pushWatch.merge(withStatus(status), withStatus('7005')).status, status);
    assert.equal(pushWatch.merge(withStatus(status), withStatus('7000')).status, status);
  }
  assert.equal(pushWatch.merge(withStatus('7001'), withStatus('7005')).status, '7005');
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
    ['7005', '7001', '7005'],
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
