import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginningOf, KEY_PASSWORD, openGuard } from './open.js';
import type { Answer } from './open.js';

const TOKEN = '{ guardToken { isAttached lifetime createdAt expiresAt } }';
const FIELDS = 'token { type isAttached lifetime createdAt expiresAt }';

test('a token lasts as long as it is told to: one use, some minutes, the session', async (t) => {
  const { ask, command, done, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  assert.equal((await ask(TOKEN))['guardToken'], null);
  assert.equal((await command('createGuardToken', { password: 'wrong' }))['problem'].code, 'WRONG_SECRET');
  for (const input of [{ lifetime: 'TIMED' }, { lifetime: 'SESSION', minutes: 3 }]) {
    const refused = await command('createGuardToken', { password: KEY_PASSWORD, ...input });
    assert.deepEqual(refused['problem'].path, ['input', 'minutes']);
  }
  const loose = await done('createGuardToken', { password: KEY_PASSWORD }, FIELDS);
  assert.deepEqual([loose['token'].isAttached, loose['token'].lifetime], [false, null]);
  assert.equal((await ask(TOKEN))['guardToken'], null);

  const timed = await done('attachGuardToken', { lifetime: 'TIMED', minutes: 5 }, FIELDS);
  const { createdAt, expiresAt } = timed['token'];
  assert.equal(Number(expiresAt) - Number(createdAt), 5 * 60_000);
  assert.equal((await ask(TOKEN))['guardToken'].lifetime, 'TIMED');
  await simulator.control.advanceClock({ ms: 5 * 60_000 });
  assert.equal((await ask(TOKEN))['guardToken'], null);

  await done('createGuardToken', { password: KEY_PASSWORD, lifetime: 'SINGLE_USE' }, FIELDS);
  const { guardKeyRings } = await ask('{ guardKeyRings { id isCurrent } }');
  const keyId = (guardKeyRings as Answer[]).find(({ isCurrent }) => isCurrent === true)?.['id'];
  const named = { keyId, name: 'Toni', email: 'toni@example.com' };
  await done('addGuardUserId', named);
  const refused = await command('addGuardUserId', { ...named, name: 'Again' });
  assert.equal(refused['problem'].code, 'SIGN_IN_REQUIRED');

  await done('createGuardToken', { password: KEY_PASSWORD, lifetime: 'SESSION' }, FIELDS);
  await done('detachGuardToken', {}, 'isDone');
  assert.equal((await ask(TOKEN))['guardToken'], null);
});

test('the token itself is told under its own scope alone, and can be given back; that of somebody else is refused', async (t) => {
  const { ask, command, done, run, signIn } = await openGuard(t);
  await signIn('anton');
  const { token } = await done('createGuardToken', { password: KEY_PASSWORD }, 'token { token }');
  assert.match(token.token, /^[A-Za-z0-9+/=]{60,}$/);
  await done('attachGuardToken', { lifetime: 'SESSION', token: token.token });
  assert.equal((await ask('{ guardToken { token } }'))['guardToken'].token, token.token);
  const { data, errors } = await run('{ guardToken { token } }', {}, { scopes: ['guardcrypto:read'] });
  assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
  assert.doesNotMatch(JSON.stringify(data), beginningOf(String(token.token)));

  const eve = { subject: 'eve' };
  await signIn('berta', eve);
  const refused = await command('attachGuardToken', { lifetime: 'SESSION', token: token.token }, '', eve);
  assert.notEqual(refused['problem'], null);
  assert.equal(
    (await command('attachGuardToken', { lifetime: 'SESSION' }, '', eve))['problem'].code,
    'SIGN_IN_REQUIRED',
  );
});

test('passwords are encrypted wherever the server gives a key, also when it has another one since', async (t) => {
  const { command, done, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const bodyOf = () =>
    simulator.control
      .requests()
      .filter(({ operation }) => operation === 'createAuthToken')
      .at(-1)?.body;
  await done('createGuardToken', { password: KEY_PASSWORD });
  assert.ok(bodyOf()?.includes('e_password'));
  assert.ok(!bodyOf()?.includes('password'));

  await simulator.control.rotatePasswordKey();
  simulator.control.resetCalls();
  await done('createGuardToken', { password: KEY_PASSWORD });
  assert.deepEqual(simulator.control.calls(), { createAuthToken: 2, login: 1 });
  // A wrong password costs a try there, so it is sent once.
  simulator.control.resetCalls();
  assert.equal((await command('createGuardToken', { password: 'wrong' }))['problem'].code, 'WRONG_SECRET');
  assert.equal(simulator.control.calls()['createAuthToken'], 1);
  const tooLong = await command('createGuardToken', { password: 'x'.repeat(300) });
  assert.deepEqual(tooLong['problem'].path, ['input', 'password']);
});

test('an operator can turn the encryption of passwords off for a server that cannot read it', async (t) => {
  const { done, signIn, simulator } = await openGuard(t, {
    environment: { GUARDCRYPTO_ENCRYPT_PASSWORDS: 'false' },
  });
  await signIn('anton');
  await done('createGuardToken', { password: KEY_PASSWORD });
  const sent = simulator.control.requests().find(({ operation }) => operation === 'createAuthToken');
  assert.deepEqual(sent?.body, ['password']);
});
