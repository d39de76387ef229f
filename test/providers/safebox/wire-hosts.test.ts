import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../../support/http-server.js';
import { ADA, openRaw, refusedWith, SESSION } from './open.js';

test('the page behind a link is found whether the link is relative or absolute, and nowhere else', async (t) => {
  const elsewhere = await startServer(t, (_request, response) => response.end('{}'));
  const { client, seen, server } = await openRaw(t, () => ({
    body: { count: 0, safeboxes: [], next_page_url: null },
  }));
  const query = 'page=2&per_page=5&locale=fr';
  for (const link of [
    `/api/v2/safeboxes?${query}`,
    `api/v2/safeboxes?${query}`,
    `${server.url}/api/v2/safeboxes?${query}`,
    `//127.0.0.1:${server.port}/api/v2/safeboxes?${query}`,
  ]) {
    await client.boxes.nextPage(SESSION, link);
    assert.equal(seen.at(-1)?.url, `/api/v2/safeboxes?${query}`, link);
  }
  await client.boxes.nextPage(SESSION, '/api/v2/safeboxes?page=3');
  assert.equal(seen.at(-1)?.url, '/api/v2/safeboxes?page=3&locale=en');
  for (const link of [
    `${elsewhere.url}/api/v2/safeboxes`,
    `//127.0.0.1:${elsewhere.port}/api/v2/safeboxes`,
    `http://user:word@127.0.0.1:${server.port}/api/v2/safeboxes`,
    `https://127.0.0.1:${server.port}/api/v2/safeboxes`,
    'file:///etc/passwd',
    'http://',
  ])
    await assert.rejects(
      client.boxes.nextPage(SESSION, link),
      refusedWith({ code: 'PROVIDER_PROTOCOL' }),
      link,
    );
  assert.equal(elsewhere.hits, 0);
  assert.equal(seen.length, 5);
});

test('hosts that the portal names outside the configured origins get nothing', async (t) => {
  const elsewhere = await startServer(t, (_request, response) => response.end('{}'));
  const { client, seen } = await openRaw(
    t,
    () => ({ body: {} }),
    {},
    () => ({ body: elsewhere.url }),
  );
  const refused = refusedWith({ code: 'PROVIDER_PROTOCOL' });
  await assert.rejects(client.signIn(ADA), refused);
  await assert.rejects(client.boxes.list(SESSION, {}, 1, 1), refused);
  assert.deepEqual([elsewhere.hits, seen.length], [0, 0]);
});

test('a host that is configured beside the portal may be named by it', async (t) => {
  const other = await startServer(t, (_request, response) =>
    response.end(JSON.stringify({ count: 0, safeboxes: [] })),
  );
  const settings = { SAFEBOX_SERVER_ORIGINS: other.url };
  const { client } = await openRaw(
    t,
    () => undefined,
    settings,
    () => ({ body: `${other.url}/base/\n` }),
  );
  assert.equal((await client.boxes.list(SESSION, {}, 1, 1)).count, 0);
  assert.equal(other.hits, 1);
});

test('no file goes to, and none comes from, a URL outside the configured origins', async (t) => {
  const elsewhere = await startServer(t, (_request, response) => response.end('{}'));
  const { client, seen } = await openRaw(t, () => ({
    body: { url: elsewhere.url, upload_url: elsewhere.url },
  }));
  const refused = refusedWith({ code: 'PROVIDER_PROTOCOL' });
  await assert.rejects(client.files.upload(`${elsewhere.url}/xmss/1`, file('x')), refused);
  await assert.rejects(client.files.download(await client.boxes.fileUrl(SESSION, 'b1', 'd1', null)), refused);
  await assert.rejects(client.files.download(await client.boxes.auditRecordUrl(SESSION, 'b1')), refused);
  assert.deepEqual([elsewhere.hits, seen.length], [0, 2]);
});

