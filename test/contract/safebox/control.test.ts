import assert from 'node:assert/strict';
import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { simulators } from '../../../src/simulators/index.js';
import { safeboxSimulator } from '../../../src/simulators/safebox/simulator.js';
import { temporaryDirectory } from '../../support/simulators.js';
import { ADA, at, multipart, ok, SEEDED, startWorld, textAt, upload } from './wire.js';

test('the simulator is registered and tells how to point at it', async (t) => {
  const { simulator, enterprise } = await startWorld(t);
  assert.equal(simulators.get('safebox')?.name, 'safebox');
  const {
    SAFEBOX_API_TOKEN: token,
    SAFEBOX_FILE_ORIGINS: fileOrigin,
    ...environment
  } = simulator.environment;
  assert.deepEqual(environment, { SAFEBOX_URL: simulator.url, SAFEBOX_ENTERPRISE_ACCOUNT: 'acme' });
  assert.notEqual(new URL(String(fileOrigin)).origin, new URL(simulator.url).origin);
  assert.match(String(token), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ok(await enterprise.get('/api/v2/enterprises/acme/settings'));
});

test('the control port does what the control object does', async (t) => {
  const { simulator, wire, control, anonymous } = await startWorld(t);
  const post = async (verb: string, body: object): Promise<unknown> =>
    (await anonymous.post(`${simulator.controlUrl}/${verb}`, body)).json;
  const get = async (noun: string): Promise<unknown> =>
    (await anonymous.get(`${simulator.controlUrl}/${noun}`)).json;

  await post('advanceClock', { ms: 1000 });
  assert.equal(await get('time'), '2026-03-01T10:00:01.000Z');
  await post('guest', { guid: SEEDED.open, email: 'zoe@client.example', act: 'reply', note: 'Hello' });
  assert.equal(at(await wire.info(SEEDED.open), 'unread_count'), 2);
  await post('supplyKey', { guid: SEEDED.keyRequired });
  assert.equal(at(await wire.info(SEEDED.keyRequired), 'double_encryption_status'), 'deciphered');
  await post('changeSettings', { pdf_language: 'de' });
  assert.equal(at(await wire.read('/api/v2/enterprises/acme/settings'), 'pdf_language'), 'de');
  await post('changeDialect', { trailingSlash: false });
  assert.equal((await wire.get('/services/acme/portal/host')).text, simulator.url);
  const created = at(await post('createBoxes', { count: 1 }), 0);
  assert.equal(at(await get('boxes'), 0, 'guid'), created);
  assert.deepEqual(await get('storage'), control.storage());
  assert.equal(at(await get('addresses'), 'server'), simulator.url);
  assert.deepEqual(await get('calls'), {
    getUserToken: 1,
    getSafeboxInfo: 2,
    getEnterpriseSettings: 1,
    discoverPortal: 1,
  });
  await post('resetCalls', {});
  assert.deepEqual(await get('calls'), {});
  assert.equal(await post('revokeTokens', { username: 'ada' }), 1);
  assert.equal((await wire.get('/api/v2/safeboxes')).status, 401);
  const wrong = await anonymous.post(`${simulator.controlUrl}/guest`, {
    guid: SEEDED.open,
    email: 'x',
    act: 'read',
  });
  assert.deepEqual([wrong.status, wrong.json], [400, { error: 'this SafeBox has no such guest' }]);
  const closed = await anonymous.post(`${simulator.controlUrl}/supplyKey`, { guid: SEEDED.closed });
  assert.equal(closed.status, 400);
});

test('a reset brings the seeds back and keeps tokens and time', async (t) => {
  const { wire, control } = await startWorld(t);
  const { uploadUrl } = await wire.initialize();
  await upload(wire, uploadUrl, 'temporary');
  const guid = await wire.create();
  ok(await wire.patch(`/api/v2/safeboxes/${SEEDED.open}/close`));
  control.advanceClock({ ms: 1000 });
  control.reset();
  assert.equal((await wire.get(`/api/v2/safeboxes/${guid}`)).status, 404);
  assert.equal((await wire.call('POST', uploadUrl, multipart('x'))).status, 404);
  assert.equal(at(await wire.info(SEEDED.open), 'status'), 'in_progress');
  assert.equal(control.time(), '2026-03-01T10:00:01.000Z');
  assert.equal(control.storage().documents, 2);
});

test('faults meet the operation they wait for, with or without its effect', async (t) => {
  const { wire, control } = await startWorld(t);
  control.injectFault({ operation: 'reply', status: 503, body: '{}' });
  const messages = `/api/v2/safeboxes/${SEEDED.open}/messages`;
  const reply = { safebox: { message: 'Once', document_ids: [] } };
  ok(await wire.get(messages));
  assert.equal((await wire.post(messages, reply)).status, 503);
  control.injectFault({ operation: 'reply', hangUp: true, effect: true });
  await assert.rejects(wire.post(messages, reply));
  const notes = await wire.read(messages);
  assert.equal(at(notes, 'messages', 2, 'note'), 'Once');
  assert.equal(at(notes, 'messages', 3), undefined);

  const { uploadUrl } = await wire.initialize();
  control.injectFault({ operation: 'uploadFile', status: 502 });
  assert.equal((await wire.call('POST', uploadUrl, multipart('x'))).status, 502);
  const id = textAt(await wire.read(messages), 'messages', 0, 'documents', 0, 'id');
  const url = textAt(await wire.read(`/api/v2/safeboxes/${SEEDED.open}/documents/${id}/url`), 'url');
  control.injectFault({ operation: 'downloadFile', hangUp: true, count: 2 });
  await assert.rejects(wire.get(url));
  control.clearFaults();
  assert.equal((await wire.get(url)).text, 'One line of text.\n');
});

test('a restart forgets no SafeBox, token, favorite, file or time, and keeps secrets from others', async (t) => {
  const dir = await temporaryDirectory(t);
  const first = await startWorld(t, { dir });
  const { guid, key, uploadUrl } = await first.wire.initialize();
  const document = await upload(first.wire, uploadUrl, 'kept');
  await upload(first.wire, uploadUrl, 'not kept');
  const safebox = {
    guid,
    message: 'Kept',
    document_ids: [document],
    security_profile_id: 10,
    public_encryption_key: key,
    notification_language: 'en',
    recipients: [{ email: 'bob@ext.example' }],
  };
  ok(await first.wire.post('/api/v2/safeboxes', { safebox }));
  ok(
    await first.wire.post('/api/v2/enterprises/acme/users/123/favorites', {
      favorite: { email: 'x@ext.example' },
    }),
  );
  first.control.advanceClock({ ms: 5000 });
  const paths = [
    `/api/v2/safeboxes/${guid}/messages`,
    '/api/v2/enterprises/acme/users/123/favorites',
    '/api/v2/safeboxes',
  ];
  const read = async (from: typeof first): Promise<string[]> =>
    Promise.all(
      paths.map(async (path) => (await from.wire.get(path)).text.replaceAll(from.simulator.url, '')),
    );
  const before = await read(first);
  await first.simulator.stop();

  const second = await startWorld(t, { dir });
  assert.equal(second.control.time(), '2026-03-01T10:00:05.000Z');
  assert.equal(second.wire.token, first.wire.token);
  assert.equal(second.enterprise.token, first.enterprise.token);
  assert.deepEqual(await read(second), before);
  assert.equal(second.control.storage().documents, 3);
  const url = textAt(await second.wire.read(`/api/v2/safeboxes/${guid}/documents/${document}/url`), 'url');
  assert.equal((await second.wire.get(url)).text, 'kept');

  const files = [
    join(dir, 'world.json'),
    ...(await readdir(join(dir, 'documents'))).map((name) => join(dir, 'documents', name)),
  ];
  for (const file of files) assert.equal((await stat(file)).mode & 0o777, 0o600, file);
  const world = await readFile(join(dir, 'world.json'), 'utf8');
  assert.ok(!world.includes(ADA.password));
});

test('changes are written down within moments, so that a crash forgets little', async (t) => {
  const dir = await temporaryDirectory(t);
  const { wire, clock } = await startWorld(t, { dir });
  const guid = await wire.create();
  await clock.advance(200);
  // What a process that starts after the crash would find.
  const found = await temporaryDirectory(t);
  await cp(dir, found, { recursive: true });
  const second = await startWorld(t, { dir: found });
  assert.equal(at(await second.wire.info(guid), 'status'), 'in_progress');
});

test('a file that is not the simulator’s is not overwritten', async (t) => {
  const dir = await temporaryDirectory(t);
  await writeFile(join(dir, 'world.json'), '{"something":"else"}');
  await assert.rejects(safeboxSimulator.start({ dir }), /is not the simulator's/);
  assert.equal(await readFile(join(dir, 'world.json'), 'utf8'), '{"something":"else"}');
});
