import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { does, nothing, shows, startControl } from '../../src/simulators/kit/control.js';
import { ticketRoute } from '../../src/subgraph/tickets/route.js';
import { startRemoteGateway, startGateway } from '../support/gateway/start.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { memoryLogger } from '../support/memory-logger.js';
import type { MemoryLogger } from '../support/memory-logger.js';
import { openTickets } from '../subgraph/tickets/open.js';

/** The same inputs in every run. */
const SEED = 20_261_127;
const AT_ONCE = 16;

const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(null, -0, 1e308, [], {}, '', '__proto__', '{', '\u0000', '\ud800', '../../etc/passwd'),
);
const documentText = fc.oneof(
  fc.constantFrom(
    '{ me }',
    '{ messages { id to { email } } }',
    'query ($t: String!) { echo(text: $t) }',
    'mutation { send }',
    'subscription { ticks(count: 1) }',
    '{ __schema { types { name } } }',
    '{ later(stamp: "5m") }',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
/** A document with a piece taken out, doubled or replaced. */
const brokenDocument = fc
  .tuple(documentText, fc.nat(60), fc.nat(8), fc.string({ unit: 'binary', maxLength: 4 }))
  .map(([text, at, length, put]) => text.slice(0, at) + put + text.slice(at + length));
const requestValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.record(
    {
      query: fc.oneof({ weight: 4, arbitrary: brokenDocument }, wrong),
      operationName: wrong,
      variables: fc.oneof(fc.dictionary(fc.string({ maxLength: 4 }), wrong, { maxKeys: 3 }), wrong),
      extensions: fc.oneof(fc.record({ persistedQuery: wrong, cost: wrong }), wrong),
      documentId: wrong,
    },
    { requiredKeys: [] },
  ),
  wrong,
);
/** JSON, cut off somewhere as often as not. */
const body = fc
  .tuple(requestValue, fc.boolean(), fc.nat(200))
  .map(([value, isWhole, end]) => (isWhole ? JSON.stringify(value) : JSON.stringify(value).slice(0, end)));
const accept = fc.constantFrom(
  'application/json',
  'application/graphql-response+json',
  '*/*',
  'text/event-stream',
);
const path = fc.string({ unit: 'binary-ascii', maxLength: 60 }).map((text) => encodeURIComponent(text));

async function each<Input>(
  inputs: fc.Arbitrary<Input>,
  count: number,
  tell: (input: Input) => Promise<void>,
): Promise<void> {
  const waiting = fc.sample(inputs, { numRuns: count, seed: SEED });
  const work = async (): Promise<void> => {
    for (let input = waiting.pop(); input !== undefined; input = waiting.pop()) await tell(input);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function assertRefusesWell(response: Response, said: unknown): Promise<void> {
  const text = await response.text();
  assert.ok(response.status < 500, `${response.status} to ${JSON.stringify(said)}: ${text}`);
  assert.doesNotMatch(text, /"INTERNAL"|node_modules|\.js:\d/, JSON.stringify(said));
}

function assertNothingFailed({ lines }: MemoryLogger): void {
  assert.deepEqual(
    lines.filter(({ level }) => level === 'error'),
    [],
  );
}

const json = { 'content-type': 'application/json' };

async function open(t: TestContext) {
  const running = await startGateway(t);
  return {
    ...running,
    async check() {
      assertNothingFailed(running.log);
      const alive = await fetch(running.endpoint, {
        method: 'POST',
        headers: json,
        body: '{"query":"{ me }"}',
      });
      assert.deepEqual(await alive.json(), { data: { me: 'anyone' } });
    },
  };
}

test('4,000 malformed bodies by POST, as streams too, are no failure of ours', async (t) => {
  const { endpoint, check } = await open(t);
  await each(fc.tuple(body, accept), 4_000, async (said) => {
    const headers = { ...json, accept: said[1] };
    await assertRefusesWell(await fetch(endpoint, { method: 'POST', headers, body: said[0] }), said);
  });
  await check();
});

test('2,000 malformed addresses by GET are no failure of ours', async (t) => {
  const { endpoint, check } = await open(t);
  const parameter = fc.constantFrom('query', 'variables', 'extensions', 'operationName', 'documentId', 'x');
  const search = fc.array(fc.tuple(parameter, fc.oneof(body, brokenDocument)), { maxLength: 4 });
  await each(fc.tuple(search, accept), 2_000, async (said) => {
    const parameters = new URLSearchParams(said[0].map(([name, value]) => [name, value]));
    const headers = { accept: said[1], 'apollo-require-preflight': 'yes' };
    await assertRefusesWell(await fetch(`${endpoint}?${parameters}`, { headers }), said);
  });
  await check();
});

test('1,500 malformed messages over WebSocket close the socket, or are answered', async (t) => {
  const { endpoint, check } = await open(t);
  const type = fc.oneof(
    fc.constantFrom(
      'subscribe',
      'complete',
      'ping',
      'pong',
      'next',
      'error',
      'connection_init',
      'connection_ack',
    ),
    wrong,
  );
  const message = fc.oneof(
    fc
      .record({ type, id: fc.oneof(fc.constant('a'), wrong), payload: fc.oneof(requestValue, wrong) })
      .map((value) => JSON.stringify(value)),
    body,
  );
  await each(fc.array(message, { minLength: 1, maxLength: 5 }), 500, async (messages) => {
    const client = await SocketClient.connect(endpoint);
    for (const one of messages) client.send(one);
    await client.close();
    const { code } = await client.closed;
    assert.ok(code !== 1011 && code !== 4500 && code !== 1006, `${code} to ${JSON.stringify(messages)}`);
  });
  await check();
});

test('1,500 malformed requests to a subgraph service are no failure of it', async (t) => {
  const { services } = await startRemoteGateway(t);
  const url = services.get('messages')?.url ?? '';
  const signed = { 'x-caller': '{"tenant":"t","subject":"s","scopes":[]}', 'x-call-id': 'c' };
  await each(fc.tuple(body, fc.boolean()), 1_500, async (said) => {
    const headers = { ...json, ...(said[1] ? signed : {}) };
    await assertRefusesWell(await fetch(url, { method: 'POST', headers, body: said[0] }), said);
  });
});

test('1,000 malformed file addresses and uploads are no failure of ours', async (t) => {
  const { tickets } = openTickets(t);
  const log = memoryLogger();
  const { url, check } = await openWith(t, ticketRoute({ tickets, logger: log, corsOrigins: [] }));
  const request = fc.tuple(path, fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD'), body);
  await each(request, 1_000, async (said) => {
    const [name, method, content] = said;
    const hasBody = method === 'PUT' || method === 'POST';
    await assertRefusesWell(
      await fetch(`${url}/files/${name}`, { method, ...(hasBody && { body: content }) }),
      said,
    );
  });
  assertNothingFailed(log);
  await check();
});

async function openWith(t: TestContext, extraRoutes: ReturnType<typeof ticketRoute>) {
  const running = await startGateway(t, { extraRoutes });
  return { url: running.url, check: () => Promise.resolve(assertNothingFailed(running.log)) };
}

test('1,000 malformed commands to the control door of a simulator are refused', async (t) => {
  const moved: unknown[] = [];
  const control = await startControl({
    verbs: {
      move: does(z.strictObject({ ms: z.int().min(0) }), 'Moves.', (input) => void moved.push(input)),
      rest: does(nothing, 'Rests.', () => undefined),
    },
    nouns: { time: shows('The time.', () => 0) },
  });
  t.after(() => control.stop());
  const name = fc.oneof(fc.constantFrom('move', 'rest', 'time', '', '__proto__', 'constructor'), path);
  await each(fc.tuple(name, fc.constantFrom('GET', 'POST', 'PUT'), body), 1_000, async (said) => {
    const [verb, method, content] = said;
    const response = await fetch(`${control.url}/${verb}`, {
      method,
      ...(method !== 'GET' && { body: content }),
    });
    await assertRefusesWell(response, said);
  });
  assert.deepEqual(moved, []);
});
