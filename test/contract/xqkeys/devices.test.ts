import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { decryptRsa, openCtr, openGcm, sealGcm } from './device-crypto.js';
import { claimsOf, empty, GENERAL_KEY, jsonOf, refused, startWorld, textOf, type World } from './wire.js';

const SUBSCRIPTION = '/subscription/v2';
const TRUSTED = `${SUBSCRIPTION}/authorize/trusted/1234`;
const ANNOUNCE = '/dashboard/v2/trusted/announce';
const LOCATOR_KEY = 'sim-locator-key';
const PRESS = { device: 'press-07', ver: 3, roaming: true };

const tokenIn = (plain: string): string => JSON.parse(plain).access_token;

interface DeviceTexts {
  readonly id: number;
  readonly certificate: string;
  readonly key: string;
  readonly transportKey: string;
}

/** Certificate 7, as a device holds it. */
async function seededTexts({ simulator: { files } }: World): Promise<DeviceTexts> {
  const [certificate = '', key = '', transportKey = ''] = await Promise.all(
    ['clientCert', 'clientKey', 'transportKey'].map((name) => readFile(String(files[name]), 'utf8')),
  );
  return { id: 7, certificate, key, transportKey };
}

/** Signs in like the published client; `change` is what is wrong with the payload. */
async function signIn({ anonymous }: World, texts: DeviceTexts, change: object = {}) {
  const ts = Number(textOf(await anonymous.get(`${SUBSCRIPTION}/time`)));
  const payload = JSON.stringify({ crt: texts.certificate, device: 'press-07', ver: 3, ts, ...change });
  const body = sealGcm(texts.transportKey, payload, randomBytes(16), randomBytes(12));
  return anonymous.post(`${SUBSCRIPTION}/authorize/certificate/${texts.id}`, body);
}

function tokenOf(texts: DeviceTexts, answer: string): string {
  const pem = Buffer.from(texts.key, 'base64').toString('utf8');
  return decryptRsa(pem, tokenIn(openGcm(texts.transportKey, answer)));
}

test('these tests speak the published envelope', () => {
  const password = 'dHJhbnNwb3J0LWtleQ==';
  const envelope =
    'U2FsdGVkX18AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobb5HvxsTuVVve9dIAvM2fhufIPbHEfapN/+NNK9BGZTd4c/B5yuE=';
  const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  const iv = Buffer.from('101112131415161718191a1b', 'hex');
  assert.equal(sealGcm(password, '{"access_token":"abc"}', salt, iv), envelope);
  assert.equal(openGcm(password, envelope), '{"access_token":"abc"}');
});

test('a trusted device gets a full access token under the locator key, in the cipher of its version', async (t) => {
  const { anonymous, withToken } = await startWorld(t);
  const gcm = tokenIn(openGcm(LOCATOR_KEY, textOf(await anonymous.post(TRUSTED, PRESS))));
  const ctr = tokenIn(openCtr(LOCATOR_KEY, textOf(await anonymous.post(TRUSTED, { ...PRESS, ver: 2 }))));
  for (const token of [gcm, ctr]) {
    const device = withToken(token);
    assert.equal(claimsOf(token).sub, 'press-07@trusted.local');
    assert.equal(textOf(await device.key(await device.store())), '.1secret');
    refused(await device.get('/dashboard/v2/login/verify?request=sub'), 401);
  }
});

test('a trusted login is refused from outside, for another team and for a bad name', async (t) => {
  const { anonymous } = await startWorld(t);
  const from = (ip: string) =>
    anonymous.call('POST', TRUSTED, { body: PRESS, headers: { 'trusted-address': ip } });
  textOf(await from('10.1.2.3'));
  refused(await from('203.0.113.9'), 401);
  refused(await anonymous.post(TRUSTED, { ...PRESS, device: 'foreign-ip' }), 401);
  refused(await anonymous.post(TRUSTED.replace('1234', '99'), PRESS), 401);
  refused(await anonymous.post(TRUSTED.replace('1234', 'None'), PRESS), 400);
  refused(await anonymous.post(TRUSTED, { ...PRESS, device: 'x'.repeat(49) }), 400);
  refused(await anonymous.post(TRUSTED, { ...PRESS, ver: 4 }), 400);
});

