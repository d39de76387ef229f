import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsOf, empty, jsonOf, refused, startWorld, textOf, type Wire } from './wire.js';

const DASHBOARD = '/dashboard/v2';
const ACTIONS = '/dashboard/v2/log?action=';

type Item = Record<string, unknown>;
const listOf = async (wire: Wire, path: string, name: string): Promise<Item[]> =>
  jsonOf(await wire.get(`${DASHBOARD}${path}`))[name] as Item[];
const communications = (wire: Wire, query = '') => listOf(wire, `/communications${query}`, 'communications');
const log = (wire: Wire, query = '') => listOf(wire, `/log${query}`, 'log');

test('a dashboard token comes of an access token, of a mailed link, of a password, and leads back', async (t) => {
  const { anonymous, person, withToken, control, clock } = await startWorld(t);
  const ana = await person();
  const check = async (token: string): Promise<void> => {
    const { sub, iss, exp } = claimsOf(token);
    assert.deepEqual([sub, iss, exp], ['ana@example.com', 'dashboard', clock.now() / 1000 + 86_400]);
    empty(await withToken(token).get(`${DASHBOARD}/session`));
  };
  await check(textOf(await ana.get(`${DASHBOARD}/login/verify?request=sub`)));
  await check(textOf(await ana.get(`${DASHBOARD}/login/verify?request=sub&bid=1234`)));
  refused(await ana.get(`${DASHBOARD}/login/verify?request=sub&bid=99`), 403);
  refused(await ana.get(`${DASHBOARD}/login/verify?request=default`), 401);
  const exchanged = textOf(await ana.get('/subscription/v2/exchange?request=dashboard'));
  await check(exchanged);
  const back = textOf(await withToken(exchanged).get('/subscription/v2/exchange?request=dashboard'));
  textOf(await withToken(back).key(await withToken(back).store()));

  empty(await anonymous.post(`${DASHBOARD}/login/link`, { email: 'ana@example.com' }));
  const [mail] = control.outbox();
  assert.equal(mail?.kind, 'dashboard');
  const preAuth = (await anonymous.get(new URL(String(mail?.link)).pathname)).text;
  assert.equal(claimsOf(preAuth).iss, 'preauth-dashboard');
  await check(textOf(await withToken(preAuth).get(`${DASHBOARD}/login/verify?request=default`)));
  refused(await withToken(preAuth).get(`${DASHBOARD}/login/verify?request=default`), 401);

  const password = { email: 'ana@example.com', pwd: 'ana-demo-password', method: 0 };
  await check(textOf(await anonymous.post(`${DASHBOARD}/login`, password)));
  await check(textOf(await anonymous.post(`${DASHBOARD}/login`, { pwd: 'ana-demo-password', method: 1 })));
  refused(await anonymous.post(`${DASHBOARD}/login`, { ...password, pwd: 'wrong' }), 401);
});

test('who signs up can sign in, once', async (t) => {
  const { anonymous } = await startWorld(t);
  const account = { email: 'new@example.org', pwd: 'new-password', optIn: true };
  empty(await anonymous.post(`${DASHBOARD}/signup`, account));
  refused(await anonymous.post(`${DASHBOARD}/signup`, account), 409);
  refused(await anonymous.post(`${DASHBOARD}/signup`, { email: 'ana@example.com', pwd: 'x' }), 409);
  textOf(await anonymous.post(`${DASHBOARD}/login`, { email: account.email, pwd: account.pwd, method: 0 }));
});

