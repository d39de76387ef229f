import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { createTraces } from '../../src/operate/traces.js';
import { ProviderError } from '../../src/provider-error.js';
import { keepSpans, span, spanHere } from '../../src/spans.js';
import { liveWorld } from '../live/live-world.js';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startRemoteGateway } from '../support/gateway/start.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;

/** What is kept, by name, once each, in the order of its end. */
interface Kept {
  spans(): readonly ReadableSpan[];
  /** @throws when there is none, or another one */
  one(name: string): ReadableSpan;
}

function keep(t: TestContext, ratio?: number): Kept {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor({ exporter });
  t.after(keepSpans(createTraces({ processor, role: 'test', ...(ratio !== undefined && { ratio }) })));
  const spans = (): readonly ReadableSpan[] => exporter.getFinishedSpans();
  return {
    spans,
    one(name) {
      const [found, ...others] = spans().filter((one) => one.name === name);
      assert(
        found,
        `${name} is not among ${spans()
          .map((one) => one.name)
          .join(', ')}`,
      );
      assert.equal(others.length, 0);
      return found;
    },
  };
}

function assertWithin(inner: ReadableSpan, outer: ReadableSpan): void {
  assert.equal(inner.spanContext().traceId, outer.spanContext().traceId, inner.name);
  assert.equal(inner.parentSpanContext?.spanId, outer.spanContext().spanId, inner.name);
}

test('A request is one trace: what the client says, the gateway, and each service it asks.', async (t) => {
  const kept = keep(t);
  const { endpoint } = await startRemoteGateway(t);
  const answer = await post(endpoint, '{ messages { id } }', { headers: { traceparent: PARENT } });
  assert.equal(answer.body.errors, undefined);
  const request = kept.one('query messages');
  assert.equal(request.spanContext().traceId, TRACE);
  assert.equal(request.attributes['sealgraph.transport'], 'http');
  assertWithin(kept.one('ask messages'), request);
  assertWithin(kept.one('subgraph messages'), kept.one('ask messages'));
});

test('A subscription is one trace up to its beginning, over sockets too.', async (t) => {
  const kept = keep(t);
  const { endpoint } = await startRemoteGateway(t);
  const client = await SocketClient.connect(endpoint, { traceparent: PARENT });
  client.subscribe('a', 'subscription { messageChanged(id: "1") { text } }');
  await client.next();
  await client.close();
  const request = kept.one('subscription messageChanged');
  assert.equal(request.spanContext().traceId, TRACE);
  assertWithin(kept.one('ask messages'), request);
  assertWithin(kept.one('subgraph messages'), kept.one('ask messages'));
});

test('What a request has set going belongs to its trace: the polls, their commits, the events.', async (t) => {
  const kept = keep(t);
  const world = liveWorld(t, { kind: { pollDelayMs: () => 1_000 } });
  const { id } = await span({ name: 'request' }, () =>
    world.watch('a', { first: { status: 'open', count: 0 } }),
  );
  const events = await world.live.subscribe(id);
  await events.next();
  world.provider.set('a', 'done');
  await world.live.startPolling(['test']);
  await world.clock.advance(1_100);
  assert.equal((await events.next()).value?.event.terminal, true);
  const request = kept.one('request');
  const poll = kept.one('poll test.thing');
  assertWithin(poll, request);
  assertWithin(kept.one('commit test.thing'), poll);
  assertWithin(kept.one('event test.thing'), kept.one('commit test.thing'));
  assert.equal(kept.one('commit test.thing').attributes['sealgraph.outcome'], 'NEW');
});

test('A watch that goes on for long does not make its trace grow for ever: later polls name it alone.', async (t) => {
  const kept = keep(t);
  const world = liveWorld(t, { kind: { pollDelayMs: () => 3_600_000 } });
  await span({ name: 'request' }, () => world.watch('a', { first: { status: 'open', count: 0 } }));
  await world.live.startPolling(['test']);
  await world.clock.advance(4_000_000);
  const { traceId } = kept.one('request').spanContext();
  const poll = kept.one('poll test.thing');
  assert.notEqual(poll.spanContext().traceId, traceId);
  assert.deepEqual(
    poll.links.map(({ context }) => context.traceId),
    [traceId],
  );
});

test('A failure is kept by its code, and never with what was said.', async (t) => {
  const kept = keep(t);
  const fail = (error: Error): unknown =>
    span({ name: error.name }, () => {
      throw error;
    });
  for (const error of [new ProviderError('NOT_FOUND'), new TypeError('a secret')])
    assert.throws(() => fail(error));
  await assert.rejects(span({ name: 'later' }, () => Promise.reject(new RangeError('a secret'))));
  assert.deepEqual(
    kept.spans().map(({ status, attributes }) => [status.code, attributes['sealgraph.code']]),
    [
      [2, 'NOT_FOUND'],
      [2, 'TypeError'],
      [2, 'RangeError'],
    ],
  );
  assert.doesNotMatch(
    JSON.stringify(
      kept.spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    ),
    /secret/,
  );
});

test('What a client has decided not to trace is not traced, nor is more than was asked for.', async (t) => {
  const kept = keep(t, 0);
  span({ name: 'begun here' }, () => undefined);
  span({ name: 'not traced', under: PARENT.replace(/01$/, '00') }, () => {
    assert.match(spanHere() ?? '', /-00$/);
    span({ name: 'in it' }, () => undefined);
  });
  span({ name: 'traced', under: PARENT }, () => undefined);
  assert.deepEqual(
    kept.spans().map(({ name }) => name),
    ['traced'],
  );
});

for (const odd of ['', 'x', `01-${TRACE}-b7ad6b7169203331-01`, `00-${'0'.repeat(32)}-b7ad6b7169203331-01`])
  test(`What is no traceparent ("${odd}") begins a trace of its own.`, (t) => {
    const kept = keep(t);
    span({ name: 'request', under: odd }, () => undefined);
    assert.equal(kept.one('request').parentSpanContext, undefined);
  });

test('While nothing is kept, nothing is carried along either.', async (t) => {
  const world = liveWorld(t);
  assert.equal(
    span({ name: 'request' }, () => spanHere()),
    undefined,
  );
  const { trace } = await world.watch('a');
  assert.equal(trace, undefined);
});
