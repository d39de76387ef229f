import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { at, failureCode, isEmpty, json, keyRings, startGuard, type UserSession } from './wire.js';

const loginSchema = z.strictObject({
  server: z.string(),
  cid: z.int(),
  primaryEmail: z.string(),
  pubKey: z.base64(),
  auth: z.string(),
  recoveryAvail: z.boolean(),
  lang: z.record(z.string(), z.string()),
  settings: z.strictObject({
    pgpdefault: z.boolean(),
    pgpsign: z.boolean(),
    inline: z.boolean(),
    noDeletePrivate: z.boolean(),
    noRecovery: z.boolean(),
    noDeleteRecovery: z.boolean(),
    min_password_length: z.int(),
    password_length: z.int(),
  }),
});

async function login(user: UserSession, password: string | null, type = 'PGP') {
  const answer = await user.login('POST', 'login', { query: { type }, json: { encr_password: password } });
  return loginSchema.parse(json(answer));
}

const auth = async (user: UserSession, password: string | null, type?: string) =>
  (await login(user, password, type)).auth;

test('a Guard login without a password reads the settings, unwrapped', async (t) => {
  const { signIn } = await startGuard(t);
  const { cid, primaryEmail, recoveryAvail, settings } = await login(await signIn('dora'), null);
  assert.deepEqual(
    { cid, primaryEmail, recoveryAvail },
    { cid: 1, primaryEmail: 'dora@example.com', recoveryAvail: true },
  );
  assert.equal(settings.noDeletePrivate, true);
  const carl = await login(await signIn('carl'), null);
  assert.deepEqual([carl.recoveryAvail, carl.settings.noRecovery], [false, true]);
});

test('auth is a token for the right password and a short word in every other case', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  assert.match(await auth(anton, 'key-pw'), /^[A-Za-z0-9+/]{60,}=*$/);
  assert.equal(await auth(anton, null), 'Password Needed');
  assert.equal(await auth(anton, 'wrong'), 'Bad Password');
  assert.equal(await auth(anton, 'lockme'), 'Lockout');
  assert.equal(await auth(await signIn('carl'), 'key-pw'), 'No Key');
});

test('each type of key has its own password, and another type is refused', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  assert.match(await auth(anton, 'smime-pw', 'SMIME'), /^[A-Za-z0-9+/]{60,}=*$/);
  assert.equal(await auth(anton, 'key-pw', 'SMIME'), 'Bad Password');
  assert.equal(await auth(await signIn('berta'), 'smime-pw', 'SMIME'), 'No Key');
  const other = await anton.login('POST', 'login', { query: { type: 'X509' }, json: {} });
  assert.equal(failureCode(other), 'GRD-CORE-0002');
});

test('five wrong passwords lock an account for ten minutes, even for the right one', async (t) => {
  const { signIn, control } = await startGuard(t);
  const anton = await signIn('anton');
  for (let attempt = 1; attempt < 5; attempt++) assert.equal(await auth(anton, 'wrong'), 'Bad Password');
  assert.equal(await auth(anton, 'wrong'), 'Lockout');
  assert.equal(await auth(anton, 'key-pw'), 'Lockout');
  assert.equal(failureCode(await anton.token('POST', { json: { password: 'key-pw' } })), 'GRD-AUTH-0002');
  await control.advanceClock({ ms: 10 * 60_000 - 1 });
  assert.equal(await auth(anton, 'key-pw'), 'Lockout');
  await control.advanceClock({ ms: 1 });
  assert.equal((await auth(anton, 'key-pw')).length, 64);
});

test('the right password resets the count of wrong ones', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  for (let round = 0; round < 2; round++) {
    for (let attempt = 1; attempt < 5; attempt++) assert.equal(await auth(anton, 'wrong'), 'Bad Password');
    assert.equal((await auth(anton, 'key-pw')).length, 64);
  }
});

test('a change of password answers a new token, kills the older ones and keeps the key', async (t) => {
  const { signIn, clock } = await startGuard(t);
  const berta = await signIn('berta');
  const before = await keyRings(berta);
  const older = await berta.authenticate('key-pw', 0);
  const change = (oldpass: string, newpass: string) =>
    berta.login('POST', 'changepass', { json: { oldpass, newpass } });
  assert.equal(failureCode(await change('wrong', 'new-pw')), 'GRD-AUTH-0001');
  await clock.advance(5000);
  const { auth: token } = z.strictObject({ auth: z.base64() }).parse(json(await change('key-pw', 'new-pw')));
  const save = (value: string) => berta.token('PUT', { json: { auth: value, minutesValid: 5, type: 'PGP' } });
  assert.equal(failureCode(await save(older)), 'GRD-AUTH-0003');
  assert.equal(at(await save(token), 'data', 'auth'), token);
  assert.deepEqual([await auth(berta, 'key-pw'), (await auth(berta, 'new-pw')).length], ['Bad Password', 64]);
  const after = await keyRings(berta);
  assert.deepEqual(
    after.map(({ publicRing }) => publicRing),
    before.map(({ publicRing }) => publicRing),
  );
  assert.equal(after[0]?.passwordModificationTimestamp, clock.now());
});

test('the secondary address is a JSON string, an empty body without one, and needs the key password', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const read = () => anton.login('GET', 'secondary');
  assert.ok(isEmpty(await read()));
  assert.equal(json(await (await signIn('berta')).login('GET', 'secondary')), 'berta@private.example');
  const set = (password: string) =>
    anton.login('POST', 'changesecondary', { json: { password, email: 'anton@private.example' } });
  assert.equal(failureCode(await set('wrong')), 'GRD-AUTH-0001');
  assert.ok(isEmpty(await read()));
  assert.equal(json(await set('key-pw')), 'OK');
  assert.equal(json(await read()), 'anton@private.example');
});

test('a reset mails a new password to the secondary address, else the primary one', async (t) => {
  const { signIn, control } = await startGuard(t);
  const [berta, dora, carl] = [await signIn('berta'), await signIn('dora'), await signIn('carl')];
  const older = await berta.authenticate('key-pw');
  const reset = async (user: UserSession) => json(await user.login('GET', 'reset'));
  assert.deepEqual(
    [await reset(berta), await reset(dora), await reset(carl)],
    ['ok', 'primary', 'NoRecovery'],
  );
  const mails = await control.outbox();
  assert.deepEqual(
    mails.map(({ to, kind }) => [to, kind]),
    [
      ['berta@private.example', 'passwordReset'],
      ['dora@example.com', 'passwordReset'],
    ],
  );
  assert.equal(await auth(berta, 'key-pw'), 'Bad Password');
  assert.equal((await auth(berta, mails[0]?.secret ?? '')).length, 64);
  assert.equal(
    failureCode(await berta.token('PUT', { json: { auth: older, minutesValid: 0 } })),
    'GRD-AUTH-0003',
  );
});
