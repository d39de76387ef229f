import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey } from 'openpgp';
import { z } from 'zod';
import { at, data, failureCode, isEmpty, publicKeySchema, startGuard, type UserSession } from './wire.js';

const ADDRESS = 'emil@outside.example';
const MARCH = Date.UTC(2026, 2, 1, 10);
const DAY_MS = 86_400_000;

const resultSchema = z.strictObject({
  added: z.boolean(),
  keys: z.array(publicKeySchema).length(2),
  new: z.boolean(),
});

async function keydata(email = ADDRESS): Promise<string> {
  const options = { type: 'ecc', curve: 'curve25519Legacy', format: 'binary' } as const;
  const date = new Date(Date.UTC(2026, 0, 1));
  const { publicKey } = await generateKey({ ...options, date, userIDs: [{ email }] });
  return Buffer.from(publicKey).toString('base64');
}

const header = (data: string) => `addr=${ADDRESS}; prefer-encrypt=mutual; keydata=${data}`;

const send = (user: UserSession, value: string, sentAt: number, query: Record<string, string>) =>
  user.keys('POST', 'importAutoCryptHeader', { query, form: { header: value, sent_date: String(sentAt) } });

async function offer(user: UserSession, value: string, sentAt: number, query: Record<string, string>) {
  const { added, new: isNew, keys } = data(await send(user, value, sentAt, query), resultSchema);
  return { added, isNew, fingerPrint: keys[0]?.fingerPrint ?? '' };
}

async function held(user: UserSession): Promise<unknown> {
  const answer = await user.keys('GET', 'getExternalPublicKeys', { query: { keyType: 'autocrypt' } });
  return at(answer, 'data', 'externalPublicKeyRings', 0, 'publicRing', 'keys', 0, 'fingerPrint');
}

const sourceOf = async (user: UserSession) =>
  at(await user.keys('GET', 'getRecipKey', { query: { email: ADDRESS } }), 'data', 'keySource', 'name');

test('a header is only reported unless it is to be added', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const value = header(await keydata());
  const reported = await offer(anton, value, MARCH - DAY_MS, { add: 'false' });
  assert.deepEqual([reported.added, reported.isNew], [false, true]);
  assert.equal(await held(anton), undefined);
  const added = await offer(anton, value, MARCH - DAY_MS, { add: 'true' });
  assert.deepEqual([added.added, added.isNew], [true, true]);
  assert.equal(await held(anton), added.fingerPrint);
  assert.equal(await sourceOf(anton), 'AUTOCRYPT_KEY');
  assert.equal(await sourceOf(await signIn('berta')), undefined);
});

test('only a later mail replaces a key', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const add = { add: 'true' };
  const first = await offer(anton, header(await keydata()), MARCH - 2 * DAY_MS, add);
  for (const sentAt of [MARCH - 3 * DAY_MS, MARCH - 2 * DAY_MS]) {
    const older = await offer(anton, header(await keydata()), sentAt, add);
    assert.deepEqual([older.added, older.isNew], [false, false]);
    assert.equal(await held(anton), first.fingerPrint);
  }
  const later = await offer(anton, header(await keydata()), MARCH - DAY_MS, add);
  assert.deepEqual([later.added, later.isNew], [true, false]);
  assert.equal(await held(anton), later.fingerPrint);
});

test('a date in the future counts as now', async (t) => {
  const { signIn, control } = await startGuard(t);
  const anton = await signIn('anton');
  await offer(anton, header(await keydata()), MARCH + 900 * DAY_MS, { add: 'true' });
  await control.advanceClock({ ms: 60_000 });
  const later = await offer(anton, header(await keydata()), MARCH + 30_000, { add: 'true' });
  assert.equal(later.added, true);
});

test('what the user confirmed is verified at once, anything else by its own call', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const { fingerPrint } = await offer(anton, header(await keydata()), MARCH, { confirmed: 'true' });
  assert.equal(await sourceOf(anton), 'AUTOCRYPT_KEY_USER_VERIFIED');
  const mark = (verified: string, keyids = fingerPrint) =>
    anton.keys('PUT', 'verifyAutoCryptKey', { query: { keyids, verified } });
  data(await mark('false'), resultSchema);
  assert.equal(await sourceOf(anton), 'AUTOCRYPT_KEY');
  data(await mark('true', fingerPrint.toLowerCase()), resultSchema);
  assert.equal(await sourceOf(anton), 'AUTOCRYPT_KEY_USER_VERIFIED');
  assert.equal(failureCode(await mark('true', '0'.repeat(40))), 'GRD-KEYS-0001');
});

test('collected keys are a list of their own, and deleted from it', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  await offer(anton, header(await keydata()), MARCH, { add: 'true' });
  const uploaded = await anton.keys('GET', 'getExternalPublicKeys');
  assert.equal(at(uploaded, 'data', 'externalPublicKeyRings', 0), undefined);
  const collected = await anton.keys('GET', 'getExternalPublicKeys', { query: { keyType: 'autocrypt' } });
  const keyids = String(at(collected, 'data', 'externalPublicKeyRings', 0, 'ids'));
  const remove = (query: Record<string, string>) =>
    anton.keys('DELETE', 'deleteExternalPublicKey', { query: { keyids, ...query } });
  assert.equal(failureCode(await remove({})), 'GRD-KEYS-0001');
  assert.ok(isEmpty(await remove({ keyType: 'autocrypt' })));
  assert.equal(await held(anton), undefined);
});

test('a header that is not valid is refused', async (t) => {
  const { signIn } = await startGuard(t);
  const anton = await signIn('anton');
  const key = await keydata();
  const refused = async (value: string, sentAt = MARCH) =>
    failureCode(await send(anton, value, sentAt, { add: 'true' }));
  assert.equal(await refused(`keydata=${key}`), 'GRD-CORE-0002');
  assert.equal(await refused(`addr=${ADDRESS}`), 'GRD-CORE-0002');
  assert.equal(await refused(`addr=${ADDRESS}; unknown=1; keydata=${key}`), 'GRD-CORE-0002');
  assert.equal(await refused(`keydata=${key}; addr=${ADDRESS}`), 'GRD-CORE-0002');
  assert.equal(await refused(`addr=${ADDRESS}; _x=${'y'.repeat(10_240)}; keydata=${key}`), 'GRD-CORE-0002');
  assert.equal(await refused(`addr=${ADDRESS}; keydata=bm90IGEga2V5`), 'GRD-KEYS-0002');
  assert.equal(await refused(''), 'GRD-CORE-0002');
  assert.equal(await held(anton), undefined);
  const folded = `addr=${ADDRESS}; _optional=1; keydata=${key.replace(/.{60}/g, '$&\r\n ')}`;
  assert.equal((await offer(anton, folded, MARCH, { add: 'true' })).added, true);
});