test('communications show what became of keys, and are found by every filter', async (t) => {
  const { person, dashboard, control, clock } = await startWorld(t);
  const [ana, bo] = [await person(), await person('bo@example.com')];
  const admin = await dashboard();
  const start = clock.now();
  const open = await ana.store({ meta: { subject: 'Q3 report', size: 5 }, type: 'file', expires: 4 });
  control.advanceClock({ ms: 1000 });
  const revoked = await ana.store({ recipients: ['cy@example.com'] });
  const expired = await bo.store({ meta: { labels: ['sim:expire-after=5'] } });
  const consumed = await ana.store({ dor: true, type: 'msg' });
  const silent = await ana.store({ type: 0 });
  empty(await ana.call('DELETE', `/validation/v2/key/${revoked}`));
  textOf(await bo.key(consumed));
  control.advanceClock({ ms: 9000 });

  const tokens = async (query = '') => (await communications(admin, query)).map(({ token }) => token);
  const all = await communications(admin);
  assert.deepEqual(Object.fromEntries(all.map(({ token, status }) => [token, status])), {
    [open]: 0,
    [revoked]: 1,
    [expired]: 2,
    [consumed]: 1,
  });
  assert.deepEqual(all.at(-1), {
    token: open,
    user: 'ana@example.com',
    status: 0,
    type: 1,
    meta: { subject: 'Q3 report', size: 5 },
    updated: start,
    recipients: ['bo@example.com'],
    created: start,
    expires: start + 4 * 3_600_000,
    threat: 1,
    labels: [],
  });
  assert.equal((await tokens())[0], expired);
  assert.deepEqual(await tokens('?status=0%2C2'), [expired, open]);
  assert.deepEqual(await tokens('?type=1'), [open]);
  assert.deepEqual(await tokens('?type=0'), [silent]);
  assert.deepEqual(await tokens('?users=bo@example.com'), [expired]);
  assert.deepEqual(await tokens('?recipients=cy@example.com'), [revoked]);
  assert.deepEqual(await tokens('?search=q3%20rep'), [open]);
  assert.deepEqual(await tokens('?threats=2,3'), []);
  assert.deepEqual(await tokens(`?from=${start}&to=${start}`), [open]);
  assert.deepEqual(await tokens(`?from=${start + 1001}`), [expired]);
  assert.deepEqual(await tokens('?limit=1&page=3'), [open]);
  assert.deepEqual(await tokens('?limit=1&page=4'), []);
  refused(await admin.get(`${DASHBOARD}/communications?search=(`), 400);
  refused(await admin.get(`${DASHBOARD}/communications?status=open`), 400);
  control.changeDialect({ metaAsText: true });
  assert.equal((await communications(admin, '?type=1'))[0]?.['meta'], '{"subject":"Q3 report","size":5}');
});

test('one communication is read by its locator, whose state is a number, and gains labels', async (t) => {
  const { person, dashboard, alias } = await startWorld(t);
  const locator = await (await person()).store({ meta: { labels: ['finance'] } });
  const admin = await dashboard();
  const one = `${DASHBOARD}/communication/${locator}`;
  empty(await admin.call('PATCH', `${one}/labels`, { body: { labels: ['urgent', 'finance'] } }));
  empty(await admin.call('PATCH', `${one}/labels`, { body: { labels: [] } }));
  const { status, token, labels } = JSON.parse(textless(await admin.get(one)));
  assert.deepEqual([status, token, labels], [0, locator, ['finance', 'urgent']]);
  const foreign = await (await alias('press')).store({ recipients: ['456@alias.local'] });
  refused(await admin.get(`${DASHBOARD}/communication/${foreign}`), 404);
  refused(await admin.get(`${DASHBOARD}/communication/unknown`), 404);
  const stranger = await dashboard('eve@elsewhere.example');
  refused(await stranger.get(one), 404);
  assert.deepEqual(await communications(stranger), []);
});

function textless({ status, text }: { status: number; text: string }): string {
  assert.equal(status, 200);
  return text;
}

test('the log tells in order who did what to which key, once, also what happened unseen', async (t) => {
  const { person, dashboard, control, clock } = await startWorld(t);
  const [ana, bo] = [await person(), await person('bo@example.com')];
  const admin = await dashboard();
  const start = clock.now();
  const locator = await ana.store({ meta: { labels: ['sim:fetch-after=2', 'sim:expire-after=3'] } });
  const other = await ana.store();
  textOf(await bo.key(locator));
  empty(await ana.post(`/validation/v2/grant/${other}`, { recipients: ['cy@example.com'] }));
  const body = { recipients: ['cy@example.com'] };
  empty(await ana.call('PATCH', `/validation/v2/revoke/${other}`, { body }));
  control.advanceClock({ ms: 10_000 });
  empty(await ana.call('DELETE', `/validation/v2/key/${other}`));
  const events = await log(admin);
  assert.deepEqual(
    events.map(({ action, user, timestamp }) => [action, user, Number(timestamp) - start]),
    [
      ['sub://packet', 'ana@example.com', 0],
      ['sub://packet', 'ana@example.com', 0],
      ['val://fetchkey', 'bo@example.com', 0],
      ['val://grant', 'ana@example.com', 0],
      ['val://revoke', 'ana@example.com', 0],
      ['val://fetchkey', 'bo@example.com', 2000],
      ['val://expired', 'ana@example.com', 3000],
      ['val://revokekey', 'ana@example.com', 10_000],
    ],
  );
  assert.equal(new Set(events.map(({ id }) => id)).size, 8);
  assert.deepEqual(await log(admin), events);
  assert.equal((await log(admin, '?action=val%3A%2F%2Ffetchkey')).length, 2);
  assert.equal((await log(admin, '?action=fetchkey')).length, 0);
  assert.equal((await log(admin, `?from=${start + 2000}&to=${start + 3000}`)).length, 2);
  assert.equal((await log(admin, `?keyid=${other}`)).length, 4);
  assert.equal((await log(admin, '?user=bo@example.com')).length, 2);
  const subscriber = jsonOf(await bo.get('/subscription/v2/subscriber'));
  assert.equal((await log(admin, `?user=${String(subscriber['id'])}`)).length, 2);
  assert.equal((await log(admin, '?data=cy@')).length, 2);
  assert.equal((await log(admin, '?regex=revokekey')).length, 1);
  assert.deepEqual(await log(admin, '?limit=3&page=2'), events.slice(6));
  refused(await admin.get(`${ACTIONS}(`), 400);
  const types = await listOf(admin, '/eventtypes', 'eventTypes');
  const known = new Set(types.map(({ action }) => action));
  assert.ok(events.every(({ action }) => known.has(action)));
});