test('a device that does not roam is tied to its address', async (t) => {
  const { anonymous, withToken } = await startWorld(t);
  const tied = textOf(await anonymous.post(TRUSTED, { ...PRESS, roaming: false }));
  const device = withToken(tokenIn(openGcm(LOCATOR_KEY, tied)));
  const settings = `${SUBSCRIPTION}/settings`;
  jsonOf(await device.get(settings));
  refused(await device.call('GET', settings, { headers: { 'trusted-address': '10.1.2.3' } }), 401);
});

test('an announced device is a member of its team, with either API key; persons are none', async (t) => {
  const { anonymous, withToken, person, dashboard } = await startWorld(t);
  const device = withToken(tokenIn(openGcm(LOCATOR_KEY, textOf(await anonymous.post(TRUSTED, PRESS)))));
  const admin = await dashboard();
  const members = async () => {
    const { contacts } = jsonOf(await admin.get('/dashboard/v2/contact'));
    return (contacts as { email: string; firstName: string }[]).map(({ email }) => email);
  };
  assert.ok(!(await members()).includes('press-07@trusted.local'));
  empty(await device.post(ANNOUNCE, { afirst: 'press-07', alast: '', aphone: '' }));
  const headers = { 'api-key': GENERAL_KEY };
  empty(await device.call('POST', ANNOUNCE, { body: { afirst: 'press-07', alast: '' }, headers }));
  assert.equal((await members()).filter((email) => email === 'press-07@trusted.local').length, 1);
  refused(await (await person()).post(ANNOUNCE, { afirst: 'x' }), 403);
  refused(await anonymous.post(ANNOUNCE, { afirst: 'x' }), 401);
  const locator = await (await person()).store({ recipients: ['team@group.local'] });
  textOf(await device.key(locator));
});

test('a device signs in by certificate, transport key and private key, and only so', async (t) => {
  const world = await startWorld(t);
  const texts = await seededTexts(world);
  assert.equal(texts.transportKey, 'c2ltLXRyYW5zcG9ydC1rZXk=');
  const answer = textOf(await signIn(world, texts, { device: 'd'.repeat(48) }));
  const token = tokenOf(texts, answer);
  assert.ok(token.length <= 245);
  const device = world.withToken(token);
  assert.equal(textOf(await device.key(await device.store())), '.1secret');
  empty(await device.post(ANNOUNCE, { afirst: 'press-07', alast: '', aphone: '' }));
  const pem = Buffer.from(texts.certificate, 'base64').toString('utf8');
  textOf(await signIn(world, { ...texts, certificate: pem }));
});

test('a certificate login is refused when anything about it is wrong', async (t) => {
  const world = await startWorld(t);
  const texts = await seededTexts(world);
  const now = world.clock.now() / 1000;
  textOf(await signIn(world, texts, { ts: now - 300 }));
  refused(await signIn(world, texts, { ts: now - 301 }), 401);
  refused(await signIn(world, texts, { ts: now + 301 }), 401);
  refused(await signIn(world, texts, { ts: 'soon' }), 400);
  refused(await signIn(world, texts, { device: '' }), 400);
  refused(await signIn(world, texts, { device: 'd'.repeat(49) }), 400);
  refused(await signIn(world, texts, { crt: texts.transportKey }), 401);
  refused(await signIn(world, { ...texts, transportKey: 'another' }), 401);
  refused(await signIn(world, { ...texts, id: 8 }), 401);
  refused(await world.anonymous.post(`${SUBSCRIPTION}/authorize/certificate/7`, 'rubbish'), 401);
  world.control.enableCertificate({ id: 7, enabled: false });
  refused(await signIn(world, texts), 401);
});

test('the dashboard makes certificates with which devices sign in at once, unless they are disabled', async (t) => {
  const world = await startWorld(t);
  const admin = await world.dashboard();
  const create = async (enabled: boolean): Promise<DeviceTexts> => {
    const bundle = jsonOf(
      await admin.post('/dashboard/v2/certificate', { tag: 'line-4', fence: [], enabled }),
    );
    return {
      id: Number(bundle['id']),
      certificate: String(bundle['clientCert']),
      key: String(bundle['clientKey']),
      transportKey: String(bundle['transportKey']),
    };
  };
  const made = await create(true);
  assert.equal(claimsOf(tokenOf(made, textOf(await signIn(world, made)))).sub, 'press-07@trusted.local');
  refused(await signIn(world, await create(false)), 401);
  refused(await admin.post('/dashboard/v2/certificate', { tag: '' }), 400);
});
