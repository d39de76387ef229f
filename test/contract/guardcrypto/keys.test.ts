import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decryptKey, generateKey, readKey, readPrivateKey } from 'openpgp';
import {
  at,
  currentRing,
  data,
  failureCode,
  isEmpty,
  json,
  keyAt,
  keyRings,
  keyRingSchema,
  type KeyRing,
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

const remove = (user: UserSession, keyid: string, form: Record<string, string> = {}) =>
  user.keys('POST', 'delete', { query: { keyid }, form });

test('the seeded users have the keys the dossier names', async (t) => {
  const { signIn } = await startGuard(t);
  const [old, current] = await keyRings(await signIn('anton'));
  assert.ok(old !== undefined && current !== undefined);
  assert.deepEqual([old.current, current.current], [false, true]);
  assert.deepEqual([keyAt(old, 0).expired, keyAt(old, 1).expired], [true, true]);
  const key = await readKey({ armoredKey: publicRing(current).ring });
  assert.deepEqual(
    [key.getAlgorithmInfo(), key.subkeys[0]?.getAlgorithmInfo()],
    [
      { algorithm: 'rsaEncryptSign', bits: 2048 },
      { algorithm: 'rsaEncryptSign', bits: 2048 },
    ],
  );
  const berta = keyAt(await currentRing(await signIn('berta')), 0);
  const dora = keyAt(await currentRing(await signIn('dora')), 0);
  assert.ok(BigInt(berta.id) > 2n ** 53n);
  assert.ok(BigInt(dora.id) < 0n);
  assert.deepEqual([berta.revoked, dora.revoked], [false, true]);
  assert.deepEqual(await keyRings(await signIn('carl')), []);
});

test('hasKeys tells the halves apart', async (t) => {
  const { signIn } = await startGuard(t);
  const carl = await signIn('carl');
  const has = async () => at(await carl.keys('GET', 'hasKeys'), 'data');
  assert.deepEqual(await has(), { hasPrivateKey: false, hasPublicKey: false });
  const { publicKey, privateKey } = await ecKey('carl@example.com');
  await carl.keys('POST', 'upload', { parts: { key: Buffer.from(publicKey) } });
  assert.deepEqual(await has(), { hasPrivateKey: false, hasPublicKey: true });
  await carl.keys('POST', 'upload', { parts: { key: Buffer.from(privateKey), newPassword: 'new-pw' } });
  assert.deepEqual(await has(), { hasPrivateKey: true, hasPublicKey: true });
});

test('key ids are numbers of full precision, and text where the server is set so', async (t) => {
  const { signIn, control } = await startGuard(t);
  const dora = await signIn('dora');
  const { id, fingerPrint } = keyAt(await currentRing(dora), 0);
  assert.equal(id, BigInt.asIntN(64, BigInt(`0x${fingerPrint.slice(-16)}`)).toString());
  const text = async () => (await dora.keys('GET', 'getKeys')).text;
  assert.ok((await text()).includes(`"id":${id},`));
  control.setWireForm({ keyIds: 'text' });
  assert.ok((await text()).includes(`"id":"${id}",`));
});

test('a new key is RSA with a master that signs and a subkey that encrypts, and becomes current', async (t) => {
  const { signIn, control, clock } = await startGuard(t);
  await control.setNewKeyAlgorithm({ algorithm: 'rsa' });
  const anton = await signIn('anton');
  const before = await currentRing(anton);
  const form = { password: 'new-key-pw', name: 'Anton Berg', email: 'anton@private.example' };
  const created = data(await anton.keys('POST', 'create', { form }), keyRingSchema);
  assert.deepEqual([created.userId, created.contextId, created.current], [7, 1, true]);
  assert.equal(created.passwordModificationTimestamp, clock.now());
  const [master, subkey] = [keyAt(created, 0), keyAt(created, 1)];
  assert.deepEqual(master.userIds, ['Anton Berg <anton@example.com>']);
  assert.deepEqual([master.masterKey, master.encryptionKey], [true, false]);
  assert.deepEqual([subkey.masterKey, subkey.encryptionKey, subkey.userIds], [false, true, []]);
  for (const { creationTime, validSeconds } of [master, subkey])
    assert.deepEqual([creationTime, validSeconds], [clock.now(), 315_360_000]);
  const stored = await readPrivateKey({ armoredKey: created.privateRing?.ring ?? '' });
  assert.equal(stored.getAlgorithmInfo().bits, 2048);
  assert.equal(stored.getFingerprint().length, 40);
  await decryptKey({ privateKey: stored, passphrase: 'new-key-pw' });
  const rings = await keyRings(anton);
  assert.deepEqual(
    rings.map(({ current }) => current),
    [false, false, true],
  );
  assert.ok(rings.some((ring) => publicRing(ring).hash === publicRing(before).hash));
  assert.equal(json(await anton.login('GET', 'secondary')), 'anton@private.example');
});

test('a key is not made without a password or a name', async (t) => {
  const { signIn } = await startGuard(t);
  const carl = await signIn('carl');
  for (const form of [{ name: 'Carl' }, { password: 'pw-pw-pw' }])
    assert.equal(failureCode(await carl.keys('POST', 'create', { form })), 'GRD-CORE-0002');
  assert.equal(
    failureCode(await carl.keys('POST', 'create', { form: { name: 'C', e_password: 'AA==' } })),
    'GRD-AUTH-0001',
  );
  assert.deepEqual(await keyRings(carl), []);
});

test('a list of rings names the private keys and never brings them', async (t) => {
  const { signIn } = await startGuard(t);
  const answer = await (await signIn('anton')).keys('GET', 'getKeys');
  assert.ok(!answer.text.includes('PRIVATE KEY BLOCK'));
  const ring = await currentRing(await signIn('anton'));
  assert.deepEqual(
    ring.privateRing?.keys.map(({ id }) => id),
    publicRing(ring).keys.map(({ id }) => id),
  );
});

test('a single ring shows what is asked for, both halves by default, and the private one for a password', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const get = (form: Record<string, string>) => anton.keys('POST', 'getKey', { form });
  const shown = async (form: Record<string, string>) => {
    const { publicRing: shownPublic, privateRing } = data(await get(form), keyRingSchema);
    return [shownPublic !== undefined, privateRing?.ring !== undefined];
  };
  const password = 'key-pw';
  assert.deepEqual(await shown({ keyType: 'public' }), [true, false]);
  assert.deepEqual(await shown({ keyType: 'private', password }), [false, true]);
  assert.deepEqual(await shown({ keyType: 'public_private', password }), [true, true]);
  assert.deepEqual(await shown({ password }), [true, true]);
  assert.equal(failureCode(await get({})), 'GRD-CORE-0002');
  assert.equal(failureCode(await get({ password: 'wrong' })), 'GRD-AUTH-0001');
  assert.equal(failureCode(await get({ keyType: 'other', password })), 'GRD-CORE-0002');
});

