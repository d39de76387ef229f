import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { z } from 'zod';
import { ProviderError } from '../../../src/provider-error.js';
import { json, nothing, text } from '../../../src/providers/kit/answer.js';
import type { HttpClientOptions } from '../../../src/providers/kit/http-client.js';
import { createRest } from '../../../src/providers/kit/rest.js';
import type { Operations } from '../../../src/providers/kit/rest.js';
import { errorFromStatus } from '../../../src/providers/kit/status-error.js';
import { bodyOf, startServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { clientOf, problem } from './client.js';

const thing = json(z.object({ id: z.string(), made: z.iso.datetime().nullish() }));
const OPERATIONS = {
  look: { call: 'GET /things/:thingId', answer: thing },
  take: { call: 'GET /things/:thingId/last', answer: thing, once: true },
  reserve: { call: 'GET /things/new', answer: thing, kind: 'write' },
  make: { call: 'POST /things', answer: thing },
  move: { call: 'PUT /things/:thingId/to/:place', answer: text(z.string().length(3)) },
  drop: { call: 'DELETE /things/:thingId', answer: nothing },
} as const satisfies Operations;

async function restOf(
  t: TestContext,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<HttpClientOptions> = {},
) {
  const server = await startServer(t, listener);
  const http = clientOf(t, `${server.url}/api`, options);
  const rest = createRest({
    provider: 'acme',
    operations: OPERATIONS,
    locate: () => ({ http, query: { locale: 'en' } }),
    headers: ({ kind }) => ({ 'x-kind': kind }),
    refuse: ({ status, source }) => errorFromStatus(status, source),
  });
  return { server, rest };
}

test('a row of the table says where a call goes, and what the log and the provider are told', async (t) => {
  const seen: string[] = [];
  const { rest } = await restOf(t, (request, response) => {
    void bodyOf(request).then((body) => {
      const { method, url, headers } = request;
      seen.push(`${method} ${url} ${headers['x-kind']} ${headers['x-request-id']} ${body}`);
      response.end(method === 'PUT' ? ' abc\n' : method === 'DELETE' ? '' : '{"id":"1"}');
    });
  });
  const context = { requestId: 'r-1' };
  await rest(context, 'look', { path: { thingId: 'a b/c' }, query: { deep: true, none: null, empty: '' } });
  await rest(context, 'reserve');
  await rest(context, 'make', { json: { name: 'x' } });
  assert.equal(await rest(context, 'move', { path: { thingId: '7', place: 'ü' }, text: 'plain' }), 'abc');
  await rest(context, 'drop', { path: { thingId: '7' } });
  assert.deepEqual(seen, [
    'GET /api/things/a%20b%2Fc?locale=en&deep=true read r-1 ',
    'GET /api/things/new?locale=en write r-1 ',
    'POST /api/things?locale=en write r-1 {"name":"x"}',
    'PUT /api/things/7/to/%C3%BC?locale=en write r-1 plain',
    'DELETE /api/things/7?locale=en write r-1 ',
  ]);
});

test('a segment that would lead elsewhere, or to another operation, is refused by its name, and nothing is sent', async (t) => {
  const { rest, server } = await restOf(t, (_request, response) => response.end());
  const values = [
    '',
    '  ',
    '.',
    '..',
    ' .. ',
    '%2e',
    '%2E.',
    '%252e%252e',
    '..%2f',
    'x/..',
    'x\\..',
    '\u0000',
    'a\u007f',
  ];
  for (const place of values) {
    await assert.rejects(rest({}, 'move', { path: { thingId: '7', place }, text: '' }), (error: unknown) => {
      assert(error instanceof ProviderError);
      assert.deepEqual([error.code, error.path], ['INVALID_INPUT', ['place']], JSON.stringify(place));
      return true;
    });
  }
  for (const thingId of ['new', 'NEW', ' new ', 'ne%77'])
    await assert.rejects(rest({}, 'look', { path: { thingId } }), problem('INVALID_INPUT'), thingId);
  assert.equal(server.hits, 0);
  for (const place of ['...', 'a..b', '100%', '%', '@m-1.2;x']) {
    await assert.rejects(
      rest({}, 'move', { path: { thingId: '7', place }, text: '' }),
      problem('OUTCOME_UNKNOWN'),
    );
  }
  assert.equal(server.hits, 5);
});

test('a success that is not understood leaves the outcome of a write unknown, and is no answer to a read', async (t) => {
  for (const body of ['', '{}', '[]', 'null', '<html>', '{"id":7}', '{"id":"1"']) {
    const { rest } = await restOf(t, (_request, response) => response.writeHead(201).end(body));
    await assert.rejects(rest({}, 'look', { path: { thingId: '7' } }), problem('PROVIDER_PROTOCOL'));
    await assert.rejects(rest({}, 'make', { json: {} }), problem('OUTCOME_UNKNOWN'));
    await assert.rejects(rest({}, 'reserve'), problem('OUTCOME_UNKNOWN'));
    if (body !== '')
      await assert.rejects(rest({}, 'drop', { path: { thingId: '7' } }), problem('OUTCOME_UNKNOWN'));
  }
});

test('a call whose answer is given only once is waited for long', async (t) => {
  const clock = new ManualClock();
  const open: ServerResponse[] = [];
  const { rest, server } = await restOf(t, (_request, response) => void open.push(response), { clock });
  const slow = rest({}, 'take', { path: { thingId: '7' } });
  await server.hit(1);
  await clock.advance(29_999);
  open[0]?.end('{"id":"7"}');
  assert.equal((await slow).id, '7');
  const lost = assert.rejects(rest({}, 'take', { path: { thingId: '7' } }), problem('PROVIDER_TIMEOUT'));
  await server.hit(2);
  await clock.advance(30_000);
  await lost;
});

test('a call whose answer is given only once is not repeated once it was sent, whatever came back', async (t) => {
  const answers: ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(503).end(),
    (response) => response.writeHead(504, { 'retry-after': '0' }).end(),
    (response) => response.destroy(),
    (response) => response.writeHead(200, { 'content-length': '50' }).write('{', () => response.destroy()),
  ];
  for (const answer of answers) {
    const { rest, server } = await restOf(t, (_request, response) => answer(response));
    await assert.rejects(rest({}, 'take', { path: { thingId: '7' } }), problem('PROVIDER_UNAVAILABLE'));
    assert.equal(server.hits, 1);
  }
});
