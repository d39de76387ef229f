import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey, readKey } from 'openpgp';
import { openGuard } from './open.js';
import type { Answer } from './open.js';

const CREATED = new Date('2026-01-01');

async function keyOf(email: string) {
  const { publicKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Somebody', email }],
    date: CREATED,
    format: 'armored',
  });
  return publicKey;
}

async function headerOf(email: string): Promise<string> {
  const key = await readKey({ armoredKey: await keyOf(email) });
  return `addr=${email}; prefer-encrypt=mutual; keydata=${Buffer.from(key.write()).toString('base64')}`;
}

const RING = 'publicRing { armored keys { id fingerprint } disagreements { field } }';

test('keys of others are uploaded, listed, written inline, found for contacts, and deleted', async (t) => {
  const { ask, command, done, signIn } = await openGuard(t);
  await signIn('anton');
  const armored = await keyOf('emil@outside.example');
  const { externalKeys } = await done(
    'uploadGuardExternalKeys',
    { armored },
    `externalKeys { id isOwned isInline isShared isGuardKey shareLevel ${RING} }`,
  );
  const [uploaded] = externalKeys;
  assert.deepEqual([uploaded.isOwned, uploaded.isInline, uploaded.isGuardKey], [true, false, false]);
  assert.deepEqual(uploaded.publicRing.disagreements, []);

  await done('setGuardExternalKeyInline', { id: uploaded.id, isInline: true }, 'isDone');
  const LIST = '{ guardExternalKeys { id isInline } }';
  assert.deepEqual((await ask(LIST))['guardExternalKeys'], [{ id: uploaded.id, isInline: true }]);
  const CONTACT =
    'query ($id: ID!) { guardContactKeys(folderId: "31", contactId: $id) { id isGuardKey publicRing { keys { userIds } } } }';
  const emil = (await ask(CONTACT, { id: '5' }))['guardContactKeys'] as Answer[];
  assert.deepEqual(
    emil.map(({ id }) => id),
    [uploaded.id],
  );
  assert.equal((await ask(CONTACT, { id: '2' }))['guardContactKeys'][0].isGuardKey, true);

  await done('deleteGuardExternalKey', { id: uploaded.id }, 'isDone');
  assert.deepEqual((await ask(LIST))['guardExternalKeys'], []);
  assert.equal((await command('deleteGuardExternalKey', { id: uploaded.id }))['problem'].code, 'NOT_FOUND');
});

