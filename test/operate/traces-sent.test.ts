import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { z } from 'zod';
import { messaging2faSimulator } from '../../src/simulators/messaging2fa/simulator.js';
import { followOverWebSocket } from '../support/follow.js';
import { startServer } from '../support/http-server.js';
import { RedisServer } from '../support/redis-server.js';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { startSimulator, temporaryDirectory } from '../support/simulators.js';
import { createTokenIssuer } from '../support/token-issuer.js';

const SEND = `mutation {
  sendTwoFactorMessage(input: { recipients: ["bela@example.test"] }) { twoFactorMessage { id messageId } }
}`;
const CHANGED = 'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { sequence isTerminal } }';

const otlp = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(
          z.object({ key: z.string(), value: z.object({ stringValue: z.string() }).partial() }),
        ),
      }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});
type Sent = z.infer<typeof otlp>['resourceSpans'][number]['scopeSpans'][number]['spans'][number] & {
  readonly service: string;
};

/** A collector that takes OTLP over HTTP. */
async function startCollector(t: TestContext) {
  const sent: Sent[] = [];
  let texts = '';
  const server = await startServer(t, (request, response) => {
    void buffer(request).then((body) => {
      texts += body.toString();
      for (const { resource, scopeSpans } of otlp.parse(JSON.parse(body.toString())).resourceSpans) {
        const service =
          resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
        for (const { spans } of scopeSpans) sent.push(...spans.map((span) => ({ ...span, service })));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  return { url: `${server.url}/v1/traces`, sent, text: () => texts };
}

test('Over gateway, subgraph and poller a request is one trace, to the event that it led to.', async (t) => {
  const simulator = await startSimulator(t, messaging2faSimulator, { stepMs: 0 });
  const redis = await RedisServer.start();
  t.after(() => redis.stop());
  const collector = await startCollector(t);
  const issuer = createTokenIssuer();
  const common = {
    ...{ PORT: '0', TRACES_URL: collector.url, SEALGRAPH_DATA_DIR: await temporaryDirectory(t) },
    GATEWAY_SECRET: randomBytes(32).toString('hex'),
  };
  const provider = {
    ...{ ...simulator.environment, ...common, REDIS_URL: redis.url },
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  };
  const subgraph = startSealgraph(t, ['subgraph', 'messaging2fa'], provider);
  const poller = startSealgraph(t, ['poller', 'messaging2fa'], provider);
  await poller.lineAfter('ready');
  const gateway = startSealgraph(t, ['gateway'], {
    ...{ ...common, ...issuer.settings },
    MESSAGING2FA_SUBGRAPH_URL: await subgraph.lineAfter('ready'),
  });
  const url = await gateway.lineAfter('ready');

  const anna = await issuer.callerWith('anna', ['messaging2fa:read', 'messaging2fa:write']);
  const { data } = await askGraph<{
    sendTwoFactorMessage: { twoFactorMessage: { id: string; messageId: string } };
  }>(...[url, SEND, {}, anna]);
  const { id, messageId } = data.sendTwoFactorMessage.twoFactorMessage;
  const events = followOverWebSocket<{ twoFactorMessageChanged: { isTerminal: boolean } }>(
    ...[url, CHANGED, { id }, { ...anna }],
  );
  await events.next();
  simulator.control.setStatus({ messageId, userId: 'bela@example.test', status: 'APPROVED' });
  for await (const event of events) if (event.data.twoFactorMessageChanged.isTerminal) break;
  // What is kept is handed on at the latest when a process stops.
  for (const one of [gateway, subgraph, poller]) assert.equal(await one.end('SIGTERM'), 0, one.errors());

  const request = collector.sent.find(({ name }) => name === 'mutation sendTwoFactorMessage');
  assert(request);
  const trace = collector.sent.filter(({ traceId }) => traceId === request.traceId);
  const byId = new Map(trace.map((span) => [span.spanId, span]));
  const wayOf = (from: Sent): string[] => {
    const parent = byId.get(from.parentSpanId ?? '');
    return [...(parent ? wayOf(parent) : []), `${from.service.replace('sealgraph-', '')}: ${from.name}`];
  };
  const ways = new Set(trace.map((span) => wayOf(span).join(' > ')));
  const toSubgraph =
    'gateway: mutation sendTwoFactorMessage > gateway: ask messaging2fa > subgraph-messaging2fa: subgraph messaging2fa';
  const poll = `${toSubgraph} > poller: poll messaging2fa.message`;
  const call = [...ways].find((way) =>
    way.startsWith(`${toSubgraph} > subgraph-messaging2fa: messaging2fa `),
  );
  assert.ok(call, [...ways].join('\n'));
  const read = [...ways].find((way) => way.startsWith(`${poll} > poller: messaging2fa `));
  assert.ok(read, [...ways].join('\n'));
  const commit = `${poll} > poller: commit messaging2fa.message`;
  assert.ok(ways.has(commit), [...ways].join('\n'));
  assert.ok(ways.has(`${commit} > subgraph-messaging2fa: event messaging2fa.message`), [...ways].join('\n'));
  assert.doesNotMatch(collector.text(), /bela|anna/);
});

test('A collector that is not there harms nothing, and is said to be missing.', async (t) => {
  const nobody = await startServer(t, () => undefined);
  await nobody.stop();
  const started = startSealgraph(t, ['start', '--no-console'], {
    ...{ PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t), TRACES_URL: `${nobody.url}/v1/traces` },
  });
  const url = await started.lineAfter('ready');
  assert.equal((await askGraph(url, '{ viewer { __typename } }')).status, 200);
  assert.equal(await started.end('SIGTERM'), 0);
  assert.match(started.errors(), /traces cannot be sent/);
});
