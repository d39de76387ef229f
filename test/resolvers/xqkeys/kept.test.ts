import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failingRecords } from '../../support/failing-records.js';
import { providerCallsEnded } from '../../support/provider-calls.js';
import { BO, BO_CALLER, openXq, pass } from './open.js';
import type { Answer, XqUnderTest } from './open.js';

const TEXT = 'The launch is on Monday. ☂';
const MATERIAL = 'material { text }';
const VIEWER = '{ viewer { xqSession { state } } }';

/** Ana has sealed a text for Bo, to be read once. */
async function sealedOnce(xq: XqUnderTest): Promise<{ locator: string; ciphertext: string }> {
  await xq.signIn();
  await xq.signIn(BO, BO_CALLER);
  const input = { text: TEXT, recipients: [BO], isDeletedOnReceipt: true };
  const { ciphertext, xqKey } = await xq.done('sealWithXqKey', input, 'ciphertext xqKey { locator }');
  return { locator: xqKey.locator as string, ciphertext: ciphertext as string };
}

const damaged: readonly [title: string, damage: (ciphertext: string) => string][] = [
  ['cut to 24 characters', (text) => text.slice(0, 24)],
  ['with another last byte', (text) => changed(text, -1)],
  ['with another first byte', (text) => changed(text, 0)],
];
for (const [title, damage] of damaged) {
  test(`a text ${title} does not cost its reader a key that exists once`, async (t) => {
    const xq = await openXq(t);
    const { locator, ciphertext } = await sealedOnce(xq);
    const wrong = { locator, ciphertext: damage(ciphertext) };
    const refused = await xq.command('openWithXqKey', wrong, 'text', BO_CALLER);
    assert.ok(['CONFLICT', 'INVALID_INPUT'].includes(refused['problem'].code as string));
    const opened = await xq.done('openWithXqKey', { locator, ciphertext }, 'text', BO_CALLER);
    assert.equal(opened['text'], TEXT);
  });
}

const ALIAS = 'sensor-17';
const asAlias = (xq: XqUnderTest) => xq.done('signInToXqAsAlias', { user: ALIAS }, '', BO_CALLER);
const signedOut = (xq: XqUnderTest) => xq.done('signOutOfXq', {}, '', BO_CALLER);
const sessionEnds: readonly [title: string, end: (xq: XqUnderTest) => Promise<unknown>][] = [
  ['signing out and in as the same alias', async (xq) => [await signedOut(xq), await asAlias(xq)]],
  ['signing in as the same alias anew', asAlias],
  [
    'being another alias meanwhile',
    async (xq) => [await xq.done('signInToXqAsAlias', { user: 'x' }, '', BO_CALLER), await asAlias(xq)],
  ],
  [
    'being a person meanwhile',
    async (xq) => [await xq.signIn(BO, BO_CALLER), await signedOut(xq), await asAlias(xq)],
  ],
  ['ten minutes', (xq) => pass(xq, 600_000)],
];
for (const [title, end] of sessionEnds)
  test(`a key that exists once and did not open is kept for the session that fetched it: not after ${title}`, async (t) => {
    const xq = await openXq(t);
    await xq.signIn();
    await asAlias(xq);
    const input = { text: TEXT, recipients: [`${ALIAS}@alias.local`], deleteOnReceipt: true };
    const { ciphertext, xqKey } = await xq.done('sealWithXqKey', input, 'ciphertext xqKey { locator }');
    const open = async (text: string): Promise<unknown> => {
      const sealed = { locator: xqKey.locator as string, ciphertext: text };
      const answer = await xq.command('openWithXqKey', sealed, 'text', BO_CALLER);
      return answer['problem']?.code ?? answer['text'];
    };
    assert.equal(await open(changed(ciphertext as string, -1)), 'CONFLICT');
    await end(xq);
    assert.equal(await open(ciphertext as string), 'NOT_FOUND');
  });

function changed(base64: string, at: number): string {
  const bytes = Buffer.from(base64, 'base64');
  const index = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
  return bytes.toString('base64');
}

for (const name of ['openWithXqKey', 'readXqKey']) {
  test(`${name}: whichever call to the store fails, a key that exists once reaches its reader`, async (t) => {
    for (let calls = 0, isReached = true; isReached; calls++) {
      const records = failingRecords();
      const xq = await openXq(t, { through: records.through });
      const { locator, ciphertext } = await sealedOnce(xq);
      const read = (idempotencyKey: string): Promise<Answer> =>
        name === 'readXqKey'
          ? xq.command(name, { locator, idempotencyKey }, MATERIAL, BO_CALLER)
          : xq.command(name, { locator, ciphertext, idempotencyKey }, 'text', BO_CALLER);
      records.failAfter(calls);
      const first = await read('first');
      isReached = records.hasFailed;
      records.failAfter(Infinity);
      const shown = first['problem'] ? await read('second') : first;
      assert.equal(shown['problem'], null, `call ${calls} after ${first['problem']?.code}`);
    }
  });
}