test('what would be encrypted to is told with source and trust, and looking never makes a key', async (t) => {
  const { ask, command, done, run, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const FIND =
    'query ($email: String, $keyId: ID) { guardRecipientKey(email: $email, keyId: $keyId) { isGuest isNewKeyNeeded wasCreated source { name trustLevel isTrusted } publicRing { keys { id } } } }';
  const find = async (variables: Record<string, unknown>) =>
    (await ask(FIND, variables))['guardRecipientKey'];
  const berta = await find({ email: 'berta@example.com' });
  assert.deepEqual(berta.source, { name: 'GUARD_KEY_PAIR', trustLevel: 5, isTrusted: true });
  assert.deepEqual((await find({ keyId: berta.publicRing.keys[0].id })).source, berta.source);
  const trust = async (email: string) => (await find({ email })).source;
  assert.deepEqual(await trust('hkp-x@outside.example'), {
    name: 'HKP_PUBLIC_SERVER',
    trustLevel: 1,
    isTrusted: false,
  });
  assert.equal((await trust('wkd-x@outside.example')).isTrusted, false);
  assert.equal((await trust('uploaded-x@outside.example')).isTrusted, true);

  const nobody = { email: 'nobody@outside.example' };
  const missing = await find(nobody);
  assert.deepEqual([missing.publicRing, missing.isNewKeyNeeded, missing.wasCreated], [null, true, false]);
  const before = (await simulator.control.accounts()).length;
  await find(nobody);
  assert.equal((await simulator.control.accounts()).length, before);
  const made = await done(
    'createGuardRecipientKey',
    nobody,
    'recipientKey { wasCreated isGuest publicRing { keys { id } } }',
  );
  assert.deepEqual([made['recipientKey'].wasCreated, made['recipientKey'].isGuest], [true, true]);
  assert.equal((await simulator.control.accounts()).length, before + 1);

  const down = await run(FIND, { email: 'down@outside.example' });
  assert.equal(down.errors?.[0]?.extensions['code'], 'PROVIDER_UNAVAILABLE');
  assert.deepEqual(down.data, { guardRecipientKey: null });
  const making = await command('createGuardRecipientKey', { email: 'down@outside.example' });
  assert.equal(making['problem'].code, 'OUTCOME_UNKNOWN');
  const both = await run(FIND, { email: 'a@example.com', keyId: '1' });
  assert.equal(both.errors?.[0]?.extensions['code'], 'INVALID_INPUT');
});

test('a person has a key with its trust and a certificate; who has none has null, and an outage blanks one field', async (t) => {
  const { ask, run, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const PERSON =
    'query ($email: String!) { person(email: $email) { email pgpKey { source { isTrusted } publicRing { keys { fingerprint } } } smimeCertificate { serial isExpired expiresAt issuer } } }';
  const anton = (await ask(PERSON, { email: 'Anton@Example.com' }))['person'];
  assert.equal(anton.email, 'anton@example.com');
  assert.equal(anton.pgpKey.source.isTrusted, true);
  assert.match(anton.smimeCertificate.serial, /^\d+$/);
  assert.equal(anton.smimeCertificate.isExpired, false);
  const nobody = (await ask(PERSON, { email: 'nobody@outside.example' }))['person'];
  assert.deepEqual([nobody.pgpKey, nobody.smimeCertificate], [null, null]);
  const down = await run<Answer>(PERSON, { email: 'down@outside.example' });
  assert.deepEqual([down.data['person'].pgpKey, down.data['person'].smimeCertificate], [null, null]);
  assert.equal(down.errors?.[0]?.extensions['code'], 'PROVIDER_UNAVAILABLE');
  simulator.control.resetCalls();
  await ask('{ person(email: "anton@example.com") { email } }');
  assert.deepEqual(simulator.control.calls(), {});
});

test('a key in an Autocrypt header is taken for the sender of its mail alone, and verified by its fingerprint', async (t) => {
  const { ask, command, done, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const from = 'emil@outside.example';
  const header = await headerOf(from);
  const input = { header, from, sentAt: '2026-02-01T00:00:00Z' };
  const FIELDS = 'autocryptKey { wasAdded isNew keys { id fingerprint isMaster } }';
  const reported = await done('importGuardAutocryptKey', { ...input, action: 'REPORT' }, FIELDS);
  assert.deepEqual([reported['autocryptKey'].wasAdded, reported['autocryptKey'].isNew], [false, true]);
  const LIST = '{ guardExternalKeys(source: AUTOCRYPT) { id } }';
  assert.deepEqual((await ask(LIST))['guardExternalKeys'], []);
  const added = await done('importGuardAutocryptKey', input, FIELDS);
  assert.equal(added['autocryptKey'].wasAdded, true);
  assert.equal((await ask(LIST))['guardExternalKeys'].length, 1);
  const older = { header: await headerOf(from), from, sentAt: '2026-01-15T00:00:00Z' };
  assert.equal((await done('importGuardAutocryptKey', older, FIELDS))['autocryptKey'].wasAdded, false);

  const calls = () => simulator.control.calls()['importAutocryptHeader'];
  const before = calls();
  const forged = await command('importGuardAutocryptKey', { ...input, from: 'mallory@outside.example' });
  assert.deepEqual([forged['problem'].code, forged['problem'].path], ['INVALID_INPUT', ['input', 'from']]);
  const twice = { ...input, header: `addr=mallory@outside.example; ${header}` };
  assert.equal((await command('importGuardAutocryptKey', twice))['problem'].code, 'INVALID_INPUT');
  assert.equal(calls(), before);

  const { fingerprint } = added['autocryptKey'].keys[0];
  const SOURCE = `{ guardRecipientKey(email: "${from}") { source { name isTrusted } } }`;
  assert.equal((await ask(SOURCE))['guardRecipientKey'].source.isTrusted, false);
  const spaced = String(fingerprint)
    .toUpperCase()
    .replace(/(....)/g, '$1 ');
  await done('verifyGuardAutocryptKey', { fingerprint: spaced, isVerified: true }, FIELDS);
  assert.equal((await ask(SOURCE))['guardRecipientKey'].source.isTrusted, true);
  await done('verifyGuardAutocryptKey', { fingerprint, isVerified: false }, FIELDS);
  assert.equal((await ask(SOURCE))['guardRecipientKey'].source.isTrusted, false);
  const [{ id }] = (await ask(LIST))['guardExternalKeys'];
  await done('deleteGuardExternalKey', { id, source: 'AUTOCRYPT' });
});

test('guests sign in, choose a first password with their PIN, and get a new one by what was mailed', async (t) => {
  const { command, done, run, simulator } = await openGuard(t);
  const email = 'guest1@outside.example';
  const FIELDS = 'guest { state isRecoveryAvailable minPasswordLength productName }';
  const first = await done('signInGuardGuest', { email }, FIELDS);
  assert.deepEqual([first['guest'].state, first['guest'].minPasswordLength], ['AUTHENTICATED', 6]);
  const choice = {
    email,
    itemId: 'item-1',
    pin: '1234',
    newPassword: 'guest-pw',
    question: 'Pet?',
    answer: 'Rex',
  };
  assert.equal(
    (await command('setGuardGuestPassword', { ...choice, pin: '9999' }))['problem'].code,
    'WRONG_SECRET',
  );
  assert.equal(
    (await command('setGuardGuestPassword', { ...choice, pin: 'x' }))['problem'].code,
    'INVALID_INPUT',
  );
  const chosen = await done('setGuardGuestPassword', choice, 'guest { state token }');
  assert.match(chosen['guest'].token, /^[A-Za-z0-9+/=]{40,}$/);
  assert.equal(
    (await command('signInGuardGuest', { email, password: 'wrong' }))['problem'].code,
    'WRONG_SECRET',
  );
  await done('signInGuardGuest', { email, password: 'guest-pw' });

  assert.notEqual((await command('requestGuardGuestReset', { email, answer: 'Bello' }))['problem'], null);
  await done('requestGuardGuestReset', { email, answer: 'Rex', language: 'de_DE' }, 'isDone');
  const mail = (await simulator.control.outbox()).find(({ to }) => to === email);
  const reset = { email, resetId: mail?.secret ?? '', newPassword: 'newer-pw' };
  assert.equal(
    (await command('completeGuardGuestReset', { ...reset, resetId: 'no' }))['problem'].code,
    'PROVIDER_REJECTED',
  );
  await done('completeGuardGuestReset', reset, 'isDone');
  await done('signInGuardGuest', { email, password: 'newer-pw' });

  const { errors } = await run(
    `mutation { signInGuardGuest(input: { email: "${email}", password: "newer-pw" }) { guest { token } } }`,
    {},
    { scopes: ['guardcrypto:write'] },
  );
  assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
});

test('administrators delete and expose the keys of users, and nobody else does', async (t) => {
  const { ask, command, done, run, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const user = { userId: 7, contextId: 1 };
  assert.equal(
    (await command('deleteGuardUserKeys', { user, email: 'a@example.com' }))['problem'].code,
    'INVALID_INPUT',
  );
  await done('deleteGuardUserKeys', { user }, 'isDone');
  assert.deepEqual(await ask('{ guardKeyRings { id } guardCertificates { serial } }'), {
    guardKeyRings: [],
    guardCertificates: [],
  });
  const { url } = await done('exposeGuardKey', { email: 'anton@example.com', contextId: 1 }, 'url');
  assert.match(await (await fetch(url)).text(), /BEGIN PGP PRIVATE KEY BLOCK/);
  await done('deleteGuardUserKeys', { email: 'berta@example.com' }, 'isDone');

  simulator.control.resetCalls();
  const caller = {
    scopes: ['guardcrypto:read', 'guardcrypto:write', 'guardcrypto:private', 'guardcrypto:token'],
  };
  for (const document of [
    'mutation { deleteGuardUserKeys(input: { email: "carl@example.com" }) { isDone } }',
    'mutation { exposeGuardKey(input: { email: "anton@example.com", contextId: 1 }) { url } }',
  ]) {
    const { errors } = await run(document, {}, caller);
    assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
  }
  assert.deepEqual(simulator.control.calls(), {});
});

const UNKNOWN: readonly (readonly [name: string, input: Record<string, unknown>, field: string])[] = [
  ['verifyGuardAutocryptKey', { fingerprint: 'a'.repeat(40), isVerified: true }, 'fingerprint'],
  ['exposeGuardKey', { contextId: 1, email: 'nobody@example.com' }, 'email'],
  ['deleteGuardUserKeys', { email: 'nobody@example.com' }, 'email'],
  ['deleteGuardUserKeys', { user: { userId: 4_711, contextId: 1 } }, 'user'],
];
for (const [name, input, field] of UNKNOWN) {
  test(`${name} says that what ${field} names is not there`, async (t) => {
    const { command, signIn } = await openGuard(t);
    await signIn('anton');
    const { problem } = await command(name, input);
    assert.match(problem.code, /^(NOT_FOUND|INVALID_INPUT)$/);
    assert.deepEqual(problem.path, ['input', field]);
  });
}
