import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsOf, empty, jsonOf, refused, startWorld, textOf, type Wire } from './wire.js';

const SUBSCRIPTION = '/subscription/v2';
const AUTHORIZE = `${SUBSCRIPTION}/authorize`;
const EXCHANGE = `${SUBSCRIPTION}/exchange`;
const ANA = {
  user: 'ana@example.com',
  firstName: 'Ana',
  lastName: 'Ruiz',
  newsletter: false,
  notifications: 0,
};

const confirm = (wire: Wire, pin = '123456') => wire.get(`${SUBSCRIPTION}/codevalidation?pin=${pin}`);

test('the API key answers with the sixteen published scopes, and a wrong one with the published sentence', async (t) => {
  const { anonymous, control } = await startWorld(t);
  const { scopes } = jsonOf(await anonymous.get(`${SUBSCRIPTION}/apikey`));
  assert.ok(Array.isArray(scopes) && scopes.length === 16 && scopes.includes('edit:subscriber'));
  const wrong = { headers: { 'api-key': 'wrong' } };
  refused(await anonymous.call('GET', `${SUBSCRIPTION}/apikey`, wrong), 401, 'Failed to locate API key');
  refused(await anonymous.call('POST', AUTHORIZE, { body: ANA, ...wrong }), 401, 'Failed to locate API key');
  refused(await anonymous.call('GET', '/validation/v2/key/x', wrong), 401, 'Failed to locate API key');
  const general = '11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222';
  const atDashboard = { headers: { 'api-key': general } };
  refused(await anonymous.call('GET', '/dashboard/v2/session', atDashboard), 401, 'Failed to locate API key');
  control.enableApiKey({ key: 'general', enabled: false });
  refused(await anonymous.get(`${SUBSCRIPTION}/apikey`), 401, 'Failed to locate API key');
});

test('a person gets a mailed PIN that works once, and then one access token of its own', async (t) => {
  const { anonymous, withToken, control, clock } = await startWorld(t);
  const preAuth = withToken(textOf(await anonymous.post(AUTHORIZE, ANA)));
  const [mail] = control.outbox();
  assert.deepEqual([mail?.to, mail?.channel, mail?.pin], ['ana@example.com', 'mail', '123456']);
  refused(await preAuth.get(EXCHANGE), 401);
  refused(await confirm(preAuth, '654321'), 401);
  empty(await confirm(preAuth));
  refused(await confirm(preAuth), 409, 'The code was already used');
  const token = textOf(await preAuth.get(EXCHANGE));
  const claims = claimsOf(token);
  assert.equal(claims.sub, 'ana@example.com');
  assert.equal(claims.exp, clock.now() / 1000 + 24 * 60 * 60);
  assert.ok(token.length < 245 && !token.includes('status'));
  refused(await preAuth.get(EXCHANGE), 401);
  const settings = jsonOf(await withToken(token).get(`${SUBSCRIPTION}/settings`));
  assert.equal(settings['user'], 'ana@example.com');
});

test('who follows the mailed link can exchange, and the PIN is then of no use', async (t) => {
  const { anonymous, withToken, control } = await startWorld(t);
  const preAuth = withToken(textOf(await anonymous.post(AUTHORIZE, ANA)));
  const { link } = control.outbox()[0] ?? {};
  assert.equal((await anonymous.get(new URL(String(link)).pathname)).status, 200);
  refused(await confirm(preAuth), 409);
  textOf(await preAuth.get(EXCHANGE));
  assert.equal((await anonymous.get(new URL(String(link)).pathname)).status, 404);
  const second = withToken(textOf(await anonymous.post(AUTHORIZE, ANA)));
  control.clickLink({ user: 'ANA@example.com' });
  textOf(await second.get(EXCHANGE));
  assert.throws(() => control.clickLink({ user: 'ana@example.com' }), /waits/);
});

test('exchange takes every spelling of published clients, and binds the token to a team of the user only', async (t) => {
  const { anonymous, withToken, person } = await startWorld(t);
  const validated = async (user = 'ana@example.com'): Promise<Wire> => {
    const preAuth = withToken(textOf(await anonymous.post(AUTHORIZE, { user })));
    empty(await confirm(preAuth));
    return preAuth;
  };
  for (const query of [
    '?b=None&selector=False',
    '?selector=false',
    '?request=xq',
    '?b=1234&selector=True',
    '?',
    '',
  ])
    textOf(await (await validated()).get(EXCHANGE + query));
  refused(await (await validated('eve@elsewhere.example')).get(`${EXCHANGE}?b=1234`), 403);
  refused(await (await validated()).get(`${EXCHANGE}?b=99`), 403);
  refused(await (await validated()).get(`${EXCHANGE}?b=x`), 400);
  refused(await (await person()).get(EXCHANGE), 401);
});

