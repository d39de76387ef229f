import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { ProviderError } from '../../../src/provider-error.js';
import { attachmentNamed } from '../../../src/subgraph/tickets/content-disposition.js';
import { ticketRoute } from '../../../src/subgraph/tickets/route.js';
import type { TicketHandler } from '../../../src/subgraph/tickets/tickets.js';
import { startServer } from '../../support/http-server.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { Teardown } from '../../support/simulators.js';
import { ANNA, openTickets } from './open.js';

const ORIGIN = 'https://app.example';

/** A server that redeems tickets of one kind; `ticket` answers the URL of a new one. */
async function serve(t: Teardown, method: 'GET' | 'PUT', handle: TicketHandler['handle']) {
  const { tickets } = openTickets(t);
  const logger = memoryLogger();
  tickets.register('test.file', { method, handle });
  const route = ticketRoute({ tickets, logger, corsOrigins: [ORIGIN] });
  const server = await startServer(t, (request, response) => {
    if (!route(request, response)) response.writeHead(404).end('not a file');
  });
  const ticket = async (): Promise<string> =>
    server.url + (await tickets.issue({ kind: 'test.file', owner: ANNA, payload: 'p' }, 60_000)).url;
  return { server, logger, ticket };
}

test('a ticket hands the request to its handler, with what it was made with', async (t) => {
  const { ticket, server } = await serve(t, 'PUT', async ({ owner, payload }, request, response) => {
    response.end(`${owner.subject} ${payload} ${await text(request)}`);
  });
  const answer = await fetch(`${await ticket()}?ignored=1`, { method: 'PUT', body: 'bytes' });
  assert.equal(await answer.text(), 'anna p bytes');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(await (await fetch(`${server.url}/elsewhere`)).text(), 'not a file');
});

test('a problem before the answer has begun is told by its code, and any other failure only to the log', async (t) => {
  const failures = [
    new ProviderError('TOO_LARGE'),
    new ProviderError('INVALID_INPUT', { message: 'The body must be shorter.' }),
    new ProviderError('PROVIDER_TIMEOUT'),
    new Error('connect ECONNREFUSED db.internal'),
  ];
  const { ticket, logger } = await serve(t, 'GET', () =>
    Promise.reject(failures.shift() ?? new Error('none')),
  );
  const told = [];
  while (failures.length > 0) {
    const answer = await fetch(await ticket());
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    told.push([answer.status, error.code, error.message]);
  }
  assert.deepEqual(told, [
    [413, 'TOO_LARGE', 'It is larger than allowed.'],
    [400, 'INVALID_INPUT', 'The body must be shorter.'],
    [504, 'PROVIDER_TIMEOUT', 'The provider did not answer in time.'],
    [502, 'PROVIDER_UNAVAILABLE', 'The provider cannot be reached or has failed; try again later.'],
  ]);
  assert.equal(logger.lines.length, 1);
});

test('a failure after the answer has begun breaks it off, so that nobody takes a part for the whole', async (t) => {
  const { ticket } = await serve(t, 'GET', async (_content, _request, response) => {
    response.writeHead(200);
    await new Promise<void>((resolve) => response.write('part', () => resolve()));
    throw new ProviderError('PROVIDER_UNAVAILABLE');
  });
  const answer = await fetch(await ticket());
  assert.equal(answer.status, 200);
  await assert.rejects(answer.text());
});

test('an upload that is refused is not read to its end', async (t) => {
  let received = 0;
  const { ticket } = await serve(t, 'PUT', (_content, request) => {
    request.on('data', (chunk: Buffer) => (received += chunk.length));
    request.pause();
    return Promise.reject(new ProviderError('TOO_LARGE'));
  });
  const size = 64 * 1024 * 1024;
  const sent = await fetch(await ticket(), { method: 'PUT', body: Buffer.alloc(size) }).then(
    ({ status }) => status,
    // The connection may end before the answer has been read.
    () => 413,
  );
  assert.equal(sent, 413);
  assert.ok(received < size, `${received} bytes were read`);
});

test('pages of the allowed origins may use tickets and see the name of a file, others may not', async (t) => {
  const { ticket } = await serve(t, 'GET', async (_content, _request, response) => void response.end('x'));
  const allowed = await fetch(await ticket(), { headers: { origin: ORIGIN } });
  assert.equal(allowed.headers.get('access-control-allow-origin'), ORIGIN);
  assert.equal(allowed.headers.get('access-control-expose-headers'), 'content-disposition');
  assert.equal(allowed.headers.get('vary'), 'origin');
  const other = await fetch(await ticket(), { headers: { origin: 'https://evil.example' } });
  assert.equal(other.headers.get('access-control-allow-origin'), null);
  // Asking whether it may does not use it up.
  const url = await ticket();
  const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: ORIGIN } });
  assert.deepEqual(
    [preflight.status, preflight.headers.get('access-control-allow-methods')],
    [204, 'GET, HEAD, PUT'],
  );
  const wrong = await fetch(url, { method: 'PUT' });
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'GET, HEAD']);
  for (const time of ['once', 'twice']) {
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, ''], time);
  }
  assert.equal((await fetch(url)).status, 200);
  assert.equal((await fetch(url, { method: 'HEAD' })).status, 404);
  assert.equal((await fetch(url)).status, 404);
});

test('a file saves under its name in any script, and no name can add a header', () => {
  for (const name of [
    'смета – 見積り.pdf',
    'a "quoted" \\ name.txt',
    "it's (1)*.txt",
    '100%.txt',
    '\ud800 lone',
  ]) {
    const header = attachmentNamed(name);
    assert.match(header, /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.%~!$&+^`|-]*$/);
    assert.equal(decodeURIComponent(header.split("UTF-8''")[1] ?? ''), name.replace('\ud800', '_'));
    assert.equal((header.match(/"/g) ?? []).length, 2);
  }
  assert.doesNotMatch(attachmentNamed('a\r\nset-cookie: x'), /[\r\n]/);
});
