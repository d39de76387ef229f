import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey } from 'openpgp';
import { z } from 'zod';
import {
  at,
  currentRing,
  data,
  failure,
  failureCode,
  isEmpty,
  keyAt,
  keyRings,
  publicRing,
  publicRingSchema,
  startGuard,
  type UserSession,
} from './wire.js';

const recipientSchema = z.strictObject({
  publicRing: publicRingSchema.optional(),
  guest: z.boolean(),
  newKey: z.boolean(),
  newCreated: z.boolean(),
  keySource: z.strictObject({ name: z.string(), trustLevel: z.int(), trusted: z.boolean() }).optional(),
});

const externalRingSchema = z.strictObject({
  ids: z.string(),
  shareLevel: z.int(),
  inline: z.boolean(),
  owned: z.boolean(),
  shared: z.boolean(),
  guardKey: z.boolean(),
  publicRing: publicRingSchema,
});

const ask = (user: UserSession, query: Record<string, string>) => user.keys('GET', 'getRecipKey', { query });

async function recipient(user: UserSession, email: string, create = false) {
  return data(await ask(user, { email, create: String(create) }), recipientSchema);
}

async function externalKeys(user: UserSession, query: Record<string, string> = {}) {
  const schema = z.strictObject({ externalPublicKeyRings: z.array(externalRingSchema) });
  return data(await user.keys('GET', 'getExternalPublicKeys', { query }), schema).externalPublicKeyRings;
}

async function publicArmor(email: string): Promise<string> {
  const date = new Date(Date.UTC(2026, 0, 1));
  const options = { type: 'ecc', curve: 'curve25519Legacy', date } as const;
  return (await generateKey({ ...options, userIDs: [{ name: 'X', email }] })).publicKey;
}

const upload = (user: UserSession, armor: string) =>
  user.keys('POST', 'uploadExternalPublicKey', { parts: { key: Buffer.from(armor) } });

test('a user of the house is found with the own key, by address or by key id', async (t) => {
  const { signIn } = await startGuard(t);
  const [anton, berta] = [await signIn('anton'), await signIn('berta')];
  const own = publicRing(await currentRing(berta));
  const found = await recipient(anton, 'Berta@Example.com');
  assert.equal(found.publicRing?.hash, own.hash);
  assert.deepEqual(found.keySource, { name: 'GUARD_KEY_PAIR', trustLevel: 5, trusted: true });
  assert.deepEqual([found.guest, found.newKey, found.newCreated], [false, false, false]);
  const byId = data(await ask(anton, { keyid: own.keys[1]?.id ?? '' }), recipientSchema);
  assert.equal(byId.publicRing?.hash, own.hash);
  assert.equal(at(await ask(anton, { keyid: '42' }), 'data'), null);
  assert.equal(failureCode(await ask(anton, {})), 'GRD-CORE-0002');
});

test('a revoked key is not offered', async (t) => {
  const { signIn } = await startGuard(t);
  const found = await recipient(await signIn('anton'), 'dora@example.com');
  assert.deepEqual([found.publicRing, found.newKey], [undefined, true]);
});

test('where a key comes from decides whether it is trusted', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  for (const [email, name, trustLevel, trusted, guest] of [
    ['hkp-x@outside.example', 'HKP_PUBLIC_SERVER', 1, false, false],
    ['wkd-x@outside.example', 'WKS_SERVER', 3, false, false],
    ['uploaded-x@outside.example', 'GUARD_USER_UPLOADED', 4, true, false],
    ['autocrypt-x@outside.example', 'AUTOCRYPT_KEY', 3, false, false],
    ['guest-x@outside.example', 'GUARD_KEY_PAIR', 5, true, true],
  ] as const) {
    const found = await recipient(anton, email);
    assert.deepEqual(found.keySource, { name, trustLevel, trusted }, email);
    assert.deepEqual([found.guest, found.newKey], [guest, false], email);
    assert.ok(found.publicRing?.keys[0]?.userIds[0]?.includes(email), email);
    assert.equal((await recipient(anton, email)).publicRing?.hash, found.publicRing?.hash, email);
  }
});

test('expired and revoked keys of outsiders come with their flags', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const [expired] = (await recipient(anton, 'expired-x@outside.example')).publicRing?.keys ?? [];
  const [revoked] = (await recipient(anton, 'revoked-x@outside.example')).publicRing?.keys ?? [];
  assert.deepEqual([expired?.expired, expired?.revoked], [true, false]);
  assert.deepEqual([revoked?.expired, revoked?.revoked], [false, true]);
});

test('a directory that is down is an error of the service', async (t) => {
  const { signIn } = await startGuard(t);
  const { categories, category } = failure(
    await ask(await signIn('anton'), { email: 'down@outside.example' }),
  );
  assert.deepEqual([categories, category], ['SERVICE_DOWN', 5]);
});

