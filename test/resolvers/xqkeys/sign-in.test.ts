import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ANA, later, next, openXq, pass, PIN, upstreamCalls } from './open.js';
import type { Answer } from './open.js';

const SESSION =
  'session { id kind user address status signedInAt expiresAt dashboardExpiresAt person { email } }';
const AUTHORIZATION = 'authorization { id user status createdAt expiresAt }';

test('a person gets a session by request, PIN and exchange; its token never shows', async (t) => {
  const xq = await openXq(t);
  const requested = await xq.done('requestXqAccess', { user: ANA, firstName: 'Ana' }, AUTHORIZATION);
  const { id: authorizationId, status } = requested['authorization'];
  assert.equal(status, 'PENDING');

  const early = await xq.command('exchangeXqAccess', { authorizationId }, SESSION);
  assert.equal(early['problem'].code, 'SIGN_IN_REQUIRED');
  const wrong = await xq.command('confirmXqAccess', { authorizationId, pin: '000000' }, AUTHORIZATION);
  assert.deepEqual([wrong['problem'].code, wrong['problem'].path], ['WRONG_SECRET', ['input', 'pin']]);

  const confirmed = await xq.done('confirmXqAccess', { authorizationId, pin: PIN }, AUTHORIZATION);
  assert.equal(confirmed['authorization'].status, 'VALIDATED');
  const { session } = await xq.done('exchangeXqAccess', { authorizationId }, SESSION);
  assert.deepEqual(
    { kind: session.kind, user: session.user, address: session.address, status: session.status },
    { kind: 'USER', user: ANA, address: ANA, status: 'ACTIVE' },
  );
  assert.deepEqual(session.person, { email: ANA });
  const { xqSession, xqAuthorization } = await xq.ask(
    `query ($id: ID!) { xqSession { id token } xqAuthorization(id: $id) { status } }`,
    { id: authorizationId },
  );
  assert.equal(xqSession.id, session.id);
  assert.equal(xqAuthorization.status, 'EXCHANGED');
  const lines = JSON.stringify(xq.logger.lines);
  assert.equal(lines.includes(xqSession.token), false);
  assert.equal(lines.includes(PIN), false);
});

test("a request for access is nobody else's, and its PIN can be tried five times", async (t) => {
  const xq = await openXq(t);
  const requested = await xq.done('requestXqAccess', { user: ANA }, AUTHORIZATION);
  const { id: authorizationId } = requested['authorization'];
  const stranger = { subject: 'eve' };
  const { xqAuthorization } = await xq.ask(
    `query ($id: ID!) { xqAuthorization(id: $id) { status } }`,
    { id: authorizationId },
    stranger,
  );
  assert.equal(xqAuthorization, null);
  const stolen = await xq.command('confirmXqAccess', { authorizationId, pin: PIN }, '', stranger);
  assert.equal(stolen['problem'].code, 'NOT_FOUND');
  for (let tries = 0; tries < 5; tries++) {
    const wrong = await xq.command('confirmXqAccess', { authorizationId, pin: '000000' });
    assert.equal(wrong['problem'].code, 'WRONG_SECRET');
  }
  const before = upstreamCalls(xq);
  const locked = await xq.command('confirmXqAccess', { authorizationId, pin: PIN });
  assert.equal(locked['problem'].code, 'RATE_LIMITED');
  assert.equal(upstreamCalls(xq), before);
});

test('one operation checks one PIN', async (t) => {
  const xq = await openXq(t);
  const { errors } = await xq.run(
    `mutation ($a: ConfirmXqAccessInput!) { one: confirmXqAccess(input: $a) { problem { code } } two: confirmXqAccess(input: $a) { problem { code } } }`,
    { a: { authorizationId: 'x', pin: PIN } },
  );
  assert.equal(errors?.[0]?.extensions['code'], 'LIMIT_EXCEEDED');
});

test('whom the provider refuses, or does not know how to reach, gets no request', async (t) => {
  const xq = await openXq(t);
  const phone = await xq.done('requestXqAccess', { user: '(111) 222-3333' }, AUTHORIZATION);
  assert.equal(phone['authorization'].user, '(111) 222-3333');
  const invalid = await xq.command('requestXqAccess', { user: 'invalidUserString' }, AUTHORIZATION);
  assert.deepEqual([invalid['problem'].code, invalid['problem'].path], ['INVALID_INPUT', ['input', 'user']]);
  const blocked = await xq.command('requestXqAccess', { user: 'eve+blocked@example.com' }, AUTHORIZATION);
  assert.equal(blocked['problem'].code, 'FORBIDDEN');
  for (let sent = 0; sent < 5; sent++) await xq.done('requestXqAccess', { user: ANA });
  const many = await xq.command('requestXqAccess', { user: ` ${ANA.toUpperCase()}` });
  assert.equal(many['problem'].code, 'RATE_LIMITED');
});

