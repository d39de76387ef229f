import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ManualClock } from '../support/manual-clock.js';
import { startSimulator, temporaryDirectory } from '../support/simulators.js';
import { acmeSimulator } from './acme.js';

async function startAcme(t: TestContext, dir?: string) {
  const clock = new ManualClock();
  const simulator = await startSimulator(t, acmeSimulator, { clock, ...(dir === undefined ? {} : { dir }) });
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    key = simulator.environment['ACME_API_KEY'],
  ) => {
    const answer = await fetch(new URL(path, simulator.url), {
      method,
      headers: { 'x-api-key': key ?? '' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      body: text && JSON.parse(text),
    };
  };
  const create = async (): Promise<string> => (await call('POST', '/v1/requests', { user: 'ann' })).body.id;
  return { simulator, control: simulator.control, clock, call, create };
}

test('one file is a simulator: operations, refusals, state, time and control', async (t) => {
  const { simulator, control, call, create } = await startAcme(t);
  const id = await create();
  assert.deepEqual(await call('GET', `/v1/requests/${id}`), {
    status: 200,
    type: 'application/json; charset=utf-8',
    body: { id, user: 'ann', status: 'OPEN', expiresAt: Date.UTC(2026, 2, 1, 10, 1) },
  });
  control.setStatus({ id, status: 'DENIED' });
  assert.equal((await call('GET', `/v1/requests/${id}`)).body.status, 'DENIED');
  const second = await create();
  control.advanceClock({ ms: 60_000 });
  assert.equal((await call('GET', `/v1/requests/${second}`)).body.status, 'EXPIRED');
  assert.equal(control.time(), '2026-03-01T10:01:00.000Z');
  assert.deepEqual(control.calls(), { createRequest: 2, getRequest: 3 });
  assert.equal(simulator.environment['ACME_URL'], simulator.url);
});

test('what is wrong with a request is said by its status alone, or in words', async (t) => {
  const { call, control } = await startAcme(t);
  assert.equal((await call('POST', '/v1/requests', { user: 'ann' }, 'wrong')).status, 401);
  assert.equal((await call('GET', '/v1/nothing', undefined, 'wrong')).status, 401);
  assert.equal((await call('GET', '/v1/nothing')).status, 404);
  assert.equal((await call('DELETE', '/v1/requests')).status, 405);
  assert.equal((await call('GET', '/v1/requests/')).status, 404);
  for (const body of ['{', '[]', {}, { user: '' }]) {
    const { status, body: said } = await call('POST', '/v1/requests', body);
    assert.equal(status, 400, JSON.stringify(body));
    assert.match(said.error, /user|expected/i);
  }
  assert.equal((await call('POST', '/v1/requests', 'x'.repeat(2 ** 20 + 1))).status, 413);
  assert.deepEqual(control.requests(), []);
});

test('a fault meets one call, and its default body is JSON', async (t) => {
  const { call, control } = await startAcme(t);
  control.injectFault({ operation: 'createRequest', status: 503, body: '{"busy":true}' });
  const answer = await call('POST', '/v1/requests', { user: 'ann' });
  assert.deepEqual(answer, { status: 503, type: 'application/json; charset=utf-8', body: { busy: true } });
  assert.equal((await call('POST', '/v1/requests', { user: 'ann' })).status, 200);
});

test('the state is in the file before the answer, and nothing that is gone', async (t) => {
  const dir = await temporaryDirectory(t);
  const first = await startAcme(t, dir);
  const id = await first.create();
  const written = async (): Promise<{ requests: { id: string; status: string }[] }> =>
    JSON.parse(await readFile(join(dir, 'state.json'), 'utf8'));
  assert.deepEqual(
    (await written()).requests.map((request) => request.id),
    [id],
  );
  const sizes: number[] = [];
  for (const status of ['APPROVED', 'DENIED', 'APPROVED', 'DENIED'] as const) {
    await fetch(`${first.simulator.controlUrl}/setStatus`, {
      method: 'POST',
      body: JSON.stringify({ id, status }),
    });
    assert.equal((await written()).requests[0]?.status, status);
    sizes.push((await stat(join(dir, 'state.json'))).size);
  }
  assert.equal(sizes[0], sizes[2]);
  assert.equal((await stat(join(dir, 'state.json'))).mode & 0o777, 0o600);
});

test('a restart forgets neither state nor time, and a foreign file stops the start with its name', async (t) => {
  const dir = await temporaryDirectory(t);
  const first = await startAcme(t, dir);
  const id = await first.create();
  first.control.advanceClock({ ms: 5000 });
  await first.simulator.stop();
  await writeFile(join(dir, 'state.json.new'), '{"requests":[{"id');
  const second = await startAcme(t, dir);
  assert.equal((await second.call('GET', `/v1/requests/${id}`)).body.user, 'ann');
  assert.equal(second.control.time(), '2026-03-01T10:00:05.000Z');
  await second.simulator.stop();
  for (const foreign of ['{"something":"else"}', 'not JSON', '[]']) {
    await writeFile(join(dir, 'state.json'), foreign);
    await assert.rejects(acmeSimulator.start({ dir }), /state\.json/);
    assert.equal(await readFile(join(dir, 'state.json'), 'utf8'), foreign);
  }
});

test('time that was moved before anything happened is not forgotten', async (t) => {
  const dir = await temporaryDirectory(t);
  const first = await startAcme(t, dir);
  first.control.advanceClock({ ms: 5000 });
  await first.simulator.stop();
  assert.equal((await startAcme(t, dir)).control.time(), '2026-03-01T10:00:05.000Z');
});

test('once it has stopped it writes no more: who starts in the same folder is not disturbed', async (t) => {
  const dir = await temporaryDirectory(t);
  const first = await startAcme(t, dir);
  const id = await first.create();
  await first.simulator.stop();
  const second = await startAcme(t, dir);
  second.control.setStatus({ id, status: 'APPROVED' });
  first.control.setStatus({ id, status: 'DENIED' });
  await second.simulator.stop();
  const third = await startAcme(t, dir);
  assert.equal((await third.call('GET', `/v1/requests/${id}`)).body.status, 'APPROVED');
});

test('a start that fails leaves nothing that listens', async (t) => {
  const { simulator } = await startAcme(t);
  const { port } = new URL(simulator.url);
  const listening = (): number =>
    process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;
  const before = listening();
  const dir = await temporaryDirectory(t);
  await assert.rejects(acmeSimulator.start({ dir, port: Number(port) }), { code: 'EADDRINUSE' });
  // Handles go in the turn after they were closed.
  while (listening() > before) await new Promise((resolve) => setImmediate(resolve));
});

test('what is long is written within 200 ms, and at the end', async (t) => {
  const dir = await temporaryDirectory(t);
  const { clock, control, create, call, simulator } = await startAcme(t, dir);
  await call('POST', '/v1/requests', { user: 'u'.repeat(2 ** 20 - 100) });
  await create();
  const size = async () => (await stat(join(dir, 'state.json'))).size;
  const before = await size();
  const id = await create();
  assert.equal(await size(), before);
  await clock.advance(200);
  assert.ok((await size()) > before);
  control.setStatus({ id, status: 'DENIED' });
  await simulator.stop();
  assert.match(await readFile(join(dir, 'state.json'), 'utf8'), /DENIED/);
});

test('it is described without being started', () => {
  const { operations, verbs, nouns } = acmeSimulator.describe();
  assert.deepEqual(operations, [
    { name: 'createRequest', method: 'POST', path: '/v1/requests' },
    { name: 'getRequest', method: 'GET', path: '/v1/requests/:id' },
  ]);
  assert.deepEqual(
    verbs.map(({ name }) => name),
    ['advanceClock', 'injectFault', 'clearFaults', 'resetCalls', 'setStatus'],
  );
  assert.match(JSON.stringify(verbs.at(-1)?.input), /"enum":\["OPEN","APPROVED","DENIED"\]/);
  assert.deepEqual(
    nouns.map(({ name }) => name),
    ['time', 'calls', 'requests'],
  );
});
