import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  currentRing,
  data,
  encryptPassword,
  failureCode,
  isEmpty,
  json,
  keyAt,
  startGuard,
  tokenSchema,
  type UserSession,
} from './wire.js';

const MINUTE_MS = 60_000;
const NONE = { data: {} };
const read = (user: UserSession, type = 'PGP') => user.token('GET', { query: { type } });
const check = async (user: UserSession) => json(await read(user));

test('a token is not attached unless it is told for how long', async (t) => {
  const { signIn, clock } = await startGuard(t);
  const anton = await signIn('anton');
  assert.deepEqual(await check(anton), NONE);
  const created = data(await anton.token('POST', { json: { password: 'key-pw' } }), tokenSchema);
  assert.equal(created.createdOn, clock.now());
  assert.deepEqual(await check(anton), NONE);
});

test('a token for some minutes is there until they are over, exactly', async (t) => {
  const { signIn, control, clock } = await startGuard(t);
  const anton = await signIn('anton');
  const auth = await anton.authenticate('key-pw', 1);
  const attached = { data: { auth, minutesValid: 1, createdOn: clock.now() } };
  assert.deepEqual(await check(anton), attached);
  await control.advanceClock({ ms: MINUTE_MS - 1 });
  assert.deepEqual(await check(anton), attached);
  await control.advanceClock({ ms: 1 });
  assert.deepEqual(await check(anton), NONE);
});

test('a token for zero minutes lasts as long as the session', async (t) => {
  const { signIn, control } = await startGuard(t);
  const anton = await signIn('anton');
  const auth = await anton.authenticate('key-pw', 0);
  for (let hour = 0; hour < 5; hour++) {
    await control.advanceClock({ ms: 59 * MINUTE_MS });
    assert.equal(at(await read(anton), 'data', 'auth'), auth);
  }
  await control.endSessions({ email: 'anton@example.com' });
  const again = await signIn('anton');
  assert.deepEqual(await check(again), NONE);
  assert.equal(failureCode(await again.token('PUT', { json: { auth, minutesValid: 0 } })), 'GRD-AUTH-0003');
});

test('a token for a single use is gone after the operation that used it', async (t) => {
  const { signIn } = await startGuard(t);
  const berta = await signIn('berta');
  const { id: keyid } = keyAt(await currentRing(berta), 0);
  const add = (email: string) =>
    berta.keys('POST', 'addUserId', { query: { keyid }, form: { name: 'Berta', email } });
  assert.equal(failureCode(await add('b1@example.com')), 'GRD-AUTH-0003');
  await berta.authenticate('key-pw', -1);
  assert.equal(at(await read(berta), 'data', 'minutesValid'), -1);
  assert.ok(isEmpty(await add('b2@example.com')));
  assert.deepEqual(await check(berta), NONE);
  assert.equal(failureCode(await add('b3@example.com')), 'GRD-AUTH-0003');
  await berta.authenticate('key-pw', 0);
  assert.ok(isEmpty(await add('b4@example.com')));
  assert.equal(at(await read(berta), 'data', 'minutesValid'), 0);
});

test('a token for a single use can be used by somebody else meanwhile', async (t) => {
  const { signIn, control } = await startGuard(t);
  const anton = await signIn('anton');
  await anton.authenticate('key-pw', -1);
  await control.consumeToken({ email: 'anton@example.com' });
  assert.deepEqual(await check(anton), NONE);
  await assert.rejects(control.consumeToken({ email: 'anton@example.com' }), /no token/);
});

test('each type of key has its own token in a session', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const pgp = await anton.authenticate('key-pw', 0);
  const smime = await anton.authenticate('smime-pw', 0, 'SMIME');
  assert.equal(at(await read(anton), 'data', 'auth'), pgp);
  assert.equal(at(await read(anton, 'SMIME'), 'data', 'auth'), smime);
});

test('a token can be attached later, and no token takes it away', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const auth = await anton.authenticate('key-pw');
  const save = (value: string | null) =>
    anton.token('PUT', { json: { auth: value, minutesValid: 30, type: 'PGP' } });
  const saved = data(await save(auth), tokenSchema);
  assert.equal(saved.minutesValid, 30);
  assert.deepEqual(await check(anton), { data: saved });
  assert.deepEqual(json(await save(null)), NONE);
  assert.deepEqual(await check(anton), NONE);
});

test('a token of another user, of another type or of nobody is not attached', async (t) => {
  const { signIn } = await startGuard(t);
  const [anton, berta] = [await signIn('anton'), await signIn('berta')];
  const save = (auth: string) => berta.token('PUT', { json: { auth, minutesValid: 0, type: 'PGP' } });
  const foreign = await anton.authenticate('key-pw');
  const otherType = await anton.authenticate('smime-pw', undefined, 'SMIME');
  for (const auth of [foreign, otherType, 'bm9ib2R5'])
    assert.equal(failureCode(await save(auth)), 'GRD-AUTH-0003');
  assert.equal(
    failureCode(await anton.token('PUT', { json: { auth: otherType, minutesValid: 0 } })),
    'GRD-AUTH-0003',
  );
  assert.deepEqual(await check(berta), NONE);
});

test('a Guard logout takes the tokens and leaves the App Suite session', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  await anton.authenticate('key-pw', 0);
  const answer = await anton.login('GET', 'logout');
  assert.deepEqual([answer.status, answer.text], [200, 'OK']);
  assert.deepEqual(await check(anton), NONE);
});

test('an encrypted password is PKCS#1 v1.5 for the key of the login answer', async (t) => {
  const { signIn, control } = await startGuard(t);
  const anton = await signIn('anton');
  const publicKey = async () => String(at(await anton.login('POST', 'login', { json: {} }), 'pubKey'));
  const create = (e_password: string) => anton.token('POST', { json: { e_password, minutesValid: 0 } });
  const encrypted = encryptPassword(await publicKey(), 'key-pw');
  assert.equal(encrypted.length, 344);
  assert.equal(data(await create(encrypted), tokenSchema).minutesValid, 0);
  assert.equal(failureCode(await create(encryptPassword(await publicKey(), 'wrong'))), 'GRD-AUTH-0001');
  for (const broken of ['AAAA', 'A'.repeat(344), Buffer.alloc(256, 1).toString('base64')])
    assert.equal(failureCode(await create(broken)), 'GRD-AUTH-0001');
  await control.unlockAccount({ email: 'anton@example.com' });
  const otherPadding = encryptPassword(await publicKey(), 'key-pw', 1);
  assert.equal(failureCode(await create(otherPadding)), 'GRD-AUTH-0001');
  await control.rotatePasswordKey();
  assert.equal(failureCode(await create(encrypted)), 'GRD-AUTH-0001');
  assert.equal(data(await create(encryptPassword(await publicKey(), 'key-pw')), tokenSchema).minutesValid, 0);
});

test('a token is not made without a password or for minutes that mean nothing', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  for (const body of [{}, { password: null }, { password: 'key-pw', minutesValid: -2 }, 'text'])
    assert.equal(failureCode(await anton.token('POST', { json: body })), 'GRD-CORE-0002');
});