test('a user is a mail address or a phone number', async (t) => {
  const { anonymous, control, withToken } = await startWorld(t);
  const preAuth = withToken(textOf(await anonymous.post(AUTHORIZE, { user: '(111) 222-3333' })));
  assert.deepEqual([control.outbox()[0]?.to, control.outbox()[0]?.channel], ['(111) 222-3333', 'sms']);
  empty(await confirm(preAuth));
  assert.equal(claimsOf(textOf(await preAuth.get(EXCHANGE))).sub, '(111) 222-3333');
  textOf(await anonymous.post(AUTHORIZE, { user: 'test@xqmsg.com' }));
  for (const user of ['invalidUserString', '', 'ana@alias.local', 5, null])
    refused(await anonymous.post(AUTHORIZE, { user }), 400);
  refused(await anonymous.post(AUTHORIZE, { ...ANA, notifications: 4 }), 400);
  refused(await anonymous.post(AUTHORIZE, '{'), 400);
});

test('a quiet request is answered with the PIN and nothing is mailed', async (t) => {
  const { anonymous, control, withToken } = await startWorld(t);
  control.changeDialect({ pin: '012345' });
  const { exchange, code } = jsonOf(await anonymous.post(AUTHORIZE, { ...ANA, quiet: true }));
  assert.equal(code, '012345');
  assert.deepEqual(control.outbox(), []);
  const preAuth = withToken(String(exchange));
  refused(await confirm(preAuth, '12345'), 401);
  empty(await confirm(preAuth, '012345'));
});

test('the message is written as asked: code alone, or text with the code and the link in it', async (t) => {
  const { anonymous, control } = await startWorld(t);
  textOf(await anonymous.post(AUTHORIZE, { ...ANA, codetype: 'pin' }));
  assert.deepEqual([control.outbox()[0]?.text, control.outbox()[0]?.link], ['123456', undefined]);
  const sms = { ...ANA, codetype: 'sms', text: 'Use $pin at $link', target: 'app://here' };
  textOf(await anonymous.post(AUTHORIZE, sms));
  assert.deepEqual(
    [control.outbox()[0]?.text, control.outbox()[0]?.channel],
    ['Use 123456 at app://here', 'sms'],
  );
});

test('names decide what happens by itself: links, blocks, dead tokens and slow mail', async (t) => {
  const { anonymous, withToken, control } = await startWorld(t);
  const begin = async (user: string): Promise<Wire> =>
    withToken(textOf(await anonymous.post(AUTHORIZE, { user })));
  const linked = await begin('ana+link@example.com');
  refused(await linked.get(EXCHANGE), 401);
  refused(await linked.get(EXCHANGE), 401);
  textOf(await linked.get(EXCHANGE));
  refused(await anonymous.post(AUTHORIZE, { user: 'ana+blocked@example.com' }), 403);
  refused(await anonymous.post(`${SUBSCRIPTION}/authorizealias`, { user: 'press+blocked' }), 403);
  refused(await confirm(await begin('ana+expired@example.com')), 401);
  const slow = await begin('ana+slowmail@example.com');
  assert.ok(!control.outbox().some(({ to }) => to.includes('slowmail')));
  refused(await confirm(slow), 401);
  control.advanceClock({ ms: 3000 });
  assert.ok(control.outbox().some(({ to }) => to.includes('slowmail')));
  empty(await confirm(slow));
});

test('tokens end: pre-auth tokens after fifteen minutes, access tokens after a day', async (t) => {
  const { anonymous, withToken, person, control } = await startWorld(t);
  const preAuth = withToken(textOf(await anonymous.post(AUTHORIZE, ANA)));
  control.advanceClock({ ms: 15 * 60_000 });
  refused(await confirm(preAuth), 401, 'Unauthorized');
  const ana = await person();
  control.advanceClock({ ms: 24 * 3_600_000 - 1 });
  jsonOf(await ana.get(`${SUBSCRIPTION}/settings`));
  control.advanceClock({ ms: 1 });
  refused(await ana.get(`${SUBSCRIPTION}/settings`), 401, 'Unauthorized');
});

test('each kind of token opens its own operations only', async (t) => {
  const { anonymous, withToken, person } = await startWorld(t);
  const preAuth = withToken(textOf(await anonymous.post(AUTHORIZE, ANA)));
  const ana = await person();
  for (const wire of [anonymous, preAuth, withToken('')]) {
    refused(await wire.get(`${SUBSCRIPTION}/settings`), 401);
    refused(await wire.post(`${SUBSCRIPTION}/packet`, { recipients: [], key: 'k' }), 401);
    refused(await wire.get('/validation/v2/key/x'), 401);
    refused(await wire.get('/dashboard/v2/session'), 401);
  }
  refused(await confirm(ana), 401);
  refused(await ana.get('/dashboard/v2/session'), 401);
});

