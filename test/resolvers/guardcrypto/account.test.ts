import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEY_PASSWORD, listOf, openGuard } from './open.js';
import type { Answer, GuardUnderTest } from './open.js';

const ACCOUNT = /* GraphQL */ `
  query ($type: GuardCryptoType!) {
    guardAccount(type: $type) {
      server
      contextId
      primaryEmail
      person {
        email
      }
      state
      isRecoveryAvailable
      hasPasswordEncryption
      languages {
        locale
        name
      }
      settings {
        isPrivateKeyDeletionForbidden
        isRecoveryForbidden
        minPasswordLength
      }
      secondaryEmail
      keyPresence {
        hasPrivateKey
        hasPublicKey
      }
    }
  }
`;

test('signing in keeps a session for its caller alone, sealed, and the password nowhere', async (t) => {
  const { ask, command, run, signIn, simulator, logger } = await openGuard(t);
  const SESSION = '{ guardSession { username userId contextId signedInAt expiresAt } }';
  assert.equal((await ask(SESSION))['guardSession'], null);
  const early = await run('{ guardKeyRings { id } }');
  assert.equal(early.errors?.[0]?.extensions['code'], 'SIGN_IN_REQUIRED');
  const wrong = await command('signInToGuard', { username: 'anton@example.com', password: 'wrong' });
  assert.deepEqual([wrong['problem'].code, wrong['problem'].provider], ['WRONG_SECRET', 'GUARDCRYPTO']);

  await signIn('anton');
  assert.deepEqual((await ask(SESSION))['guardSession'], {
    username: 'anton@example.com',
    userId: 7,
    contextId: 1,
    signedInAt: new Date('2026-03-01T10:00:00Z'),
    expiresAt: new Date('2026-03-08T10:00:00Z'),
  });
  assert.equal((await ask(SESSION, {}, { subject: 'eve' }))['guardSession'], null);
  assert.equal((await ask(SESSION, {}, { tenant: 'other' }))['guardSession'], null);
  const login = simulator.control.requests().find(({ operation }) => operation === 'appSuiteLogin');
  assert.deepEqual(login?.query, ['action']);
  assert.doesNotMatch(JSON.stringify(logger), /appsuite-pw/);

  // The former session is ended there, so that none is left behind.
  await signIn('anton');
  const sessions = async () => (await simulator.control.accounts())[0]?.sessions;
  assert.equal(await sessions(), 1);
  assert.deepEqual((await ask('mutation { signOutOfGuard { isSignedOut } }'))['signOutOfGuard'], {
    isSignedOut: true,
  });
  assert.equal(await sessions(), 0);
  assert.deepEqual((await ask('mutation { signOutOfGuard { isSignedOut } }'))['signOutOfGuard'], {
    isSignedOut: false,
  });
});