test('a file server that is configured gets files, and no token, cookie or name of ours', async (t) => {
  const heads: object[] = [];
  const files = await startServer(t, (request, response) => {
    const {
      'content-type': type = '',
      'content-length': length,
      host: _host,
      connection: _c,
      ...rest
    } = request.headers;
    heads.push({ ...rest, type: type.replace(/=.*/, ''), length: length !== undefined });
    request.resume().on('end', () => response.end('{"temporary_document":{"document_guid":"d1"}}'));
  });
  const { client } = await openRaw(t, () => undefined, { SAFEBOX_FILE_ORIGINS: files.url });
  assert.equal(await client.files.upload(`${files.url}/xmss/1`, file('x')), 'd1');
  (await client.files.download(`${files.url}/xmss/2`)).body.resume();
  assert.deepEqual(heads, [
    { accept: 'application/json', type: 'multipart/form-data; boundary', length: true },
    { type: '', length: false },
  ]);
});

test('a redirect is not followed, by whomever it is sent', async (t) => {
  const elsewhere = await startServer(t, (_request, response) => response.end('{}'));
  const { client, server } = await openRaw(t, () => ({ status: 302, headers: { location: elsewhere.url } }));
  const refused = refusedWith({ code: 'PROVIDER_PROTOCOL' });
  const unknown = refusedWith({ code: 'OUTCOME_UNKNOWN' });
  await assert.rejects(client.signIn(ADA), unknown);
  await assert.rejects(client.boxes.list(SESSION, {}, 1, 1), refused);
  await assert.rejects(client.files.download(`${server.url}/xmss/1`), refused);
  await assert.rejects(client.files.upload(`${server.url}/xmss/1`, file('x')), unknown);
  assert.equal(elsewhere.hits, 0);
});

test('hosts are asked for once, and again after a failure; the account is one segment of the path', async (t) => {
  const asked: string[] = [];
  let isDown = true;
  const { client } = await openRaw(
    t,
    () => ({ body: { count: 0, safeboxes: [] } }),
    { SAFEBOX_ENTERPRISE_ACCOUNT: 'a/b?c d' },
    (url) => {
      asked.push(url);
      return isDown ? { status: 503 } : undefined;
    },
  );
  const list = () => client.boxes.list(SESSION, {}, 1, 1);
  await assert.rejects(list(), refusedWith({ code: 'PROVIDER_UNAVAILABLE' }));
  isDown = false;
  await Promise.all([list(), list()]);
  await list();
  const path = '/services/a%2Fb%3Fc%20d/sendsecure/server/url';
  assert.deepEqual(asked, [path, path]);
});

test('neither tokens nor passwords nor URLs of files are logged', async (t) => {
  const { client, logger } = await openRaw(t, () => ({ status: 500, body: 'upstream words' }));
  await assert.rejects(client.signIn(ADA));
  await assert.rejects(client.boxes.list(SESSION, {}, 1, 1));
  assert(logger.lines.length > 0);
  assert.doesNotMatch(JSON.stringify(logger.lines), /secret-token|ada-demo-password|upstream words/);
});

function file(text: string) {
  const content = Buffer.from(text);
  return {
    fileName: 'a.txt',
    contentType: 'text/plain',
    sizeBytes: content.length,
    content: (async function* () {
      yield content;
    })(),
  };
}

test('an id that would lead elsewhere is refused at its field, and nothing is sent', async (t) => {
  const { client, seen } = await openRaw(t, () => ({ body: { result: true } }));
  const calls: readonly [field: string, call: (id: string) => Promise<unknown>][] = [
    ['id', (id) => client.people.deleteFavorite(SESSION, '123', id)],
    ['userId', (id) => client.people.favorites(SESSION, id)],
    ['id', (id) => client.boxes.info(SESSION, id, [])],
    ['messageId', (id) => client.boxes.markMessage(SESSION, 'b1', id, true)],
    ['participantId', (id) => client.people.updateParticipant(SESSION, 'b1', id, {})],
    ['documentId', (id) => client.boxes.fileUrl(SESSION, 'b1', id, null)],
  ];
  for (const [field, call] of calls)
    for (const id of ['..', '.', ' ', '%2e%2e', '../7', '\u0000'])
      await assert.rejects(call(id), refusedWith({ code: 'INVALID_INPUT', path: [field] }), id);
  await assert.rejects(
    client.boxes.info(SESSION, 'new', []),
    refusedWith({ code: 'INVALID_INPUT', path: ['id'] }),
    'a read must not reserve a SafeBox',
  );
  assert.equal(seen.length, 0);
});
