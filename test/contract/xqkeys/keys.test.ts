import assert from 'node:assert/strict';
import { test } from 'node:test';
import { empty, jsonOf, refused, startWorld, textOf, type Wire } from './wire.js';

const PACKET = '/subscription/v2/packet';
const VALIDATION = '/validation/v2';
const BAD_PACKET = 'The submitted packet is not valid';

const grant = (wire: Wire, locator: string, recipients: unknown, method = 'POST') =>
  wire.call(method, `${VALIDATION}/grant/${locator}`, { body: { recipients } });
const revoke = (wire: Wire, locator: string, recipients: unknown) =>
  wire.call('PATCH', `${VALIDATION}/revoke/${locator}`, { body: { recipients } });
const remove = (wire: Wire, locator: string) => wire.call('DELETE', `${VALIDATION}/key/${locator}`);

test('a packet is sealed by one service and stored by the other, once and soon', async (t) => {
  const { person, control } = await startWorld(t);
  const ana = await person();
  const request = { meta: { subject: null }, type: 3, recipients: ['bo@example.com'], key: '.1c0ffee' };
  const packet = textOf(await ana.post(PACKET, { ...request, expires: 24 }));
  assert.doesNotMatch(packet, /"|\n|status|c0ffee/);
  refused(await ana.post(`${VALIDATION}/packet`, '123'), 400, BAD_PACKET);
  refused(await ana.post(`${VALIDATION}/packet`, `${packet.slice(0, -2)}AA`), 400, BAD_PACKET);
  const locator = textOf(await ana.post(`${VALIDATION}/packet`, packet));
  assert.match(locator, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(textOf(await ana.key(locator)), '.1c0ffee');
  refused(await ana.post(`${VALIDATION}/packet`, packet), 400, BAD_PACKET);
  const late = textOf(await ana.post(PACKET, request));
  control.advanceClock({ ms: 10 * 60_000 });
  refused(await ana.post(`${VALIDATION}/packet`, late), 400, BAD_PACKET);
});

test('bodies are read by operation whatever their content type, and unknown members are ignored', async (t) => {
  const { person } = await startWorld(t);
  const ana = await person();
  const body = {
    recipients: 'bo@example.com, cy@example.com',
    key: 'k',
    data: 'plain',
    algorithm: 'x',
    meta: null,
  };
  for (const type of ['application/x-www-form-urlencoded', 'text/plain;charset=UTF-8', 'application/json']) {
    const headers = { 'content-type': type };
    const packet = textOf(await ana.call('POST', PACKET, { body, headers }));
    const locator = textOf(await ana.call('POST', `${VALIDATION}/packet`, { body: packet, headers }));
    assert.equal(textOf(await ana.call('GET', `${VALIDATION}/key/${locator}`)), 'k');
  }
  const nested = await ana.store({ recipients: [['bo@example.com'], '', 'cy@example.com'], type: 'Chat' });
  assert.equal(textOf(await (await person('bo@example.com')).key(nested)), '.1secret');
  for (const wrong of [
    { recipients: [5], key: 'k' },
    { key: 'k' },
    { recipients: [], key: null },
    { recipients: [], key: 'k', expires: -1 },
    { recipients: [], key: 'k', expires: 1, unit: 'fortnights' },
    { recipients: [], keys: [] },
  ])
    refused(await ana.post(`${PACKET}/add`, wrong), 400);
});

test('many keys are stored at once: each element names its key and its locator, in order', async (t) => {
  const { person } = await startWorld(t);
  const [ana, bo] = [await person(), await person('bo@example.com')];
  const many = {
    meta: { subject: 'rows', meta: null },
    type: 5,
    recipients: ['55@group.local'],
    expires: 24,
  };
  const { tokens } = jsonOf(await ana.post(`${PACKET}/add`, { ...many, keys: ['.1aaaa', '.1bbbb'] }));
  assert.ok(Array.isArray(tokens));
  assert.deepEqual(
    tokens.map((token) => Object.keys(token)),
    [['.1aaaa'], ['.1bbbb']],
  );
  const [first, second] = tokens.map((token) => Object.values(token).join());
  assert.equal(textOf(await bo.key(String(first))), '.1aaaa');
  const { exported } = jsonOf(await bo.post(`${VALIDATION}/keys`, [second, 'missing', first]));
  assert.deepEqual(exported, [{ [String(second)]: '.1bbbb' }, { [String(first)]: '.1aaaa' }]);
  const entry = { type: 'database', meta: {}, recipients: ['bo@example.com'], expires: 1 };
  const batch = jsonOf(
    await ana.post(`${PACKET}/batch`, {
      entries: [
        { ...entry, key: 'x', unit: 'days' },
        { ...entry, key: 'y', unit: 'minutes' },
      ],
    }),
  );
  const [days, minutes] = Object.values(Object.assign({}, ...(batch['tokens'] as object[])));
  assert.deepEqual(jsonOf(await bo.expiration(String(days))), { expiresOn: 86_400 });
  assert.deepEqual(jsonOf(await bo.expiration(String(minutes))), { expiresOn: 60 });
});

test('owner and recipients read, others do not, until they are granted and after they are revoked', async (t) => {
  const { alias } = await startWorld(t);
  const [owner, friend, stranger] = [await alias('owner'), await alias('456'), await alias('789')];
  const locator = await owner.store({ recipients: ['456@alias.local'] });
  for (const wire of [owner, friend]) assert.equal(textOf(await wire.key(locator)), '.1secret');
  refused(await stranger.key(locator), 403);
  refused(await stranger.expiration(locator), 403);
  refused(await grant(stranger, locator, ['789@alias.local']), 403);
  refused(await grant(friend, locator, ['789@alias.local']), 403);
  empty(
    await owner.call('OPTIONS', `${VALIDATION}/grant/${locator}`, {
      body: { recipients: '789@alias.local' },
    }),
  );
  refused(await stranger.key(locator), 403);
  empty(await grant(owner, locator, ['789@ALIAS.local ']));
  assert.equal(textOf(await stranger.key(locator)), '.1secret');
  refused(await revoke(friend, locator, ['789@alias.local']), 403);
  empty(await revoke(owner, locator, '789@alias.local,nobody@nowhere.example'));
  refused(await stranger.key(locator), 403);
  empty(await grant(owner, locator, ['789@alias.local'], 'PATCH'));
  textOf(await stranger.key(locator));
  const open = await owner.store({ recipients: ['xq.public'] });
  assert.equal(textOf(await stranger.key(open)), '.1secret');
});

test('groups and the team stand for who belonged to them when the key was stored', async (t) => {
  const { person, dashboard } = await startWorld(t);
  const [ana, bo] = [await person(), await person('bo@example.com')];
  const admin = await dashboard();
  const members = ['cy@example.com'];
  const { id } = jsonOf(await admin.post('/dashboard/v2/usergroup', { name: 'Press', members }));
  const cy = await person('cy@example.com');
  const locator = await ana.store({ recipients: [`${String(id)}@_`] });
  textOf(await cy.key(locator));
  refused(await bo.key(locator), 403);
  const change = { members: ['bo@example.com'] };
  empty(await admin.call('PATCH', `/dashboard/v2/usergroup/${String(id)}`, { body: change }));
  textOf(await cy.key(locator));
  refused(await bo.key(locator), 403);
  empty(await revoke(ana, locator, [`${String(id)}@_`]));
  refused(await cy.key(locator), 403);
  const team = await ana.store({ recipients: ['team@group.local'] });
  textOf(await bo.key(team));
  refused(await cy.key(team), 403);
});

test('a key expires for everybody, and its expiration then says 0', async (t) => {
  const { person, control } = await startWorld(t);
  const ana = await person();
  const locator = await ana.store({ expires: 2 });
  assert.deepEqual(jsonOf(await ana.expiration(locator)), { expiresOn: 7200 });
  control.advanceClock({ ms: 7_199_000 });
  textOf(await ana.key(locator));
  control.advanceClock({ ms: 1000 });
  refused(await ana.key(locator), 410);
  refused(await grant(ana, locator, ['cy@example.com']), 404);
  assert.deepEqual(jsonOf(await ana.expiration(locator)), { expiresOn: 0 });
  const dead = await ana.store({ expires: 0 });
  assert.deepEqual(jsonOf(await ana.expiration(dead)), { expiresOn: 0 });
  refused(await ana.key(dead), 410);
});

test('a revoked key is gone for owner and recipients alike, and only its owner can revoke it', async (t) => {
  const { person } = await startWorld(t);
  const [ana, bo] = [await person(), await person('bo@example.com')];
  const [one, two, three] = [await ana.store(), await ana.store(), await ana.store()];
  refused(await remove(bo, one), 403);
  empty(await remove(ana, one));
  for (const wire of [ana, bo]) {
    refused(await wire.key(one), 404);
    refused(await wire.expiration(one), 404);
  }
  refused(await remove(ana, one), 404);
  refused(await ana.key('unknown'), 404);
  const bulk = `${VALIDATION}/key`;
  refused(await bo.call('DELETE', bulk, { body: { tokens: [two] } }), 403);
  refused(await ana.call('DELETE', bulk, { body: { tokens: [two, one] } }), 404);
  textOf(await ana.key(two));
  empty(await ana.call('DELETE', `${bulk}?tokens=${two}`, { body: { tokens: [two] } }));
  refused(await ana.key(two), 404);
  empty(await ana.call('DELETE', `${bulk}?tokens=${three}%2C`));
  refused(await ana.key(three), 404);
});

test('a key to be deleted on receipt survives its owner and its expiration, not the first recipient', async (t) => {
  const { person } = await startWorld(t);
  const [ana, bo] = [await person(), await person('bo@example.com')];
  const locator = await ana.store({ dor: true, recipients: ['bo@example.com', 'cy@example.com'] });
  textOf(await ana.key(locator));
  jsonOf(await bo.expiration(locator));
  assert.equal(textOf(await bo.key(locator)), '.1secret');
  refused(await bo.key(locator), 404);
  refused(await ana.key(locator), 404);
  refused(await ana.expiration(locator), 404);
  const other = await ana.store({ dor: true });
  assert.deepEqual(jsonOf(await bo.post(`${VALIDATION}/keys`, [other, other]))['exported'], [
    { [other]: '.1secret' },
  ]);
});

test('labels let things happen to a key by themselves', async (t) => {
  const { person, control } = await startWorld(t);
  const ana = await person();
  const labelled = (...labels: string[]) => ana.store({ meta: { labels } });
  const revoked = await labelled('sim:revoke-after=5');
  const expiring = await labelled('sim:expire-after=5');
  const fetched = await labelled('sim:fetch-after=5');
  const failing = await labelled('sim:fail=503x2');
  refused(await ana.expiration(failing), 503);
  refused(await ana.key(failing), 503);
  textOf(await ana.key(failing));
  control.advanceClock({ ms: 5000 });
  refused(await ana.key(revoked), 404);
  assert.deepEqual(jsonOf(await ana.expiration(expiring)), { expiresOn: 0 });
  const reads = control
    .events()
    .filter(({ action, token }) => action === 'val://fetchkey' && token === fetched);
  assert.deepEqual(
    reads.map(({ user }) => user),
    ['bo@example.com'],
  );
});