test('a failed read leaves no trace as a read', async (t) => {
  const { person, alias, control } = await startWorld(t);
  const locator = await (await person()).store();
  refused(await (await alias('press')).key(locator), 403);
  await (await person()).expiration(locator);
  assert.deepEqual(
    control.events().map(({ action }) => action),
    ['sub://packet'],
  );
});

test('groups, contacts, teams and applications are made, shown, changed and removed', async (t) => {
  const { dashboard } = await startWorld(t);
  const admin = await dashboard();
  const at = (path: string) => DASHBOARD + path;
  const group = jsonOf(await admin.post(at('/usergroup'), { name: 'Press', members: ['a@e.com'] }))['id'];
  const groups = await listOf(admin, '/usergroup', 'groups');
  assert.deepEqual(
    groups.map(({ id }) => id),
    [55, group],
  );
  const groupPath = at(`/usergroup/${String(group)}`);
  empty(await admin.call('PATCH', groupPath, { body: { members: ['b@e.com'] } }));
  assert.deepEqual(jsonOf(await admin.get(groupPath)), { id: group, name: 'Press', members: ['b@e.com'] });
  empty(await admin.call('DELETE', groupPath));
  refused(await admin.get(groupPath), 404);

  const person = {
    firstName: 'Cy',
    lastName: 'Coe',
    email: 'cy@example.com',
    title: 'Dr',
    role: 3,
    overflow: false,
  };
  const contact = jsonOf(await admin.post(at('/contact'), { ...person, notifications: 2 }))['id'];
  const added = (await listOf(admin, '/contact', 'contacts')).find(({ id }) => id === contact);
  assert.deepEqual(
    [added?.['role'], added?.['status'], added?.['notificationsStatus']],
    ['Customer', 'Invited', 2],
  );
  empty(await admin.call('DELETE', at(`/contact/${String(contact)}`)));
  assert.equal((await listOf(admin, '/contact', 'contacts')).length, 2);
  assert.equal((await listOf(admin, '/contact/all', 'contacts')).length, 3);
  empty(await admin.call('DELETE', at(`/contact/${String(contact)}?delete=true`)));
  assert.equal((await listOf(admin, '/contact/all', 'contacts')).length, 2);
  refused(await admin.post(at('/contact'), { ...person, role: 8 }), 400);

  const team = jsonOf(await admin.post(at('/business'), { name: 'Second' }))['id'];
  assert.deepEqual(
    (await listOf(admin, '/businesses', 'businesses')).map(({ id }) => id),
    [1234, team],
  );
  assert.equal((await listOf(admin, '/workspaces/ana%40example.com', 'workspaces')).length, 2);
  assert.equal((await listOf(admin, '/workspaces/bo%40example.com', 'workspaces')).length, 1);
  const secondToken = textOf(await admin.get(at(`/business/${String(team)}/auth`)));
  assert.equal(claimsOf(secondToken).iss, 'dashboard');
  refused(await (await dashboard('bo@example.com')).get(at(`/business/${String(team)}/auth`)), 403);
  empty(await admin.call('PATCH', at('/business'), { body: { name: 'First' } }));
  assert.equal(jsonOf(await admin.get(at('/business')))['name'], 'First');

  const application = jsonOf(await admin.post(at('/devapp'), { name: 'App' }))['id'];
  empty(await admin.call('PATCH', at(`/devapp/${String(application)}`), { body: { name: 'Renamed' } }));
  for (const name of ['devapps', 'apps'])
    assert.deepEqual(await listOf(admin, '/devapps', name), [{ id: application, name: 'Renamed' }]);
  empty(await admin.call('DELETE', at(`/devapp/${String(application)}`)));
  assert.deepEqual(await listOf(admin, '/devapps', 'devapps'), []);
  const ranges = jsonOf(await admin.get(at('/trusted')))['ranges'] as string[];
  assert.ok(ranges.includes('127.0.0.0/8'));
});

test('the dashboard of one who has no team shows no team', async (t) => {
  const { dashboard } = await startWorld(t);
  const stranger = await dashboard('eve@elsewhere.example');
  for (const path of ['/business', '/usergroup', '/contact', '/devapps'])
    refused(await stranger.get(DASHBOARD + path), 403);
  assert.deepEqual(await listOf(stranger, '/businesses', 'businesses'), []);
});