test('a ring is found by the id of any of its keys, but only by its owner', async (t) => {
  const { signIn } = await startGuard(t);
  const [anton, berta] = [await signIn('anton'), await signIn('berta')];
  const [old] = await keyRings(anton);
  assert.ok(old !== undefined);
  const get = (user: UserSession, keyid: string) =>
    user.keys('POST', 'getKey', { query: { keyid, keyType: 'public' } });
  for (const place of [0, 1]) {
    const found: KeyRing = data(await get(anton, keyAt(old, place).id), keyRingSchema);
    assert.equal(publicRing(found).hash, publicRing(old).hash);
  }
  assert.equal(failureCode(await get(berta, keyAt(old, 0).id)), 'GRD-KEYS-0001');
  assert.equal(failureCode(await get(anton, 'not-an-id')), 'GRD-CORE-0002');
});

test('a download is bare armor: public, private or one after the other; its errors are JSON', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const download = (form: Record<string, string>) => anton.keys('POST', 'downloadKey', { form });
  const blocks = async (form: Record<string, string>) => {
    const answer = await download(form);
    assert.match(String(answer.headers['content-type']), /^application\/pgp-keys/);
    assert.match(String(answer.headers['content-disposition']), /^attachment/);
    return answer.text
      .match(/-----BEGIN PGP (PUBLIC|PRIVATE) KEY BLOCK-----/g)
      ?.map((line) => line.slice(15, 22));
  };
  const password = 'key-pw';
  assert.deepEqual(await blocks({ keyType: 'public' }), ['PUBLIC ']);
  assert.deepEqual(await blocks({ keyType: 'private', password }), ['PRIVATE']);
  assert.deepEqual(await blocks({ password }), ['PUBLIC ', 'PRIVATE']);
  assert.equal(failureCode(await download({ keyType: 'private', password: 'wrong' })), 'GRD-AUTH-0001');
});

