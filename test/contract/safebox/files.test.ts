import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import {
  ACCESS_DENIED,
  at,
  keysOf,
  listAt,
  minimalBox,
  multipart,
  NOT_FOUND,
  ok,
  refused,
  SEEDED,
  startWorld,
  textAt,
  upload,
  type Wire,
} from './wire.js';

const HOUR_MS = 60 * 60 * 1000;

async function commitWith(
  wire: Wire,
  files: readonly (readonly [content: string, name: string])[],
): Promise<string> {
  const { guid, key, uploadUrl } = await wire.initialize();
  const ids = await Promise.all(files.map(([content, name]) => upload(wire, uploadUrl, content, name)));
  ok(await wire.post('/api/v2/safeboxes', { safebox: { ...minimalBox(guid, key), document_ids: ids } }));
  return guid;
}

async function fileUrl(wire: Wire, guid: string): Promise<string> {
  const [message] = listAt(await wire.read(`/api/v2/safeboxes/${guid}/messages`), 'messages');
  const url = textAt(message, 'documents', 0, 'url');
  const target = url.slice(new URL(url).origin.length);
  return textAt(await wire.read(`${target}?user_email=ada@acme.example`), 'url');
}

test('every form of upload in the wild arrives whole, with its name', async (t) => {
  const { wire, control } = await startWorld(t);
  const { guid, key, uploadUrl } = await wire.initialize();
  const content = 'bytes é \r\n--X- of a file';
  const part = (disposition: string, more = ''): string =>
    `--B\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: text/plain\r\n${more}\r\n${content}\r\n`;
  const field = '--B\r\nContent-Disposition: form-data; name="type"\r\n\r\ntext/plain\r\n';
  const form = { 'Content-Type': 'multipart/form-data; boundary=B' };
  const raw = (disposition: string): OutgoingHttpHeaders => ({
    'Content-Type': 'text/plain',
    'Content-Disposition': disposition,
  });
  const forms: readonly (readonly [name: string, body: string, headers: OutgoingHttpHeaders])[] = [
    ['plain.txt', `${part('name="file"; filename="plain.txt"')}--B--\r\n`, form],
    [
      'java.txt',
      `${part('name="file"; filename="java.txt"', 'Content-Transfer-Encoding: binary\r\n')}--B--\r\n`,
      form,
    ],
    [
      'ruby.txt',
      `${part('name="file"; filename="ruby.txt"', `Content-Length: ${Buffer.byteLength(content)}\r\nContent-Transfer-Encoding: binary\r\n`)}--B--\r\n`,
      form,
    ],
    ['přehled ✓.txt', `${part('name="file"; filename="přehled ✓.txt"')}--B--\r\n`, form],
    ['php.txt', `${field}${part('name="file_contents"; filename="php.txt"')}--B--\r\n`, form],
    ['stream.txt', content, raw('attachment; filename="stream.txt"')],
    ['bare.txt', content, raw('attachment; filename=bare.txt')],
    ['ü1.txt', content, raw(`attachment; filename="${Buffer.from('ü1.txt').toString('latin1')}"`)],
    ['ü2.txt', content, raw("attachment; filename*=UTF-8''%C3%BC2.txt")],
  ];
  const ids: string[] = [];
  for (const [name, body, headers] of forms) {
    const answer = ok(await wire.call('POST', uploadUrl, { body, headers }));
    ids.push(textAt(answer, 'temporary_document', 'document_guid'));
    assert.deepEqual(keysOf(answer), ['temporary_document'], name);
  }
  ok(await wire.post('/api/v2/safeboxes', { safebox: { ...minimalBox(guid, key), document_ids: ids } }));
  const info = await wire.info(guid, 'messages,event_history');
  const sha = createHash('sha256').update(content).digest('hex');
  const size = Buffer.byteLength(content);
  assert.deepEqual(
    listAt(info, 'messages', 0, 'documents').map((document) => [
      at(document, 'id'),
      at(document, 'name'),
      at(document, 'sha'),
      at(document, 'size'),
    ]),
    forms.map(([name], index) => [ids[index], name, sha, size]),
  );
  assert.equal(at(info, 'event_history', 0, 'metadata', 'attachment_count'), forms.length);
  assert.equal(control.calls()['uploadFile'], forms.length);
});

