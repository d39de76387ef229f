import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { exchange, failureCode, json, startGuard, type GuardWorld } from './wire.js';

const EMAIL = 'guest1@outside.example';
const TOKEN = /^[A-Za-z0-9+/]{60,}=*$/;

const loginSchema = z.strictObject({
  productName: z.string(),
  auth: z.string(),
  recoveryAvail: z.boolean(),
  settings: z.strictObject({ min_password_length: z.int() }),
});

const call = ({ base }: GuardWorld, method: string, path: string, action: string, body: unknown) =>
  exchange(method, `${base}/oxguard/${path}`, { query: { action }, json: body });

async function login(world: GuardWorld, password?: string, username = EMAIL) {
  return loginSchema.parse(json(await call(world, 'POST', 'login', 'guest', { username, password })));
}

const FIRST = {
  question: 'First pet?',
  answer: 'Rex',
  newpass: 'guest-pw',
  email: EMAIL,
  itemId: 'item-1',
  pin: '1234',
};

const first = (world: GuardWorld, other: Partial<typeof FIRST> = {}) =>
  call(world, 'POST', 'guest', 'firstpass', { ...FIRST, ...other });

const reset = (world: GuardWorld, answer: string, email = EMAIL) =>
  exchange('GET', `${world.base}/oxguard/guest`, { query: { action: 'resetpassword', email, answer } });

test('a guest needs no password before choosing one', async (t) => {
  const world = await startGuard(t);
  const { auth, recoveryAvail } = await login(world);
  assert.match(auth, TOKEN);
  assert.equal(recoveryAvail, false);
  const { auth: token } = z.strictObject({ auth: z.string() }).parse(json(await first(world)));
  assert.match(token, TOKEN);
  assert.equal((await login(world)).auth, 'Password Needed');
  assert.equal((await login(world, 'wrong')).auth, 'Bad Password');
  const again = await login(world, 'guest-pw');
  assert.match(again.auth, TOKEN);
  assert.equal(again.recoveryAvail, true);
});

test('the first password takes the item, the PIN and happens once', async (t) => {
  const world = await startGuard(t);
  assert.equal(failureCode(await first(world, { itemId: 'item-2' })), 'GRD-CORE-0002');
  assert.equal(failureCode(await first(world, { email: 'nobody@outside.example' })), 'GRD-CORE-0002');
  assert.equal(failureCode(await first(world, { pin: '9999' })), 'GRD-AUTH-0001');
  assert.match((await login(world)).auth, TOKEN);
  assert.equal((await first(world)).status, 200);
  assert.equal(failureCode(await first(world)), 'GRD-CORE-0002');
});

test('nobody learns who is a guest', async (t) => {
  const world = await startGuard(t);
  await first(world);
  for (const password of [undefined, 'wrong'])
    assert.deepEqual(
      (await login(world, password, 'nobody@outside.example')).auth,
      (await login(world, password)).auth,
    );
  assert.equal((await login(world, 'key-pw', 'anton@example.com')).auth, 'Bad Password');
});

test('a reset takes the answer and the id that was mailed', async (t) => {
  const world = await startGuard(t);
  await first(world);
  assert.equal(failureCode(await reset(world, 'Waldi')), 'GRD-CORE-0002');
  assert.deepEqual(await world.control.outbox(), []);
  assert.equal(json(await reset(world, 'Rex')), 'OK');
  const [mail] = await world.control.outbox();
  assert.deepEqual([mail?.to, mail?.kind], [EMAIL, 'guestReset']);
  const doReset = async (resetid: string) =>
    json(
      await call(world, 'POST', 'guest', 'doresetaccount', { resetid, email: EMAIL, password: 'second-pw' }),
    );
  assert.notEqual(await doReset('wrong'), 'OK');
  assert.match((await login(world, 'guest-pw')).auth, TOKEN);
  assert.equal(await doReset(mail?.secret ?? ''), 'OK');
  assert.deepEqual([(await login(world, 'guest-pw')).auth], ['Bad Password']);
  assert.match((await login(world, 'second-pw')).auth, TOKEN);
  assert.notEqual(await doReset(mail?.secret ?? ''), 'OK');
});

test('a guest that was made for a mail can take the account over', async (t) => {
  const world = await startGuard(t);
  const query = { email: 'nokey@outside.example', create: 'true' };
  await (await world.signIn('anton')).keys('GET', 'getRecipKey', { query });
  const [mail] = await world.control.outbox();
  const answer = await first(world, { email: 'nokey@outside.example', itemId: mail?.secret ?? '' });
  assert.match(z.strictObject({ auth: z.string() }).parse(json(answer)).auth, TOKEN);
  assert.match((await login(world, 'guest-pw', 'nokey@outside.example')).auth, TOKEN);
});

test('a request without its fields is refused', async (t) => {
  const world = await startGuard(t);
  assert.equal(failureCode(await call(world, 'POST', 'login', 'guest', {})), 'GRD-CORE-0002');
  assert.equal(
    failureCode(await call(world, 'POST', 'guest', 'firstpass', { email: EMAIL })),
    'GRD-CORE-0002',
  );
  assert.equal(failureCode(await call(world, 'POST', 'guest', 'doresetaccount', {})), 'GRD-CORE-0002');
  const query = { action: 'resetpassword', email: EMAIL };
  assert.equal(failureCode(await exchange('GET', `${world.base}/oxguard/guest`, { query })), 'GRD-CORE-0002');
});