test('an alias signs in by any name, has an address of its own and no account', async (t) => {
  const { anonymous, withToken } = await startWorld(t);
  const names = ['sensor-17', '123', '(111) 222-3333', 'a@b.com', 'sensor-17'];
  for (const user of names) {
    const token = textOf(await anonymous.post(`${SUBSCRIPTION}/authorizealias`, { user }));
    const alias = withToken(token);
    assert.equal(claimsOf(token).sub, `${user}@alias.local`);
    assert.equal(jsonOf(await alias.get(`${SUBSCRIPTION}/settings`))['user'], `${user}@alias.local`);
    assert.equal(jsonOf(await alias.get(`${SUBSCRIPTION}/subscriber`))['user'], `${user}@alias.local`);
    refused(await alias.call('PATCH', `${SUBSCRIPTION}/settings`, { body: { notifications: 1 } }), 403);
    refused(await alias.get('/dashboard/v2/login/verify?request=sub'), 401);
    refused(await alias.get(`${EXCHANGE}?request=dashboard`), 401);
  }
  refused(await anonymous.post(`${SUBSCRIPTION}/authorizealias`, { user: 'Ana@Example.com' }), 409);
  refused(await anonymous.post(`${SUBSCRIPTION}/authorizealias`, { user: ' ' }), 400);
});

test('settings and subscriber are read, changed and deleted with all tokens', async (t) => {
  const { person } = await startWorld(t);
  const [ana, other] = [await person(), await person()];
  const settings = `${SUBSCRIPTION}/settings`;
  empty(await ana.call('OPTIONS', settings, { body: { notifications: 3 } }));
  empty(await ana.call('PATCH', settings, { body: { newsLetter: true, notifications: 2 } }));
  refused(await ana.call('PATCH', settings, { body: { notifications: 9 } }), 400);
  assert.deepEqual(jsonOf(await ana.get(settings)), {
    user: 'ana@example.com',
    newsletter: true,
    notifications: 2,
  });
  const subscriber = jsonOf(await ana.get(`${SUBSCRIPTION}/subscriber`));
  assert.deepEqual(
    [subscriber['user'], subscriber['firstName'], subscriber['_sub']],
    ['ana@example.com', 'Ana', 2],
  );
  empty(await ana.call('DELETE', `${SUBSCRIPTION}/authorization`));
  refused(await ana.get(settings), 401);
  empty(await other.call('DELETE', `${SUBSCRIPTION}/subscriber`));
  refused(await other.get(settings), 401);
});

test('a delegate acts like its user for five minutes', async (t) => {
  const { person, withToken, control } = await startWorld(t);
  const ana = await person();
  const delegate = withToken(textOf(await ana.get(`${SUBSCRIPTION}/delegate`)));
  const locator = await ana.store({ recipients: [] });
  assert.equal(textOf(await delegate.key(locator)), '.1secret');
  control.advanceClock({ ms: 5 * 60_000 });
  refused(await delegate.key(locator), 401);
  assert.equal(textOf(await ana.key(locator)), '.1secret');
});

test('a combined token reads for all its users and writes for none', async (t) => {
  const { person, alias, withToken } = await startWorld(t);
  const [ana, bo, press] = [await person(), await person('bo@example.com'), await alias('press')];
  const combined = jsonOf(
    await press.post(`${SUBSCRIPTION}/combined`, { tokens: [ana.token, 'rubbish', bo.token] }),
  );
  assert.deepEqual([combined['merged'], combined['invalid']], [3, ['rubbish']]);
  const all = withToken(String(combined['token']));
  const locators = [await ana.store({ recipients: [] }), await bo.store({ recipients: [] })];
  for (const locator of locators) textOf(await all.key(locator));
  const [locator = ''] = locators;
  refused(await press.key(locator), 403);
  refused(await all.post(`${SUBSCRIPTION}/packet/add`, { recipients: [], key: 'k' }), 401);
  refused(await all.post(`/validation/v2/grant/${locator}`, { recipients: ['x@e.com'] }), 401);
  refused(await all.call('PATCH', `/validation/v2/revoke/${locator}`, { body: { recipients: [] } }), 401);
  refused(await all.call('DELETE', `/validation/v2/key/${locator}`), 401);
  refused(await withToken('xyz123').post(`${SUBSCRIPTION}/combined`, { tokens: [ana.token] }), 401);
});
