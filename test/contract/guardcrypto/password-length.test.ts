import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey } from 'openpgp';
import { createIdentity, pkcs12 } from './smime-identity.js';
import { at, exchange, failureCode, json, startGuard, type GuardWorld, type WireAnswer } from './wire.js';

const GUEST = 'guest1@outside.example';

/** Every place where a key password is chosen. */
const CHOICES: Readonly<Record<string, (world: GuardWorld, password: string) => Promise<WireAnswer>>> = {
  'a new key': async ({ signIn }, password) =>
    (await signIn('carl')).keys('POST', 'create', { form: { name: 'Carl', password } }),
  'an uploaded key': async ({ signIn }, newPassword) => {
    const userIDs = [{ email: 'carl@example.com' }];
    const { privateKey } = await generateKey({
      curve: 'ed25519Legacy',
      userIDs,
      date: new Date('2026-01-01'),
    });
    return (await signIn('carl')).keys('POST', 'upload', {
      parts: { key: Buffer.from(privateKey), newPassword },
    });
  },
  'a change': async ({ signIn }, newpass) =>
    (await signIn('anton')).login('POST', 'changepass', { json: { oldpass: 'key-pw', newpass } }),
  'an uploaded certificate': async ({ signIn }, newPassword) => {
    const certificate = await pkcs12(await createIdentity('anton@example.com'), 'p');
    const parts = { certificate, password: 'p', newPassword };
    return (await signIn('anton')).certificates('POST', 'upload', { parts });
  },
  'a new certificate': async ({ signIn }, password) =>
    (await signIn('berta')).certificates('POST', 'create', { form: { password } }),
  'a guest’s first password': ({ base }, newpass) =>
    exchange('POST', `${base}/oxguard/guest`, {
      query: { action: 'firstpass' },
      json: { question: 'Pet?', answer: 'Rex', newpass, email: GUEST, itemId: 'item-1', pin: '1234' },
    }),
};

for (const [name, choose] of Object.entries(CHOICES))
  test(`${name} takes a password of min_password_length characters, and none shorter`, async (t) => {
    const world = await startGuard(t);
    const login = await (await world.signIn('anton')).login('POST', 'login', { json: {} });
    const length = Number(at(login, 'settings', 'min_password_length'));
    assert.equal(failureCode(await choose(world, '🔑'.repeat(length - 1))), 'GRD-AUTH-0004');
    assert.doesNotMatch((await choose(world, 'x'.repeat(length))).text, /"error"/);
  });

test('a guest whose new password is too short can choose again', async (t) => {
  const world = await startGuard(t);
  const guest = (method: string, action: string, sent: object) =>
    exchange(method, `${world.base}/oxguard/guest`, { query: { action }, ...sent });
  await CHOICES['a guest’s first password']?.(world, 'guest-pw');
  const query = { action: 'resetpassword', email: GUEST, answer: 'Rex' };
  await guest('GET', 'resetpassword', { query });
  const [mail] = await world.control.outbox();
  const reset = async (password: string) =>
    json(await guest('POST', 'doresetaccount', { json: { resetid: mail?.secret, email: GUEST, password } }));
  assert.deepEqual([await reset('12345'), await reset('123456')], ['The password is too short.', 'OK']);
});