test('one upload URL takes several files at once', async (t) => {
  const { wire, control } = await startWorld(t);
  const before = control.storage().documents;
  const guid = await commitWith(wire, [
    ['one', 'one.txt'],
    ['two', 'two.txt'],
    ['three', 'three.txt'],
  ]);
  const [message] = listAt(await wire.read(`/api/v2/safeboxes/${guid}/messages`), 'messages');
  assert.equal(listAt(message, 'documents').length, 3);
  assert.deepEqual(control.storage(), { ...control.storage(), documents: before + 3, unfinished: 0 });
});

test('a file can be announced before the commit and for a reply, and the upload says its id', async (t) => {
  const { wire } = await startWorld(t);
  const { guid, key } = await wire.initialize();
  const announce = {
    temporary_document: { document_file_size: 3 },
    multipart: false,
    public_encryption_key: null,
  };
  const announced = ok(await wire.post(`/api/v2/safeboxes/${guid}/uploads`, announce));
  const id = await upload(wire, textAt(announced, 'upload_url'), 'one');
  assert.match(textAt(announced, 'temporary_document_guid'), /^[0-9a-f]{32}$/);
  assert.notEqual(at(announced, 'temporary_document_guid'), id);
  ok(await wire.post('/api/v2/safeboxes', { safebox: { ...minimalBox(guid, key), document_ids: [id] } }));

  const next = ok(await wire.post(`/api/v2/safeboxes/${guid}/uploads.json`, announce));
  const second = await upload(wire, textAt(next, 'upload_url'), 'two');
  const reply = { safebox: { message: null, consent: null, document_ids: [second] } };
  ok(await wire.post(`/api/v2/safeboxes/${guid}/messages`, reply));
  const messages = listAt(await wire.read(`/api/v2/safeboxes/${guid}/messages`), 'messages');
  assert.equal(at(messages[1], 'documents', 0, 'id'), second);
  assert.equal(at(messages[1], 'note'), null);
  // What some message holds is temporary no more.
  assert.equal((await wire.post(`/api/v2/safeboxes/${guid}/messages`, reply)).status, 400);
});