test('nobody gets a key by being asked for, except with create', async (t) => {
  const { signIn, control } = await startGuard(t);
  const anton = await signIn('anton');
  for (const email of ['nokey@outside.example', 'anybody@elsewhere.example']) {
    const asked = await recipient(anton, email);
    assert.deepEqual(asked, { guest: true, newKey: true, newCreated: false });
    assert.deepEqual(await recipient(anton, email), asked);
  }
  assert.deepEqual(await control.outbox(), []);
  const created = await recipient(anton, 'nokey@outside.example', true);
  assert.deepEqual([created.guest, created.newKey, created.newCreated], [true, true, true]);
  const again = await recipient(anton, 'nokey@outside.example', true);
  assert.deepEqual([again.publicRing?.hash, again.newCreated], [created.publicRing?.hash, false]);
  assert.deepEqual(
    (await control.outbox()).map(({ to, kind }) => [to, kind]),
    [['nokey@outside.example', 'newGuest']],
  );
});

test('two mails at once to one stranger make one guest', async (t) => {
  const { signIn, control } = await startGuard(t);
  const users = [await signIn('anton'), await signIn('berta')];
  const made = await Promise.all(users.map((user) => recipient(user, 'nokey@outside.example', true)));
  assert.equal(made[0]?.publicRing?.hash, made[1]?.publicRing?.hash);
  assert.equal((await control.accounts()).filter(({ email }) => email === 'nokey@outside.example').length, 1);
});

test('create makes the key of a user of the house who has none, and mails the password', async (t) => {
  const { signIn, control } = await startGuard(t);
  const [anton, carl] = [await signIn('anton'), await signIn('carl')];
  assert.equal((await recipient(anton, 'carl@example.com')).newKey, true);
  const created = await recipient(anton, 'carl@example.com', true);
  assert.deepEqual([created.guest, created.newCreated], [false, true]);
  const [mail] = await control.outbox();
  assert.deepEqual([mail?.to, mail?.kind], ['carl@example.com', 'newKey']);
  await carl.authenticate(mail?.secret ?? '');
  assert.deepEqual(
    (await keyRings(carl)).map((ring) => publicRing(ring).hash),
    [created.publicRing?.hash],
  );
});

test('an uploaded key is the uploader’s alone', async (t) => {
  const { signIn } = await startGuard(t);
  const [anton, berta] = [await signIn('anton'), await signIn('berta')];
  const armor = await publicArmor('emil@outside.example');
  const answer = await upload(anton, armor);
  const [ring] = await externalKeys(anton);
  assert.ok(ring !== undefined);
  assert.deepEqual(externalRingSchema.parse(at(answer, 'data', 'externalPublicKeyRings', 0)), ring);
  const { shareLevel, inline, owned, shared, guardKey } = ring;
  assert.deepEqual(
    { shareLevel, inline, owned, shared, guardKey },
    {
      shareLevel: 0,
      inline: false,
      owned: true,
      shared: false,
      guardKey: false,
    },
  );
  assert.equal((await recipient(anton, 'emil@outside.example')).keySource?.name, 'GUARD_USER_UPLOADED');
  assert.equal((await recipient(berta, 'emil@outside.example')).publicRing, undefined);
  assert.deepEqual(await externalKeys(berta), []);
  assert.equal(failureCode(await upload(anton, 'nonsense')), 'GRD-KEYS-0002');
});

test('an uploaded key is marked inline, and deleted, by its ids', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  await upload(anton, (await publicArmor('a@outside.example')) + (await publicArmor('b@outside.example')));
  const [one, two] = await externalKeys(anton);
  assert.ok(one !== undefined && two !== undefined);
  const inline = (query: Record<string, string>) => anton.keys('PUT', 'InlineExternalPublicKey', { query });
  assert.ok(isEmpty(await inline({ keyids: two.ids, inline: 'true' })));
  assert.deepEqual(
    (await externalKeys(anton)).map((ring) => ring.inline),
    [false, true],
  );
  assert.ok(isEmpty(await inline({ ids: two.ids, inline: 'false' })));
  assert.deepEqual(
    (await externalKeys(anton)).map((ring) => ring.inline),
    [false, false],
  );
  assert.equal(failureCode(await inline({ keyids: 'unknown', inline: 'true' })), 'GRD-KEYS-0001');
  assert.equal(failureCode(await inline({ keyids: two.ids })), 'GRD-CORE-0002');
  const remove = () => anton.keys('DELETE', 'DeleteExternalPublicKey', { query: { keyids: one.ids } });
  assert.ok(isEmpty(await remove()));
  assert.deepEqual(
    (await externalKeys(anton)).map(({ ids }) => ids),
    [two.ids],
  );
  assert.equal(failureCode(await remove()), 'GRD-KEYS-0001');
});

test('a contact brings the own key and those the user uploaded', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  await upload(anton, await publicArmor('berta@example.com'));
  const contact = async (contactID: string) => {
    const query = { contactFolder: '31', contactID };
    const schema = z.strictObject({ externalPublicKeyRings: z.array(externalRingSchema) });
    return data(await anton.keys('GET', 'getContactKeys', { query }), schema).externalPublicKeyRings;
  };
  const [guard, uploaded] = await contact('2');
  assert.deepEqual(
    [guard?.guardKey, guard?.owned, uploaded?.guardKey, uploaded?.owned],
    [true, false, false, true],
  );
  assert.equal(guard?.publicRing.keys[0]?.id, keyAt(await currentRing(await signIn('berta')), 0).id);
  assert.deepEqual(await contact('99'), []);
  assert.equal(failureCode(await anton.keys('GET', 'getContactKeys')), 'GRD-CORE-0002');
});