test('an uploaded private key is opened with one password and stored under another', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const { privateKey } = await ecKey('anton@example.com', 'old');
  const upload = (fields: Record<string, string>, key = privateKey) =>
    anton.keys('POST', 'upload', { parts: { key: Buffer.from(key), ...fields } });
  assert.equal(failureCode(await upload({ keyPassword: 'wrong', newPassword: 'new-pw' })), 'GRD-AUTH-0001');
  assert.equal(failureCode(await upload({ keyPassword: 'old' })), 'GRD-CORE-0002');
  assert.equal(
    failureCode(await upload({ keyPassword: 'old', newPassword: 'new-pw' }, 'nonsense')),
    'GRD-KEYS-0002',
  );
  assert.equal(
    failureCode(await anton.keys('POST', 'upload', { parts: { file: Buffer.from(privateKey) } })),
    'GRD-CORE-0002',
  );
  assert.equal((await keyRings(anton)).length, 2);
  const ring = keyRingSchema.parse(
    at(await upload({ keyPassword: 'old', newPassword: 'new-pw' }), 'data', 'keyRings', 0),
  );
  assert.equal(ring.current, true);
  assert.equal(keyAt(await currentRing(anton), 0).id, keyAt(ring, 0).id);
  const form = { keyType: 'private', password: 'new-pw' };
  const stored = data(await anton.keys('POST', 'getKey', { form }), keyRingSchema).privateRing?.ring ?? '';
  await decryptKey({ privateKey: await readPrivateKey({ armoredKey: stored }), passphrase: 'new-pw' });
});

test('the public half of a key that is here whole leaves its private half, its password and its place as they are', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const { privateKey, publicKey } = await ecKey('anton@example.com', 'old');
  const parts = { key: Buffer.from(privateKey), keyPassword: 'old', newPassword: 'new-pw' };
  await anton.keys('POST', 'upload', { parts });
  const before = await keyRings(anton);
  const answer = await anton.keys('POST', 'upload', { parts: { key: Buffer.from(publicKey) } });
  assert.equal(keyRingSchema.parse(at(answer, 'data', 'keyRings', 0)).current, true);
  assert.deepEqual(await keyRings(anton), before);
  const form = { keyType: 'private', password: 'new-pw' };
  const { privateRing } = data(await anton.keys('POST', 'getKey', { form }), keyRingSchema);
  const stored = await readPrivateKey({ armoredKey: privateRing?.ring ?? '' });
  await decryptKey({ privateKey: stored, passphrase: 'new-pw' });
});

test('one upload may hold several rings, and the same ring twice is one', async (t) => {
  const { signIn } = await startGuard(t);
  const carl = await signIn('carl');
  const [one, two] = await Promise.all([ecKey('carl@example.com'), ecKey('carl2@example.com')]);
  const key = Buffer.from(one.publicKey + two.publicKey);
  for (let round = 0; round < 2; round++) {
    await carl.keys('POST', 'upload', { parts: { key } });
    const rings = await keyRings(carl);
    assert.equal(rings.length, 2);
    assert.ok(rings.every(({ current, privateRing }) => !current && privateRing === undefined));
  }
});

test('a deleted ring is gone, the newest one left becomes current, and a private one needs its password', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const { id } = keyAt(await currentRing(anton), 0);
  assert.equal(failureCode(await remove(anton, id)), 'GRD-CORE-0002');
  assert.equal(failureCode(await remove(anton, id, { password: 'wrong' })), 'GRD-AUTH-0001');
  assert.ok(isEmpty(await remove(anton, id, { password: 'key-pw' })));
  const rings = await keyRings(anton);
  assert.deepEqual(
    rings.map(({ current }) => current),
    [true],
  );
  assert.equal(failureCode(await remove(anton, id, { password: 'key-pw' })), 'GRD-KEYS-0001');
});

test('a public ring is deleted without a password, a private one not where that is forbidden', async (t) => {
  const { signIn } = await startGuard(t);
  const dora = await signIn('dora');
  const own = keyAt(await currentRing(dora), 0).id;
  assert.equal(failureCode(await remove(dora, own, { password: 'key-pw' })), 'GRD-KEYS-0003');
  const { publicKey } = await ecKey('dora@example.com');
  await dora.keys('POST', 'upload', { parts: { key: Buffer.from(publicKey) } });
  const uploaded = (await readKey({ armoredKey: publicKey })).getKeyID().toHex();
  assert.ok(isEmpty(await remove(dora, BigInt.asIntN(64, BigInt(`0x${uploaded}`)).toString())));
  assert.equal((await keyRings(dora)).length, 1);
});