test('a session that has ended at the provider is told as such', async (t) => {
  const { command, run, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  await simulator.control.endSessions({ email: 'anton@example.com' });
  const { errors } = await run('{ guardKeyRings { id } }');
  assert.equal(errors?.[0]?.extensions['code'], 'CREDENTIAL_EXPIRED');
  assert.doesNotMatch(JSON.stringify(errors), /session expired|SES-0203.*[0-9a-f]{32}/i);
  const refused = await command('createGuardKey', { name: 'A', password: 'pw-pw-pw' });
  assert.equal(refused['problem'].code, 'CREDENTIAL_EXPIRED');
});

const found: Readonly<Record<string, (guard: GuardUnderTest) => Promise<unknown>>> = {
  'a query': ({ run }) => run('{ guardKeyRings { id } }'),
  'a command': ({ command }) => command('createGuardKey', { name: 'A', password: 'pw-pw-pw' }),
  'another query': ({ run }) => run('{ guardAccount { primaryEmail } }'),
};
for (const [what, find] of Object.entries(found))
  test(`a session that ${what} finds to be over is shown as over at once, and what follows it ends`, async (t) => {
    const guard = await openGuard(t);
    await guard.signIn('anton');
    const events = await guard.follow<Answer>(
      'subscription { guardSessionChanged { isTerminal endReason } }',
    );
    await events.next();
    await guard.simulator.control.endSessions({ email: 'anton@example.com' });
    await find(guard);
    const { viewer } = await guard.ask('{ viewer { guardSession { state } } }');
    assert.equal(viewer.guardSession.state, 'ENDED');
    const last = events.next();
    await guard.clock.advance(1);
    assert.deepEqual((await last).value?.data['guardSessionChanged'], {
      isTerminal: true,
      endReason: 'CREDENTIAL_EXPIRED',
    });
  });

test('the account tells settings and keys, without ever sending a password, and asks only for what is wanted', async (t) => {
  const { ask, signIn, simulator } = await openGuard(t);
  await signIn('berta');
  const { guardAccount } = await ask(ACCOUNT, { type: 'PGP' });
  assert.deepEqual(
    [guardAccount.primaryEmail, guardAccount.person.email, guardAccount.state, guardAccount.secondaryEmail],
    ['berta@example.com', 'berta@example.com', 'PASSWORD_NEEDED', 'berta@private.example'],
  );
  assert.deepEqual([guardAccount.isRecoveryAvailable, guardAccount.hasPasswordEncryption], [true, true]);
  assert.deepEqual(guardAccount.keyPresence, { hasPrivateKey: true, hasPublicKey: true });
  assert.ok(listOf(guardAccount.languages).some(({ locale }) => locale === 'de_DE'));
  const smime = (await ask(ACCOUNT, { type: 'SMIME' }))['guardAccount'];
  assert.deepEqual(smime.keyPresence, { hasPrivateKey: false, hasPublicKey: false });
  assert.equal(smime.state, 'NO_KEY');
  for (const { body } of simulator.control.requests().filter(({ operation }) => operation === 'login'))
    assert.deepEqual(body, []);

  simulator.control.resetCalls();
  await ask('{ guardAccount { primaryEmail } }');
  assert.deepEqual(simulator.control.calls(), { login: 1 });
});

test('where the server does not know how to tell whether there are keys, the lists tell it', async (t) => {
  const { ask, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  for (const [operation, type] of [
    ['hasKeys', 'PGP'],
    ['hasCertificates', 'SMIME'],
  ]) {
    simulator.control.injectFault({
      operation: operation ?? '',
      status: 500,
      body: 'unknown action',
      contentType: 'text/plain',
    });
    const { guardAccount } = await ask(ACCOUNT, { type });
    assert.deepEqual(guardAccount.keyPresence, { hasPrivateKey: true, hasPublicKey: true });
  }
});

test('the key password is changed, a secondary address is set, and a lost password is replaced', async (t) => {
  const { ask, command, done, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const change = { oldPassword: KEY_PASSWORD, newPassword: 'better-pw' };
  assert.equal(
    (await command('changeGuardPassword', { ...change, oldPassword: 'no' }))['problem'].code,
    'WRONG_SECRET',
  );
  assert.deepEqual(await done('changeGuardPassword', change, 'isDone'), { problem: null, isDone: true });
  // The token that came with it is kept here and can be attached.
  const attached = await done('attachGuardToken', { lifetime: 'SESSION' }, 'token { isAttached lifetime }');
  assert.deepEqual(attached['token'], { isAttached: true, lifetime: 'SESSION' });

  const email = 'anton@private.example';
  await done('setGuardSecondaryEmail', { email, password: 'better-pw' }, 'isDone');
  assert.equal(
    (await command('setGuardSecondaryEmail', { email: 'none', password: 'x' }))['problem'].path[1],
    'email',
  );
  assert.equal((await ask(ACCOUNT, { type: 'PGP' }))['guardAccount'].secondaryEmail, email);

  const reset = await done('resetGuardPassword', {}, 'sentTo');
  assert.equal(reset['sentTo'], 'SECONDARY');
  const [mail] = await simulator.control.outbox();
  assert.equal(mail?.to, email);
  await done('createGuardToken', { password: mail?.secret ?? '' }, 'token { isAttached }');

  await signIn('carl');
  assert.equal((await command('resetGuardPassword', {}, 'sentTo'))['problem'].code, 'NOT_SUPPORTED');
});

test('wrong passwords are counted there and here, and one operation checks one of them', async (t) => {
  const { command, run, signIn } = await openGuard(t);
  await signIn('anton');
  const locked = await command('createGuardToken', { password: 'lockme' });
  assert.equal(locked['problem'].code, 'LOCKED');
  const { errors } = await run(`mutation {
    a: createGuardToken(input: { password: "1" }) { problem { code } }
    b: openGuardPrivateKeyRing(input: { password: "2" }) { problem { code } }
  }`);
  assert.equal(errors?.[0]?.extensions['code'], 'LIMIT_EXCEEDED');
  let code = '';
  for (let tries = 0; tries < 25 && code !== 'RATE_LIMITED'; tries++)
    code = (await command('createGuardToken', { password: `guess ${tries}` }))['problem'].code;
  assert.equal(code, 'RATE_LIMITED');
});

test('the same command with the same key is done once', async (t) => {
  const { command, done, signIn, simulator } = await openGuard(t);
  await signIn('carl');
  const input = { name: 'Carl', password: 'new-pw', idempotencyKey: 'make-one' };
  const first = await done('createGuardKey', input, 'keyRing { id }');
  const again = await done('createGuardKey', input, 'keyRing { id }');
  assert.deepEqual(again, first);
  assert.equal(simulator.control.calls()['createKey'], 1);
  const other = await command('createGuardKey', { ...input, name: 'Karl' });
  assert.equal(other['problem'].code, 'IDEMPOTENCY_MISMATCH');

  simulator.control.injectFault({ operation: 'createKey', hangUp: true, effect: true });
  const lost = { name: 'Carl', password: 'new-pw', idempotencyKey: 'lost-one' };
  assert.equal((await command('createGuardKey', lost))['problem'].code, 'OUTCOME_UNKNOWN');
  assert.equal((await command('createGuardKey', lost))['problem'].code, 'OUTCOME_UNKNOWN');
  assert.equal(simulator.control.calls()['createKey'], 2);
});