test('a request that is exchanged, or over, is not exchanged again', async (t) => {
  const xq = await openXq(t);
  const dead = await xq.done('requestXqAccess', { user: 'eve+expired@example.com' }, AUTHORIZATION);
  assert.equal(dead['authorization'].status, 'EXPIRED');
  const requested = await xq.done('requestXqAccess', { user: ANA, businessId: '1234' }, AUTHORIZATION);
  const { id: authorizationId } = requested['authorization'];
  await xq.done('confirmXqAccess', { authorizationId, pin: PIN });
  await xq.done('exchangeXqAccess', { authorizationId, hasSelector: true }, SESSION);
  for (const id of [authorizationId, dead['authorization'].id]) {
    const before = upstreamCalls(xq);
    const again = await xq.command('exchangeXqAccess', { authorizationId: id }, SESSION);
    assert.equal(again['problem'].code, 'ALREADY_COMPLETED');
    assert.equal(upstreamCalls(xq), before);
  }
});

test('the same idempotency key sends one PIN', async (t) => {
  const xq = await openXq(t);
  const input = { user: ANA, idempotencyKey: 'once' };
  const first = await xq.done('requestXqAccess', input, AUTHORIZATION);
  const again = await xq.done('requestXqAccess', input, AUTHORIZATION);
  assert.deepEqual(again, first);
  assert.equal(xq.simulator.control.outbox().length, 1);
});

test('an alias signs in at once and has its own address', async (t) => {
  const xq = await openXq(t);
  const { session } = await xq.done('signInToXqAsAlias', { user: 'sensor-17' }, SESSION);
  assert.deepEqual([session.kind, session.address], ['ALIAS', 'sensor-17@alias.local']);
  const { xqSettings } = await xq.ask('{ xqSettings { user hasNewsletter notifications } }');
  assert.equal(xqSettings.user, 'sensor-17@alias.local');
  const registered = await xq.command('signInToXqAsAlias', { user: ANA });
  assert.deepEqual([registered['problem'].code, registered['problem'].path], ['CONFLICT', ['input', 'user']]);
});

test('a device signs in by the locator key of its team, and is announced', async (t) => {
  const xq = await openXq(t);
  const input = { businessId: '1234', device: 'press-07' };
  const wrong = await xq.command('signInToXqAsDevice', { ...input, locatorKey: 'no' }, 'isAnnounced');
  assert.deepEqual([wrong['problem'].code, wrong['problem'].path], ['WRONG_SECRET', ['input', 'locatorKey']]);
  const { session, isAnnounced } = await xq.done('signInToXqAsDevice', input, `isAnnounced ${SESSION}`);
  assert.deepEqual([session.kind, session.user, isAnnounced], ['DEVICE', 'press-07', true]);
  const foreign = await xq.command('signInToXqAsDevice', { ...input, device: 'foreign-ip' });
  assert.equal(foreign['problem'].code, 'FORBIDDEN');
  const noName = await xq.command('signInToXqAsDevice', { ...input, device: ' ' });
  assert.equal(noName['problem'].code, 'INVALID_INPUT');
});

test('a device signs in with a certificate; which part of a wrong one is wrong is not told', async (t) => {
  const xq = await openXq(t);
  const text = (file: string): string => readFileSync(xq.simulator.files[file] ?? '', 'utf8');
  const input = {
    certificateId: '7',
    certificate: text('clientCert'),
    transportKey: text('transportKey'),
    privateKey: text('clientKey'),
    device: 'press-08',
  };
  const { session, isAnnounced } = await xq.done(
    'signInToXqWithCertificate',
    input,
    `isAnnounced ${SESSION}`,
  );
  assert.deepEqual([session.kind, isAnnounced], ['DEVICE', true]);
  const silent = await xq.done('signInToXqWithCertificate', { ...input, announce: false }, 'isAnnounced');
  assert.equal(silent['isAnnounced'], false);
  const { privateKey: foreign } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const parts = {
    certificateId: '99',
    certificate: input.certificate.replace(/[A-Z]/, (letter) => (letter === 'A' ? 'B' : 'A')),
    transportKey: 'B'.repeat(43),
    privateKey: foreign.export({ type: 'pkcs8', format: 'pem' }),
  };
  const told: unknown[] = [];
  for (const wrong of [...Object.entries(parts), ['privateKey', 'AAAA'] as const]) {
    const { problem } = await xq.command('signInToXqWithCertificate', {
      ...input,
      ...Object.fromEntries([wrong]),
    });
    told.push(problem);
  }
  xq.simulator.control.enableCertificate({ id: 7, enabled: false });
  told.push((await xq.command('signInToXqWithCertificate', input))['problem']);
  for (const problem of told) assert.deepEqual(problem, told[0]);
  assert.equal(Object(told[0])['code'], 'WRONG_SECRET');
});

test('a certificate that the dashboard makes lets a device in', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const closed = await xq.command('createXqDeviceCertificate', { tag: 'line-9' });
  assert.equal(closed['problem'].code, 'SIGN_IN_REQUIRED');
  const opened = await xq.done('openXqDashboard', {}, SESSION);
  assert.notEqual(opened['session'].dashboardExpiresAt, null);
  const { certificate } = await xq.done(
    'createXqDeviceCertificate',
    { tag: 'line-9' },
    'certificate { id certificate transportKey privateKey }',
  );
  const { id: certificateId, ...rest } = certificate as Answer;
  const { session } = await xq.done('signInToXqWithCertificate', { certificateId, ...rest }, SESSION);
  assert.equal(session.kind, 'DEVICE');
});

