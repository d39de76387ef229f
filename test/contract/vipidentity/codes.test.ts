import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import {
  credential,
  field,
  otp,
  outcome,
  startWorld,
  statusOf,
  SUCCESS,
  userId,
  WRONG_CODE,
  WRONG_USER_STATUS,
  type World,
} from './wire.js';

const ANA = userId('ana+approve@example.com');
const GINA = userId('gina@example.com');
const NOT_USABLE = '600D';

/** The code an authenticator app shows: RFC 6238, written down again from the secret of the token. */
function appCode({ control, clock }: World, credentialId: string, aheadMs = 0): string {
  const token = control.tokens().find((candidate) => candidate.credentialId === credentialId);
  assert.ok(token);
  const bits = [...token.secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor((clock.now() + aheadMs) / 30_000), 4);
  const hash = createHmac('sha1', secret).update(counter).digest();
  const start = (hash[19] ?? 0) % 16;
  return String((hash.readUInt32BE(start) % 2 ** 31) % 1_000_000).padStart(6, '0');
}

test('a software token shows the codes of RFC 6238, each of which is good once', async (t) => {
  const world = await startWorld(t);
  const { wire, clock, control } = world;
  const code = appCode(world, 'VSMT12345678');
  assert.equal(control.code({ credentialId: 'VSMT12345678' }), code);
  const first = await wire.ask('authenticateUser', `${ANA}${otp(code)}`);
  const authnId = field(first, 'authnId') ?? '';
  assert.match(authnId, /^[0-9A-F]{16}$/);
  assert.equal(first, `${SUCCESS}${credential('VSMT12345678')}<authnId>${authnId}</authnId>`);
  assert.equal(await wire.ask('authenticateUser', `${ANA}${otp(code)}`), WRONG_CODE);
  await clock.advance(30_000);
  const next = appCode(world, 'VSMT12345678');
  assert.ok((await wire.ask('checkOtp', `${ANA}${otp(next)}`)).startsWith(SUCCESS));
});

test('a success moves the last authentication of the binding', async (t) => {
  const { wire, clock } = await startWorld(t);
  assert.equal(field(await wire.ask('getUserInfo', GINA), 'lastAuthnTime'), undefined);
  await clock.advance(5000);
  const authnId = field(await wire.ask('authenticateUser', `${GINA}${otp('123456')}`), 'authnId');
  const info = await wire.ask('getUserInfo', GINA);
  assert.equal(field(info, 'lastAuthnTime'), '2026-03-01T10:00:05.000Z');
  assert.equal(field(info, 'lastAuthnId'), authnId);
});

test('a code of the step before is good, an older one is not, and two in a row bring the token back', async (t) => {
  const world = await startWorld(t);
  const { wire } = world;
  const at = (ms: number) => appCode(world, 'VSMT12345678', ms);
  const check = (...codes: [string, string?]) => wire.ask('checkOtp', `${ANA}${otp(...codes)}`);
  assert.equal(await check(at(-60_000)), WRONG_CODE);
  assert.equal(await check(at(-300_000), at(-240_000)), WRONG_CODE);
  assert.ok((await check(at(-300_000), at(-270_000))).startsWith(SUCCESS));
  assert.ok((await check(at(-30_000))).startsWith(SUCCESS));
});

test('a hardware token shows 123456 and then 654321, again and again', async (t) => {
  const { wire } = await startWorld(t);
  for (const codes of [otp('123456'), otp('123456'), otp('123456', '654321')])
    assert.ok((await wire.ask('checkOtp', `${GINA}${codes}`)).startsWith(SUCCESS));
  for (const codes of [otp('000000'), otp('654321'), otp('123456', '123456')])
    assert.equal(await wire.ask('checkOtp', `${GINA}${codes}`), WRONG_CODE);
});

test('a code with a letter is wrong without a detail', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(
    await wire.ask('authenticateUser', `${GINA}${otp('12345a')}`),
    outcome('6009', 'Authentication failed.'),
  );
});

test('PIN and code are both checked, and the level asked for is told back', async (t) => {
  const { wire } = await startWorld(t);
  const context = '<authContext><params><Key>authLevel.level</Key><Value>3</Value></params></authContext>';
  const both = (pin: string, code: string) =>
    wire.ask('authenticateUser', `${GINA}<pin>${pin}</pin>${otp(code)}${context}`);
  assert.equal(await both('4712', '123456'), outcome('601F', 'Invalid user PIN.'));
  assert.equal(await both('4711', '000000'), WRONG_CODE);
  const answer = await both('4711', '123456');
  assert.equal(
    answer,
    `${SUCCESS}${credential('VSST43994978')}<authnId>${field(answer, 'authnId') ?? ''}</authnId>` +
      `<isPinExpired>false</isPinExpired><pinExpirationTime>2026-08-28T10:00:00.000Z</pinExpirationTime>${context}`,
  );
});