test('of two that open a key at once the second finds it kept, and nothing false of it', async (t) => {
  const wrong = (text: string): string => changed(text, -1);
  const right = (text: string): string => text;
  for (const damages of [
    [wrong, right],
    [wrong, wrong],
    [right, wrong],
  ]) {
    const xq = await openXq(t);
    const { locator, ciphertext } = await sealedOnce(xq);
    const open = (damage: (text: string) => string, idempotencyKey: string): Promise<Answer> =>
      xq.command(
        'openWithXqKey',
        { locator, ciphertext: damage(ciphertext), idempotencyKey },
        'text',
        BO_CALLER,
      );
    const [first, second] = await Promise.all(damages.map((damage, index) => open(damage, `key-${index}`)));
    assert.equal(xq.simulator.control.calls()['getKey'], damages[0] === right ? 2 : 1);
    const codes = [first, second].map((answer) => answer?.['problem']?.code ?? null);
    assert.deepEqual(codes, [
      damages[0] === wrong ? 'CONFLICT' : null,
      damages[0] === right ? 'NOT_FOUND' : damages[1] === right ? null : 'CONFLICT',
    ]);
    if (damages[1] === right) continue;
    // What the second was told is as true as that of the first.
    const last = await open(right, 'last');
    assert.equal(last['problem']?.code ?? null, damages[0] === right ? 'NOT_FOUND' : null);
  }
});

const takenBack: readonly [title: string, take: (xq: XqUnderTest, locator: string) => Promise<unknown>][] = [
  ['its revocation', (xq, locator) => xq.done('revokeXqKey', { locator })],
  ['signing out', (xq) => xq.done('signOutOfXq', {})],
  [
    'signing out and in again',
    async (xq) => {
      await xq.done('signOutOfXq', {});
      await xq.signIn();
    },
  ],
  ['signing in as an alias', (xq) => xq.done('signInToXqAsAlias', { user: 'sensor-17' })],
  ['its time', (xq) => pass(xq, 3_600_001)],
];
for (const [title, take] of takenBack) {
  test(`a key that was read is not told again after ${title}`, async (t) => {
    const xq = await openXq(t);
    await xq.signIn();
    const locator = await xq.createKey({ lifetime: 1, lifetimeUnit: 'HOURS' });
    const input = { locator, idempotencyKey: 'read' };
    assert.equal((await xq.done('readXqKey', input, MATERIAL))['material'].text, '.1c0ffee');
    assert.equal((await xq.done('readXqKey', input, MATERIAL))['material'].text, '.1c0ffee');
    await take(xq, locator);
    const again = await xq.command('readXqKey', input, MATERIAL);
    assert.equal(again['material'], null);
    assert.ok(again['problem']);
  });
}

const meanwhile: readonly [
  title: string,
  act: (xq: XqUnderTest) => Promise<unknown>,
  state: string | null,
][] = [
  ['signing out', (xq) => xq.done('signOutOfXq', {}), null],
  ['signing in as an alias', (xq) => xq.done('signInToXqAsAlias', { user: 'sensor-17' }), 'ACTIVE'],
  ['signing in anew', (xq) => xq.signIn(), 'ACTIVE'],
];
for (const [title, act, state] of meanwhile) {
  test(`a dashboard that opens late changes nothing after ${title}`, async (t) => {
    const xq = await openXq(t);
    await xq.signIn();
    xq.simulator.control.injectFault({ operation: 'verifyDashboardLogin', delayMs: 2_000 });
    const opening = xq.command('openXqDashboard', {}, 'session { id }');
    await until(() => xq.simulator.control.calls()['verifyDashboardLogin'] === 1);
    await act(xq);
    const before = await sessionOf(xq);
    await xq.clock.advance(2_000);
    await providerCallsEnded();
    const late = await opening;
    assert.equal(late['session'], null);
    assert.ok(late['problem']);
    assert.deepEqual(await sessionOf(xq), before);
    assert.equal((await xq.ask(VIEWER))['viewer'].xqSession?.state ?? null, state);
  });
}

async function sessionOf({ ask }: XqUnderTest): Promise<unknown> {
  return await ask('{ viewer { xqSession { state } } xqSession { id dashboardExpiresAt } }');
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const refusals: readonly [title: string, ask: (xq: XqUnderTest) => Promise<unknown>][] = [
  ['a query', (xq) => xq.run('{ xqSettings { user } }')],
  ['a mutation', (xq) => xq.command('createXqKey', { key: '.1c0ffee', recipients: [BO] })],
  ['another mutation', (xq) => xq.command('delegateXqSession', {})],
];
for (const [title, ask] of refusals) {
  test(`a token that ${title} is told to be over is shown as over at once`, async (t) => {
    const xq = await openXq(t);
    await xq.signIn();
    xq.simulator.control.revokeTokens({ user: 'ana@example.com' });
    await ask(xq);
    assert.equal((await xq.ask(VIEWER))['viewer'].xqSession.state, 'ENDED');
  });
}
