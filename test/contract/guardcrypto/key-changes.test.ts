import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey, readKey, readKeys } from 'openpgp';
import {
  at,
  currentRing,
  failureCode,
  isEmpty,
  keyAt,
  keyRings,
  publicRing,
  startGuard,
  type UserSession,
} from './wire.js';

const CREATED = Date.UTC(2026, 0, 1);

async function ecKey(email: string, passphrase?: string) {
  return generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Upload', email }],
    date: new Date(CREATED),
    ...(passphrase === undefined ? {} : { passphrase }),
    format: 'armored',
  });
}

const revoke = (user: UserSession, keyid: string, reason?: string, password = 'key-pw') =>
  user.keys('POST', 'revoke', {
    query: { keyid, ...(reason === undefined ? {} : { reason }) },
    form: { password },
  });

test('a new user id is certified and leaves expiry, primary id and foreign certifications alone', async (t) => {
  const { signIn } = await startGuard(t);
  const berta = await signIn('berta');
  const before = await currentRing(berta);
  const { id: keyid, validSeconds, fingerPrint } = keyAt(before, 0);
  const query = { keyid, name: 'B. Celik', email: 'b@celik.example' };
  assert.equal(failureCode(await berta.keys('POST', 'addUserId', { query })), 'GRD-AUTH-0003');
  assert.ok(isEmpty(await berta.keys('POST', 'addUserId', { query, form: { password: 'key-pw' } })));
  const after = await currentRing(berta);
  const expected = ['Berta Celik <berta@example.com>', 'B. Celik <b@celik.example>'];
  assert.deepEqual(
    [keyAt(after, 0).userIds, keyAt(after, 0).validSeconds, keyAt(after, 0).fingerPrint],
    [expected, validSeconds, fingerPrint],
  );
  assert.notEqual(publicRing(after).hash, publicRing(before).hash);
  const key = await readKey({ armoredKey: publicRing(after).ring });
  const date = new Date(Date.UTC(2026, 2, 2));
  assert.equal((await key.getPrimaryUser(date)).user.userID?.userID, expected[0]);
  assert.deepEqual(
    (await key.verifyAllUsers(undefined, date)).filter(({ valid }) => valid === false),
    [],
  );
  assert.equal(key.users[0]?.otherCertifications.length, 1);
  const subkey = { ...query, keyid: keyAt(after, 1).id };
  const wrong = await berta.keys('POST', 'addUserId', { query: subkey, form: { password: 'key-pw' } });
  assert.equal(failureCode(wrong), 'GRD-KEYS-0001');
});

test('a user id that is there already is there once', async (t) => {
  const { signIn } = await startGuard(t);
  const berta = await signIn('berta');
  const { id: keyid, userIds } = keyAt(await currentRing(berta), 0);
  const add = (name: string, email: string, password = 'key-pw') =>
    berta.keys('POST', 'addUserId', { query: { keyid, name, email }, form: { password } });
  assert.ok(isEmpty(await add('Berta Celik', 'berta@example.com')));
  for (let times = 0; times < 2; times++) assert.ok(isEmpty(await add('B. Celik', 'b@celik.example')));
  assert.equal(failureCode(await add('B. Celik', 'b@celik.example', 'wrong')), 'GRD-AUTH-0001');
  const after = await currentRing(berta);
  assert.deepEqual(keyAt(after, 0).userIds, [...userIds, 'B. Celik <b@celik.example>']);
  const key = await readKey({ armoredKey: publicRing(after).ring });
  assert.equal(key.users.length, 2);
});

test('a revoked master is revoked for the reason given, in words OpenPGP knows', async (t) => {
  const { signIn } = await startGuard(t);
  const reasons = {
    no_reason: 0,
    key_superseded: 1,
    key_compromised: 2,
    key_retired: 3,
    user_no_longer_valid: 32,
  };
  const carl = await signIn('carl');
  for (const [reason, flag] of Object.entries(reasons)) {
    await carl.keys('POST', 'create', { form: { password: 'key-pw', name: 'Carl' } });
    const { id } = keyAt(await currentRing(carl), 0);
    assert.ok(isEmpty(await revoke(carl, id, reason)));
    const ring = await currentRing(carl);
    assert.deepEqual([keyAt(ring, 0).revoked, keyAt(ring, 1).revoked], [true, false]);
    const key = await readKey({ armoredKey: publicRing(ring).ring });
    assert.equal(key.revocationSignatures[0]?.reasonForRevocationFlag, flag);
  }
});

