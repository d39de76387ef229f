import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xorWithKey } from '../../../src/providers/xqkeys/crypto/older.js';
import { sealEnvelope } from '../../../src/providers/xqkeys/crypto/envelope.js';
import { BO, BO_CALLER, openXq, upstreamCalls } from './open.js';

const SEALED = 'ciphertext xqKey { locator status subject expiresAt }';
const OPENED = 'text cipher locator';
const TEXT = 'The launch is on Monday. ☂';

test('a text sealed in one step is opened by its recipient, and by nobody else', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.signIn(BO, BO_CALLER);
  for (const cipher of ['AES_GCM', 'AES_CTR']) {
    const sealed = await xq.done('sealWithXqKey', { text: TEXT, recipients: [BO], cipher }, SEALED);
    const { ciphertext, xqKey: key } = sealed;
    assert.equal(Buffer.from(ciphertext, 'base64').includes('launch'), false);
    const input = { locator: key.locator, ciphertext };
    const opened = await xq.done('openWithXqKey', input, OPENED, BO_CALLER);
    assert.deepEqual([opened['text'], opened['cipher']], [TEXT, cipher]);
    await xq.done('revokeXqKeyRecipients', { locator: key.locator, recipients: [BO] });
    const refused = await xq.command('openWithXqKey', input, OPENED, BO_CALLER);
    assert.deepEqual([refused['problem'].code, refused['text']], ['FORBIDDEN', null]);
  }
});

test('texts of the published clients are opened by what their key says, or by whichever opens them', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const bare = '0123456789abcdef';
  const cases = [
    { key: `.1${bare}`, sealed: await sealEnvelope('AES_GCM', bare, Buffer.from(TEXT)), cipher: 'AES_GCM' },
    { key: bare, sealed: await sealEnvelope('AES_GCM', bare, Buffer.from(TEXT)), cipher: 'AES_GCM' },
    { key: `.2${bare}`, sealed: await sealEnvelope('AES_CTR', bare, Buffer.from(TEXT)), cipher: 'AES_CTR' },
    { key: `.B${bare}`, sealed: xorWithKey(Buffer.from(TEXT), bare), cipher: 'OTP' },
    { key: bare, sealed: xorWithKey(Buffer.from(TEXT), bare), cipher: 'OTP' },
  ];
  for (const { key, sealed, cipher } of cases) {
    const locator = await xq.createKey({ key });
    const input = { locator, ciphertext: sealed.toString('base64') };
    const opened = await xq.done('openWithXqKey', input, OPENED);
    assert.deepEqual([opened['text'], opened['cipher']], [TEXT, cipher], key);
  }
});

test('a text that the key does not open is a problem, and so is one that is no base64', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const { xqKey: key } = await xq.done('sealWithXqKey', { text: TEXT, recipients: [BO] }, SEALED);
  const other = await xq.done('sealWithXqKey', { text: TEXT, recipients: [BO] }, SEALED);
  const mixed = { locator: key.locator, ciphertext: other['ciphertext'] };
  assert.equal((await xq.command('openWithXqKey', mixed, OPENED))['problem'].code, 'CONFLICT');
  const before = upstreamCalls(xq);
  const garbled = { locator: key.locator, ciphertext: 'not base64!' };
  assert.equal((await xq.command('openWithXqKey', garbled, OPENED))['problem'].code, 'INVALID_INPUT');
  const long = await xq.command('sealWithXqKey', { text: 'x'.repeat(300_000), recipients: [BO] });
  assert.deepEqual([long['problem'].code, long['problem'].path], ['INVALID_INPUT', ['input', 'text']]);
  assert.equal(upstreamCalls(xq), before);
});

test('neither texts nor keys are seen by the log, the provider or the stored records', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const { xqKey: key } = await xq.done(
    'sealWithXqKey',
    { text: 'ultra-secret-text', recipients: [BO] },
    SEALED,
  );
  const { material } = await xq.done('readXqKey', { locator: key.locator }, 'material { text bareKey }');
  const seen = JSON.stringify([xq.logger.lines, xq.simulator.control.keys(), xq.simulator.control.events()]);
  for (const secret of ['ultra-secret-text', material.bareKey]) assert.equal(seen.includes(secret), false);
});
