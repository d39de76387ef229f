import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { z } from 'zod';
import { parseWire } from '../../../src/providers/kit/parse.js';
import { startServer } from '../../support/http-server.js';
import { clientOf, factsOf, READ } from './client.js';

test('every attempt is one line that says what was called, how it went, how long it took and for whom', async (t) => {
  const server = await startServer(t, (_request, response) => {
    response.writeHead(server.hits === 1 ? 503 : 200).end();
  });
  const client = clientOf(t, server.url);
  await client.request({ ...READ, requestId: 'r-1' });
  assert.deepEqual(
    factsOf(client.logger, 'provider call').map(({ durationMs, ...facts }) => [typeof durationMs, facts]),
    [503, 200].map((status, index) => [
      'number',
      {
        provider: 'acme',
        operation: 'look',
        kind: 'read',
        method: 'GET',
        requestId: 'r-1',
        attempt: index + 1,
        status,
      },
    ]),
  );
});

test('the provider is told the request id', async (t) => {
  const server = await startServer(t, (request, response) => response.end(request.headers['x-request-id']));
  assert.equal((await clientOf(t, server.url).request({ ...READ, requestId: 'r-1' })).text(), 'r-1');
});

test('no body, header, query, path or answer is in the log or in an error, whatever happens', async (t) => {
  const secret = 'canary';
  const endings: ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(200, { 'x-secret': `${secret}5` }).end(`{"${secret}6": ${secret}7`),
    (response) => response.writeHead(503, `${secret}8`).end(`${secret}9`),
    (response) => response.writeHead(302, { location: `http://${secret}10.example/` }).end(),
    (response) => response.destroy(),
    (response) => response.socket?.end(`${secret}11`),
  ];
  for (const end of endings) {
    const server = await startServer(t, (_request, response) => end(response));
    const client = clientOf(t, server.url);
    for (const kind of ['read', 'write'] as const) {
      const error: unknown = await client
        .request({
          operation: 'look',
          kind,
          method: 'POST',
          path: `/${secret}1?${secret}2=${secret}2`,
          headers: { authorization: `Bearer ${secret}3` },
          body: `${secret}4`,
        })
        .then((response) => parseWire(z.object({ id: z.string() }), response.json(), response.source))
        .catch((reason: unknown) => reason);
      assert.ok(error instanceof Error);
      assert.ok(client.logger.lines.length > 0);
      const visible = [...client.logger.lines.map((line) => JSON.stringify(line)), ...chain(error)].join(
        '\n',
      );
      assert.doesNotMatch(visible, /canary/);
    }
  }
});

test('an answer of another shape names the places at fault, never the values', () => {
  const schema = z.object({ recipients: z.array(z.object({ status: z.string() })) });
  const source = { provider: 'acme', operation: 'look', kind: 'read' } as const;
  assert.throws(
    () => parseWire(schema, { recipients: [{ status: 'ok' }, { status: { secret: 'canary' } }] }, source),
    (error: Error & { code?: string }) => {
      assert.equal(error.code, 'PROVIDER_PROTOCOL');
      assert.equal(String(error.cause), 'Error: look: recipients.1.status invalid_type');
      return true;
    },
  );
  assert.deepEqual(parseWire(schema, { recipients: [], more: 1 }, source), { recipients: [] });
});

function chain(error: unknown): string[] {
  return error instanceof Error ? [String(error.stack), error.message, ...chain(error.cause)] : [];
}