test('a revoked subkey leaves its master good, but nobody encrypts to the ring any more', async (t) => {
  const { signIn } = await startGuard(t);
  const berta = await signIn('berta');
  const recipient = async () =>
    at(
      await berta.keys('GET', 'getRecipKey', { query: { email: 'berta@example.com' } }),
      'data',
      'publicRing',
    );
  assert.notEqual(await recipient(), undefined);
  assert.equal(
    failureCode(await revoke(berta, keyAt(await currentRing(berta), 1).id, 'bored')),
    'GRD-CORE-0002',
  );
  assert.equal(
    failureCode(await revoke(berta, keyAt(await currentRing(berta), 1).id, undefined, 'wrong')),
    'GRD-AUTH-0001',
  );
  assert.ok(isEmpty(await revoke(berta, keyAt(await currentRing(berta), 1).id, 'key_retired')));
  const ring = await currentRing(berta);
  assert.deepEqual([keyAt(ring, 0).revoked, keyAt(ring, 1).revoked], [false, true]);
  const key = await readKey({ armoredKey: publicRing(ring).ring });
  const date = new Date(Date.UTC(2026, 2, 2));
  await key.verifyPrimaryKey(date);
  await assert.rejects(key.getEncryptionKey(undefined, date));
  assert.equal(await recipient(), undefined);
});

test('a key expires by the clock alone', async (t) => {
  const { signIn, control } = await startGuard(t);
  const validMs = 315_360_000_000;
  await control.advanceClock({ ms: CREATED + validMs - Date.parse(await control.time()) - 1 });
  assert.equal(keyAt(await currentRing(await signIn('berta')), 0).expired, false);
  await control.advanceClock({ ms: 1 });
  const ring = await currentRing(await signIn('berta'));
  assert.deepEqual([keyAt(ring, 0).expired, keyAt(ring, 1).expired], [true, true]);
});

test('signatures are told with their issuer, checked, and of subkeys only when wanted', async (t) => {
  const { signIn } = await startGuard(t);
  const [anton, berta] = [await signIn('anton'), await signIn('berta')];
  const ring = await currentRing(berta);
  const issuer = keyAt(await currentRing(anton), 0);
  const get = async (query: Record<string, string>, user = berta) =>
    await user.keys('GET', 'getSignatures', { query });
  const master = keyAt(ring, 0);
  const hex = master.fingerPrint.slice(-16);
  const answer = await get({ keyid: master.id });
  assert.deepEqual(at(answer, 'data', 'signatures', 0), {
    signatureType: 19,
    description: 'Positive certification',
    userId: 'Berta Celik <berta@example.com>',
    keyId: hex,
    fingerPrint: master.fingerPrint,
    issuer: 'Berta Celik <berta@example.com>',
    issuerKeyId: hex,
    issuerFingerPrint: master.fingerPrint,
    verified: true,
    keyMissing: false,
    hashAlgorithm: 10,
    creationTime: CREATED,
    version: 4,
  });
  assert.equal(at(answer, 'data', 'signatures', 1, 'signatureType'), 16);
  assert.equal(at(answer, 'data', 'signatures', 1, 'verified'), true);
  assert.equal(at(answer, 'data', 'signatures', 1, 'issuerFingerPrint'), issuer.fingerPrint);
  assert.equal(at(answer, 'data', 'signatures', 2), undefined);
  const withSubkeys = await get({ keyid: master.id, subkeys: 'true' });
  assert.equal(at(withSubkeys, 'data', 'signatures', 2, 'signatureType'), 24);
  assert.equal(at(withSubkeys, 'data', 'signatures', 2, 'verified'), true);
  const ofSubkey = await get({ keyid: keyAt(ring, 1).id });
  assert.equal(at(ofSubkey, 'data', 'signatures', 0, 'description'), 'Subkey binding');
  assert.equal(failureCode(await get({ keyid: '42' })), 'GRD-KEYS-0001');
});

test('a signature of somebody unknown is neither good nor bad, and a revocation shows', async (t) => {
  const { signIn } = await startGuard(t);
  const [carl, dora] = [await signIn('carl'), await signIn('dora')];
  const stranger = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'S', email: 's@stranger.example' }],
    date: new Date(CREATED),
    format: 'object',
  });
  const { publicKey } = await ecKey('carl@example.com');
  const [key] = await readKeys({ armoredKeys: publicKey });
  const certified = await key?.signPrimaryUser([stranger.privateKey], new Date(CREATED));
  await carl.keys('POST', 'upload', { parts: { key: Buffer.from(certified?.armor() ?? '') } });
  const [uploaded] = await keyRings(carl);
  assert.ok(uploaded !== undefined);
  const query = { keyid: keyAt(uploaded, 0).id };
  const answer = await carl.keys('GET', 'getSignatures', { query });
  const { verified, keyMissing } = Object.fromEntries(
    Object.entries(at(answer, 'data', 'signatures', 1) ?? {}),
  );
  assert.deepEqual([verified, keyMissing], [false, true]);
  const revoked = await dora.keys('GET', 'getSignatures', {
    query: { keyid: keyAt(await currentRing(dora), 0).id },
  });
  assert.equal(at(revoked, 'data', 'signatures', 0, 'signatureType'), 32);
  assert.equal(at(revoked, 'data', 'signatures', 0, 'verified'), true);
});