test('signing out ends the token at the provider, and what is asked then needs a new session', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const { isSignedOut } = await xq.done('signOutOfXq', {}, 'isSignedOut');
  assert.equal(isSignedOut, true);
  const { errors } = await xq.run('{ xqSettings { user } }');
  assert.equal(errors?.[0]?.extensions['code'], 'SIGN_IN_REQUIRED');
  assert.equal((await xq.done('signOutOfXq', {}, 'isSignedOut'))['isSignedOut'], false);
  await xq.signIn();
  await xq.clock.advance(25 * 3_600_000);
  const ended = await xq.run('{ xqSettings { user } }');
  assert.equal(ended.errors?.[0]?.extensions['code'], 'CREDENTIAL_EXPIRED');
  assert.equal((await xq.done('signOutOfXq', {}, 'isSignedOut'))['isSignedOut'], false);
  const forgotten = await xq.run('{ xqSettings { user } }');
  assert.equal(forgotten.errors?.[0]?.extensions['code'], 'SIGN_IN_REQUIRED');
});

const AUTHORIZATION_CHANGED = `subscription ($id: ID!) { xqAuthorizationChanged(id: $id) {
  sequence source isTerminal endReason changes { from to } authorization { status } session { kind user } } }`;

test('whoever waits for the link gets a session when it is clicked', async (t) => {
  const xq = await openXq(t);
  const requested = await xq.done('requestXqAccess', { user: ANA }, AUTHORIZATION);
  const events = await xq.follow<Answer>(AUTHORIZATION_CHANGED, { id: requested['authorization'].id });
  const first = await next(events);
  assert.deepEqual([first['authorization'].status, first['session']], ['PENDING', null]);
  xq.simulator.control.clickLink({ user: ANA });
  const clicked = await later(events, xq);
  assert.deepEqual(
    [clicked['authorization'].status, clicked['isTerminal'], clicked['endReason'], clicked['session']],
    ['EXCHANGED', true, 'FINISHED', { kind: 'USER', user: ANA }],
  );
  assert.equal((await events.next()).done, true);
  const { xqSettings } = await xq.ask('{ xqSettings { user } }');
  assert.equal(xqSettings.user, ANA);
});

test('a request confirmed by PIN is left to its command, which the waiting see at once', async (t) => {
  const xq = await openXq(t);
  const requested = await xq.done('requestXqAccess', { user: ANA }, AUTHORIZATION);
  const { id: authorizationId } = requested['authorization'];
  const events = await xq.follow<Answer>(AUTHORIZATION_CHANGED, { id: authorizationId });
  await next(events);
  await xq.done('confirmXqAccess', { authorizationId, pin: PIN });
  assert.equal((await next(events))['authorization'].status, 'VALIDATED');
  await pass(xq, 60_000);
  await xq.done('exchangeXqAccess', { authorizationId });
  const exchanged = await next(events);
  assert.deepEqual(
    [exchanged['authorization'].status, exchanged['source'], exchanged['isTerminal']],
    ['EXCHANGED', 'COMMAND', true],
  );
});

test('nobody exchanges a clicked link unless somebody waits for it', async (t) => {
  const xq = await openXq(t);
  await xq.done('requestXqAccess', { user: ANA }, AUTHORIZATION);
  xq.simulator.control.clickLink({ user: ANA });
  await pass(xq, 60_000);
  const { xqSession } = await xq.ask('{ xqSession { id } }');
  assert.equal(xqSession, null);
});

test('a request that nobody confirms ends exactly when its time is over', async (t) => {
  const xq = await openXq(t);
  const requested = await xq.done('requestXqAccess', { user: ANA }, AUTHORIZATION);
  const { id, expiresAt } = requested['authorization'];
  const events = await xq.follow<Answer>(AUTHORIZATION_CHANGED.replace('sequence', 'observedAt'), { id });
  await next(events);
  const over = await later(events, xq, 5_000);
  assert.equal(over['authorization'].status, 'EXPIRED');
  assert.equal(String(over['observedAt']), String(expiresAt));
});

test('the viewer says where it is signed in, and when that is about to end; it calls nobody', async (t) => {
  const xq = await openXq(t);
  const VIEWER = '{ viewer { subject xqSession { provider account state } } }';
  assert.deepEqual((await xq.ask(VIEWER))['viewer'], { subject: 'anna', xqSession: null });
  xq.simulator.control.changeDialect({ accessMs: 30 * 60_000 });
  await xq.signIn();
  xq.simulator.control.resetCalls();
  const session = { provider: 'XQKEYS', account: ANA, state: 'ACTIVE' };
  assert.deepEqual((await xq.ask(VIEWER))['viewer'].xqSession, session);
  await xq.clock.advance(25 * 60_000);
  assert.deepEqual((await xq.ask(VIEWER))['viewer'].xqSession, { ...session, state: 'ENDING' });
  assert.equal(upstreamCalls(xq), 0);
});
