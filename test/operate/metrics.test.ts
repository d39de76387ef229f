import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { messaging2faSimulator } from '../../src/simulators/messaging2fa/simulator.js';
import { followOverWebSocket } from '../support/follow.js';
import { RedisServer } from '../support/redis-server.js';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { startSimulator, temporaryDirectory } from '../support/simulators.js';
import { createTokenIssuer } from '../support/token-issuer.js';
import { sampled } from './samples.js';

const SEND = `mutation {
  sendTwoFactorMessage(input: { recipients: ["bela@example.test"] }) { twoFactorMessage { id messageId } }
}`;
const CHANGED = 'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { sequence isTerminal } }';

const TOO_COSTLY = `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: twoFactorMessages { edges { cursor } }`).join(' ')} }`;

/** What each role shows once something has happened: the beginning of a line each. */
const SHOWN = {
  gateway: [
    'sealgraph_operations_total{field="sendTwoFactorMessage",type="mutation",transport="http",code="OK"} 1',
    'sealgraph_operations_total{field="other",type="query",transport="http",code="GRAPHQL_VALIDATION_FAILED"} 1',
    'sealgraph_operations_total{field="twoFactorMessageChanged",type="subscription",transport="websocket",code="OK"} 1',
    'sealgraph_operation_duration_seconds_count{field="sendTwoFactorMessage",type="mutation",transport="http"} 1',
    'sealgraph_refusals_total{code="UNAUTHENTICATED"} 1',
    'sealgraph_events_waiting{place="operation"} 0',
    'sealgraph_operations_total{field="twoFactorMessages",type="query",transport="http",code="LIMIT_EXCEEDED"} 1',
    'sealgraph_gateway_subscribers 0',
    'sealgraph_build_info{',
    'process_cpu_seconds_total ',
  ],
  subgraph: [
    'sealgraph_provider_calls_total{provider="messaging2fa",operation="',
    'sealgraph_provider_call_duration_seconds_count{provider="messaging2fa"',
    'sealgraph_provider_breaker{provider="messaging2fa',
    'sealgraph_provider_calls_in_flight{provider="messaging2fa"}',
    'sealgraph_provider_calls_waiting{provider="messaging2fa"}',
    'sealgraph_certificate_expiry_timestamp_seconds{name="MESSAGING2FA_CERT_FILE"}',
    'sealgraph_store_duration_seconds_count{port="records",operation="insert"}',
    'sealgraph_store_duration_seconds_count{port="watches",operation="ensure"}',
    'sealgraph_watches_total{kind="messaging2fa.message",state="BEGUN"} 1',
    'sealgraph_commands_total{field="Mutation.sendTwoFactorMessage",code="OK"} 1',
    'sealgraph_events_waiting{place="watch"} 0',
    'sealgraph_events_total{kind="messaging2fa.message"}',
    'sealgraph_event_latency_seconds_count{kind="messaging2fa.message"}',
  ],
  poller: [
    'sealgraph_watches_total{kind="messaging2fa.message",state="FINISHED"} 1',
    'sealgraph_poll_lateness_seconds_count{provider="messaging2fa"}',
    'sealgraph_poll_readings_total{kind="messaging2fa.message",outcome="NEW"}',
    'sealgraph_provider_calls_total{provider="messaging2fa",operation="',
    'sealgraph_store_duration_seconds_count{port="watches",operation="commit"}',
  ],
} as const;

test('Every role shows in its metrics what happens in it, and its version, health and readiness.', async (t) => {
  const simulator = await startSimulator(t, messaging2faSimulator, { stepMs: 0 });
  const redis = await RedisServer.start();
  t.after(() => redis.stop());
  const issuer = createTokenIssuer();
  const common = {
    ...{ PORT: '0', METRICS: 'true', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) },
    GATEWAY_SECRET: randomBytes(32).toString('hex'),
  };
  const provider = {
    ...{ ...simulator.environment, ...common, REDIS_URL: redis.url },
    ...{ VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`, AUDIT_STREAM_RECORDS: '100' },
  };
  const subgraph = await startSealgraph(t, ['subgraph', 'messaging2fa'], provider).lineAfter('ready');
  const polling = await startSealgraph(t, ['poller', 'messaging2fa'], provider).lineAfter('ready');
  const poller = /http:\S+/.exec(polling)?.[0] ?? '';
  const gateway = await startSealgraph(t, ['gateway'], {
    ...{ ...common, ...issuer.settings },
    MESSAGING2FA_SUBGRAPH_URL: subgraph,
  }).lineAfter('ready');

  const anna = await issuer.callerWith('anna', ['messaging2fa:read', 'messaging2fa:write']);
  const { data } = await askGraph<{
    sendTwoFactorMessage: { twoFactorMessage: { id: string; messageId: string } };
  }>(...[gateway, SEND, {}, anna]);
  const { id, messageId } = data.sendTwoFactorMessage.twoFactorMessage;
  const events = followOverWebSocket<{ twoFactorMessageChanged: { isTerminal: boolean } }>(
    ...[gateway, CHANGED, { id }, { ...anna }],
  );
  await events.next();
  await sampled(new URL('/metrics', gateway), ['sealgraph_gateway_subscribers 1']);
  simulator.control.setStatus({ messageId, userId: 'bela@example.test', status: 'APPROVED' });
  for await (const event of events) if (event.data.twoFactorMessageChanged.isTerminal) break;
  await askGraph(gateway, '{ nothingOfTheKind }', {}, anna);
  await askGraph(gateway, TOO_COSTLY, {}, anna);
  assert.equal((await askGraph(gateway, '{ __typename }')).status, 401);

  const [entry] = await redis.with((connection) => connection.xrange('sealgraph:audit', '-', '+'));
  assert.match(entry?.[1][1] ?? '', /"subject":"anna","field":"Mutation\.sendTwoFactorMessage".*"code":"OK"/);

  const roles = { gateway, subgraph, poller };
  for (const [role, url] of Object.entries(roles)) {
    const shown = await sampled(new URL('/metrics', url), SHOWN[role as keyof typeof SHOWN]);
    assert.doesNotMatch(shown, /bela|anna|127\.0\.0\.1/, role);
    for (const path of ['/health/live', '/health/ready'])
      assert.equal((await fetch(new URL(path, url))).status, 200, `${role} ${path}`);
    const facts = (await (await fetch(new URL('/version', url))).json()) as Record<string, string>;
    assert.equal(facts['role'], role);
    assert.match(`${facts['version']} ${facts['graph']}`, /^\d+\.\d+\.\d+ [0-9a-f]{12}$/);
  }
});