test('who proves nothing is not authenticated', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await wire.ask('authenticateUser', GINA), outcome('6009', 'Authentication failed.'));
});

test('a user without a credential, or without an enabled one, cannot be checked', async (t) => {
  const { wire, control } = await startWorld(t);
  assert.equal(
    await wire.ask('checkOtp', `${userId('dora@example.com')}${otp('123456')}`),
    outcome('6007', 'No binding exists between user and credential.'),
  );
  const none = outcome('6008', 'User does not have any enabled credential for the given credential type.');
  control.setCredentialStatus({ credentialId: 'VSST43994978', status: 'DISABLED' });
  assert.equal(await wire.ask('checkOtp', `${GINA}${otp('123456')}`), none);
  control.setCredentialStatus({ credentialId: 'VSST43994978', status: 'ENABLED' });
  const binding = { userId: 'gina@example.com', credentialId: 'VSST43994978' };
  control.setBindingStatus({ ...binding, status: 'DISABLED' });
  assert.equal(await wire.ask('checkOtp', `${GINA}${otp('123456')}`), none);
  control.setBindingStatus({ ...binding, status: 'ENABLED' });
  assert.ok((await wire.ask('checkOtp', `${GINA}${otp('123456')}`)).startsWith(SUCCESS));
});

test('ten wrong codes in a row lock user and credential, a right one in between starts anew', async (t) => {
  const { wire } = await startWorld(t);
  const wrong = () => wire.ask('checkOtp', `${GINA}${otp('000000')}`);
  const right = () => wire.ask('checkOtp', `${GINA}${otp('123456')}`);
  for (let time = 0; time < 9; time += 1) assert.equal(await wrong(), WRONG_CODE);
  assert.ok((await right()).startsWith(SUCCESS));
  for (let time = 0; time < 10; time += 1) assert.equal(await wrong(), WRONG_CODE);
  assert.equal(await right(), WRONG_USER_STATUS);
  const info = await wire.ask('getUserInfo', GINA);
  assert.equal(field(info, 'userStatus'), 'LOCKED');
  assert.equal(field(info, 'credentialStatus'), 'LOCKED');
  const byCredential = await wire.ask(
    'authenticateCredentials',
    `<credentials>${credential('VSST43994978')}</credentials>${otp('123456')}`,
  );
  assert.equal(statusOf(byCredential), NOT_USABLE);
  assert.equal(await wire.ask('updateUser', `${GINA}<newUserStatus>ACTIVE</newUserStatus>`), SUCCESS);
  assert.ok((await right()).startsWith(SUCCESS));
});

test('credentials are authenticated without a user: the one that matches is named', async (t) => {
  const { wire } = await startWorld(t);
  const both = `<credentials>${credential('VSMT12345678')}</credentials><credentials>${credential('VSST43994978')}</credentials>`;
  assert.equal(
    await wire.ask('authenticateCredentials', `${both}${otp('123456')}`),
    `${SUCCESS}${credential('VSST43994978')}`,
  );
  for (let time = 0; time < 11; time += 1)
    assert.equal(await wire.ask('authenticateCredentials', `${both}${otp('000000')}`), WRONG_CODE);
  assert.ok((await wire.ask('authenticateCredentials', `${both}${otp('123456')}`)).startsWith(SUCCESS));
});

test('an inactive credential proves itself only when it shall become active', async (t) => {
  const { wire } = await startWorld(t);
  const one = `<credentials>${credential('VSST00000001')}</credentials>`;
  const status = async () =>
    field(await wire.ask('getCredentialInfo', credential('VSST00000001')), 'credentialStatus');
  assert.equal(statusOf(await wire.ask('authenticateCredentials', `${one}${otp('123456')}`)), NOT_USABLE);
  const activate = `${one}<activate>true</activate>`;
  assert.equal(await wire.ask('authenticateCredentials', `${activate}${otp('000000')}`), WRONG_CODE);
  assert.equal(await status(), 'INACTIVE');
  assert.ok((await wire.ask('authenticateCredentials', `${activate}${otp('123456')}`)).startsWith(SUCCESS));
  assert.equal(await status(), 'ENABLED');
});

test('an unknown credential, and one without codes, cannot be authenticated', async (t) => {
  const { wire } = await startWorld(t);
  const by = (key: string) =>
    wire.ask('authenticateCredentials', `<credentials>${key}</credentials>${otp('123456')}`);
  assert.equal(await by(credential('VSXX00000001')), outcome('6004', 'Credential ID is not valid.'));
  assert.equal(await by(credential('VSST43994978', 'IA')), outcome('600A', 'Credential type not supported.'));
});