test('the rules of the account decide which files are taken', async (t) => {
  const { wire, control } = await startWorld(t);
  const { uploadUrl } = await wire.initialize();
  const before = control.storage();
  const refusedFile = async (content: string, name: string, error: string): Promise<void> =>
    refused(await wire.call('POST', uploadUrl, multipart(content, name)), 400, { error });
  await refusedFile('MZ', 'setup.BAT', 'This type of file is not allowed.');
  control.changeSettings({ extension_filter: { mode: 'allow', list: ['PDF'] } });
  await refusedFile('x', 'noextension', 'This type of file is not allowed.');
  await upload(wire, uploadUrl, 'fine', 'contract.pdf');
  control.changeSettings({ extension_filter: { mode: 'forbid', list: [] }, virus_scan_enabled: true });
  await refusedFile('x', 'eicar.com', 'The file contains a virus.');
  control.changeSettings({ max_file_size_value: 1, max_file_size_unit: 'KB' });
  await upload(wire, uploadUrl, 'x'.repeat(1024));
  await refusedFile('x'.repeat(1025), 'long.pdf', 'The file is too large.');
  const raw = await wire.call('POST', uploadUrl, {
    body: 'x'.repeat(200_000),
    headers: { 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment; filename="long.txt"' },
  });
  refused(raw, 400, { error: 'The file is too large.' });
  assert.equal(control.storage().documents, before.documents + 2);
  assert.equal(control.storage().unfinished, 0);
});

test('of a file that is too large no more is kept than is allowed, even while it arrives', async (t) => {
  const { wire, control } = await startWorld(t);
  control.changeSettings({ max_file_size_value: 1, max_file_size_unit: 'KB' });
  const before = control.storage();
  const { uploadUrl } = await wire.initialize();
  let most = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const watched = function* (): Generator<Buffer> {
    for (let index = 0; index < 256; index++) {
      most = Math.max(most, control.storage().bytes);
      yield chunk;
    }
  };
  const answer = await wire.call('POST', uploadUrl, { body: Readable.from(watched()) });
  refused(answer, 400, { error: 'The file is too large.' });
  assert.ok(most <= before.bytes + 1024, `${most} bytes`);
  assert.deepEqual(control.storage(), before);
});

test('an upload without a file, malformed, or to a wrong URL is refused', async (t) => {
  const { wire, control } = await startWorld(t);
  const { uploadUrl } = await wire.initialize();
  const { headers } = multipart('');
  for (const body of [
    '--B--\r\n',
    '--B\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--B--\r\n',
    'nothing',
  ])
    assert.equal((await wire.call('POST', uploadUrl, { body, headers })).status, 400, body);
  const unbounded = { body: 'x', headers: { 'Content-Type': 'multipart/form-data' } };
  assert.equal((await wire.call('POST', uploadUrl, unbounded)).status, 400);
  refused(await wire.call('POST', `${uploadUrl}x`, multipart('x')), 404, NOT_FOUND);
  refused(await wire.get(uploadUrl), 404, NOT_FOUND);
  control.advanceClock({ ms: 24 * HOUR_MS });
  refused(await wire.call('POST', uploadUrl, multipart('x')), 404, NOT_FOUND);
  assert.equal(control.storage().unfinished, 0);
});

test('an upload that breaks off leaves nothing behind', async (t) => {
  const { wire, control, simulator } = await startWorld(t);
  const before = control.storage();
  const bodies = [
    { 'content-type': 'multipart/form-data; boundary=B' },
    { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename="half.txt"' },
  ];
  for (const headers of bodies) {
    const { uploadUrl } = await wire.initialize();
    const sent = request(uploadUrl, {
      method: 'POST',
      headers: { ...headers, 'content-length': 10_000_000 },
    });
    sent.on('error', () => undefined);
    sent.write('--B\r\nContent-Disposition: form-data; name="file"; filename="half.txt"\r\n\r\n');
    sent.write('x'.repeat(100_000));
    await until(() => control.storage().unfinished === 1);
    sent.destroy();
    await until(() => control.storage().unfinished === 0);
  }
  assert.deepEqual(control.storage(), before);

  const { uploadUrl } = await wire.initialize();
  const sent = request(uploadUrl, { method: 'POST', headers: { 'content-length': 10_000_000 } });
  sent.on('error', () => undefined);
  sent.write('x'.repeat(100_000));
  await until(() => control.storage().unfinished === 1);
  await simulator.stop();
  assert.deepEqual(control.storage(), before);
});

test('uploaded files that no message holds within a day are removed', async (t) => {
  const { wire, control } = await startWorld(t);
  const before = control.storage();
  const { uploadUrl } = await wire.initialize();
  await upload(wire, uploadUrl, 'never used');
  control.advanceClock({ ms: 24 * HOUR_MS });
  await wire.initialize();
  assert.deepEqual(control.storage(), before);
});

test('a download gives the bytes without a token and is then in the activity', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await commitWith(wire, [['some bytes', 'Überblick ✓.pdf']]);
  const activity = async (): Promise<unknown> =>
    at(
      await wire.read(`/api/v2/safeboxes/${guid}/download_activity`),
      'download_activity',
      'owner',
      'documents',
      0,
    );
  assert.equal(at(await activity(), 'downloaded_bytes'), 0);
  assert.equal(at(await activity(), 'download_date'), null);
  const url = await fileUrl(wire, guid);
  const answer = await wire.get(url);
  assert.equal(answer.text, 'some bytes');
  assert.equal(answer.headers['content-length'], '10');
  assert.equal(answer.headers['content-type'], 'application/pdf');
  assert.match(
    String(answer.headers['content-disposition']),
    /filename\*=UTF-8''%C3%9Cberblick%20%E2%9C%93\.pdf$/,
  );
  assert.deepEqual(
    [at(await activity(), 'downloaded_bytes'), at(await activity(), 'download_date')],
    [10, '2026-03-01T10:00:00.000Z'],
  );
  assert.equal(control.calls()['tokenSentToFileServer'], undefined);
  await wire.call('GET', url, { headers: { 'Authorization-Token': 'leaked' } });
  assert.equal(control.calls()['tokenSentToFileServer'], 1);
  control.advanceClock({ ms: HOUR_MS });
  refused(await wire.get(url), 404, NOT_FOUND);
});

test('a file URL is for participants with a known email', async (t) => {
  const { wire, enterprise, control } = await startWorld(t);
  const guid = await commitWith(wire, [['x', 'x.pdf']]);
  const id = textAt(
    await wire.read(`/api/v2/safeboxes/${guid}/messages`),
    'messages',
    0,
    'documents',
    0,
    'id',
  );
  const path = `/api/v2/safeboxes/${guid}/documents/${id}/url`;
  const unknown = { error: 'User email not found' };
  refused(await wire.get(`${path}?user_email=nobody@acme.example`), 400, unknown);
  refused(await enterprise.get(path), 400, unknown);
  refused(await wire.get(`${path}?user_email=otto@acme.example`), 403, ACCESS_DENIED);
  refused(await enterprise.get(`${path}?user_email=otto@acme.example`), 403, ACCESS_DENIED);
  ok(await enterprise.get(`${path}?user_email=ada@acme.example`));
  ok(await wire.get(path));
  refused(await wire.get(path.replace(id, 'f'.repeat(32))), 404, NOT_FOUND);
  const url = await fileUrl(wire, guid);
  ok(await wire.patch(`/api/v2/safeboxes/${guid}/close`));
  assert.equal((await wire.get(url)).status, 200);
  ok(await wire.patch(`/api/v2/safeboxes/${guid}/delete_content`));
  refused(await wire.get(path), 404, NOT_FOUND);
  refused(await wire.get(url), 404, NOT_FOUND);
  assert.equal(control.storage().documents, 2);
  refused(await wire.get(`/api/v2/safeboxes/${SEEDED.contentDeleted}/documents/${id}/url`), 404, NOT_FOUND);
});

test('files stream in and out however large, and an empty one passes too', async (t) => {
  const { wire } = await startWorld(t);
  const chunk = Buffer.alloc(64 * 1024, 'abcdefgh');
  const chunks = 512;
  for (const count of [0, chunks]) {
    const { guid, key, uploadUrl } = await wire.initialize();
    const sent = await wire.call('POST', uploadUrl, {
      body: Readable.from(repeat(chunk, count)),
      headers: { 'Content-Type': 'application/zip', 'Content-Disposition': 'attachment; filename="big.zip"' },
    });
    const id = textAt(ok(sent), 'temporary_document', 'document_guid');
    ok(await wire.post('/api/v2/safeboxes', { safebox: { ...minimalBox(guid, key), document_ids: [id] } }));
    const { bytes } = await wire.get(await fileUrl(wire, guid));
    assert.equal(bytes.length, count * chunk.length);
    const document = at(await wire.info(guid, 'messages'), 'messages', 0, 'documents', 0);
    assert.equal(at(document, 'sha'), createHash('sha256').update(bytes).digest('hex'));
    const activity = await wire.info(guid, 'download_activity');
    assert.equal(
      at(activity, 'download_activity', 'owner', 'documents', 0, 'downloaded_bytes'),
      bytes.length,
    );
    assert.notEqual(at(activity, 'download_activity', 'owner', 'documents', 0, 'download_date'), null);
  }
});

test('a download can be made to break off, and is then not counted', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await commitWith(wire, [['some bytes', 'a.pdf']]);
  const url = await fileUrl(wire, guid);
  control.cutNextDownload({ afterBytes: 4 });
  await assert.rejects(wire.get(url));
  const activity = await wire.info(guid, 'download_activity');
  assert.equal(at(activity, 'download_activity', 'owner', 'documents', 0, 'downloaded_bytes'), 0);
  assert.equal((await wire.get(url)).text, 'some bytes');
});

function* repeat(chunk: Buffer, count: number): Generator<Buffer> {
  for (let index = 0; index < count; index++) yield chunk;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, 'it never came true');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
