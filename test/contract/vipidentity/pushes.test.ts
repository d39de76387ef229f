import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  credential,
  field,
  fields,
  otp,
  outcome,
  PUSH_SENT,
  startWorld,
  SUCCESS,
  userId,
  WRONG_USER_STATUS,
  type Wire,
} from './wire.js';

const NO_CREDENTIAL = outcome(
  '6008',
  'User does not have any enabled credential for the given credential type.',
);

async function push(wire: Wire, user: string, data = '<pushAuthData/>', rest = ''): Promise<string> {
  const answer = await wire.ask('authenticateUserWithPush', `${userId(user)}${data}${rest}`);
  assert.ok(answer.startsWith(PUSH_SENT), answer);
  return field(answer, 'transactionId') ?? '';
}

/** A user with this id and one phone. */
async function addPhone(wire: Wire, user: string, token: string): Promise<void> {
  assert.equal(await wire.ask('createUser', userId(user)), SUCCESS);
  assert.equal(
    await wire.ask(
      'addCredential',
      `${userId(user)}<credentialDetail>${credential(token)}</credentialDetail>`,
    ),
    SUCCESS,
  );
}

function poll(wire: Wire, ...ids: string[]): Promise<string> {
  return wire.ask('pollPushStatus', ids.map((id) => `<transactionId>${id}</transactionId>`).join(''));
}

function state(id: string, code: string, message: string, rest = ''): string {
  return `<transactionStatus><transactionId>${id}</transactionId>${outcome(code, message)}${rest}</transactionStatus>`;
}

const pending = (id: string) => state(id, '7001', 'Mobile push request in progress');
const notFound = (id: string) => state(id, '7005', 'Mobile push request not found');
const answered = (time: string, token: string) =>
  `<authnTime>2026-03-01T${time}Z</authnTime>${credential(token)}`;

test('a push goes to the phones of the user and is answered with their credentials', async (t) => {
  const { wire } = await startWorld(t);
  const context = '<authContext><params><Key>authLevel.level</Key><Value>1</Value></params></authContext>';
  const answer = await wire.ask(
    'authenticateUserWithPush',
    `${userId('ana+approve@example.com')}<pushAuthData/>${context}`,
  );
  const id = field(answer, 'transactionId') ?? '';
  assert.match(id, /^[0-9a-f]{16}$/);
  assert.equal(
    answer,
    `${PUSH_SENT}<transactionId>${id}</transactionId><pushDetail><pushCredentialId>VSMT12345678</pushCredentialId>` +
      `<pushSent>true</pushSent></pushDetail>${context}`,
  );
});

test('a push is in progress, then approved, and its end can be read once', async (t) => {
  const { wire, clock } = await startWorld(t);
  const id = await push(wire, 'ana+approve@example.com');
  assert.equal(await poll(wire, id), `${SUCCESS}${pending(id)}`);
  await clock.advance(1999);
  assert.equal(await poll(wire, id), `${SUCCESS}${pending(id)}`);
  await clock.advance(1);
  const approved = state(
    id,
    '7000',
    'Mobile push request approved by user',
    answered('10:00:02.000', 'VSMT12345678'),
  );
  assert.equal(await poll(wire, id), `${SUCCESS}${approved}`);
  assert.equal(await poll(wire, id), `${SUCCESS}${notFound(id)}`);
});

test('a denied push names who denied it', async (t) => {
  const { wire, clock } = await startWorld(t);
  const id = await push(wire, 'bob+deny@example.com');
  await clock.advance(2000);
  const denied = state(
    id,
    '7002',
    'Mobile push request denied by user',
    answered('10:00:02.000', 'SYMC21519954'),
  );
  assert.equal(await poll(wire, id), `${SUCCESS}${denied}`);
});

for (const [word, code, message] of [
  ['+expire', '7004', 'Mobile push request expired'],
  ['+notcompleted', '7006', 'Mobile push request not completed'],
  ['+params', '7008', 'Could not authenticate user based on requested parameters'],
] as const) {
  test(`a user id with ${word} ends its pushes with ${code}`, async (t) => {
    const { wire, clock } = await startWorld(t);
    await addPhone(wire, `x${word}@example.com`, 'VSMT00000001');
    const id = await push(wire, `x${word}@example.com`);
    await clock.advance(1999);
    assert.equal(await poll(wire, id), `${SUCCESS}${pending(id)}`);
    await clock.advance(1);
    assert.equal(await poll(wire, id), `${SUCCESS}${state(id, code, message)}`);
  });
}

test('nobody approves by accident: without a word in the user id a push waits until it expires', async (t) => {
  const { wire, clock } = await startWorld(t);
  await addPhone(wire, 'plain@example.com', 'VSMT00000001');
  for (const user of ['plain@example.com', 'cid+pending@example.com']) {
    const id = await push(wire, user);
    await clock.advance(59_999);
    assert.equal(await poll(wire, id), `${SUCCESS}${pending(id)}`);
    await clock.advance(1);
    assert.equal(await poll(wire, id), `${SUCCESS}${state(id, '7004', 'Mobile push request expired')}`);
  }
});

test('request.timeout decides when a push expires, even before its answer', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: 10_000 });
  const within = (seconds: number) =>
    `<pushAuthData><requestParameters><Key>request.timeout</Key><Value>${seconds}</Value></requestParameters></pushAuthData>`;
  const open = await push(wire, 'cid+pending@example.com', within(90));
  const early = await push(wire, 'ana+approve@example.com', within(15));
  await clock.advance(20_000);
  const expired = (id: string) => state(id, '7004', 'Mobile push request expired');
  assert.equal(await poll(wire, open, early), `${SUCCESS}${pending(open)}${expired(early)}`);
  await clock.advance(70_000);
  assert.equal(await poll(wire, open), `${SUCCESS}${expired(open)}`);
});

test('many pushes are read at once, each in its place, unknown and used ones alike not found', async (t) => {
  const { wire, clock } = await startWorld(t);
  const approved = await push(wire, 'ana+approve@example.com');
  const open = await push(wire, 'cid+pending@example.com');
  await clock.advance(2000);
  const answer = await poll(wire, open, 'invented', approved, approved);
  assert.deepEqual(fields(answer, 'transactionId'), [open, 'invented', approved, approved]);
  assert.deepEqual(fields(answer, 'status'), ['0000', '7001', '7005', '7000', '7005']);
});

test('the end of a push is forgotten ten minutes after it', async (t) => {
  const { wire, clock } = await startWorld(t);
  const id = await push(wire, 'ana+approve@example.com');
  await clock.advance(2000 + 600_000);
  assert.equal(await poll(wire, id), `${SUCCESS}${notFound(id)}`);
});

test('an end can be read again and again when the world is told so', async (t) => {
  const { wire, clock, control } = await startWorld(t);
  control.configure({ consumePushes: false });
  const id = await push(wire, 'ana+approve@example.com');
  await clock.advance(2000);
  assert.equal(await poll(wire, id), await poll(wire, id));
  assert.equal(fields(await poll(wire, id), 'status')[1], '7000');
});

test('an approved push moves the last authentication, even if nobody polls', async (t) => {
  const { wire, clock } = await startWorld(t);
  await push(wire, 'ana+approve@example.com');
  await clock.advance(60_000);
  const info = await wire.ask('getUserInfo', userId('ana+approve@example.com'));
  assert.equal(field(info, 'lastAuthnTime'), '2026-03-01T10:01:00.000Z');
});

test('a phone can be moved by hand, with detail and device, which version 1.8 alone tells', async (t) => {
  const { wire, control } = await startWorld(t, { stepMs: 0 });
  const [first, second] = [
    await push(wire, 'ana+approve@example.com'),
    await push(wire, 'ana+approve@example.com'),
  ];
  assert.equal(await poll(wire, first), `${SUCCESS}${pending(first)}`);
  const deviceInfo = [{ Key: 'os', Value: 'iOS' }];
  for (const transactionId of [first, second])
    control.endPush({ transactionId, status: '7006', detail: '7121', deviceInfo });
  const failed = (id: string, device: string) =>
    `${SUCCESS}${state(id, '7006', 'Mobile push request not completed', `<detail>7121</detail><detailMessage>Local authentication failed</detailMessage>${device}`)}`;
  assert.equal(await poll(wire, first), failed(first, ''));
  const asked = `<transactionId>${second}</transactionId>`;
  assert.equal(
    await wire.ask('pollPushStatus', asked, { version: 8 }),
    failed(second, '<deviceInfo><Key>os</Key><Value>iOS</Value></deviceInfo>'),
  );
  assert.throws(() => control.endPush({ transactionId: second, status: '7000' }), /no open push/);
});

test('a push needs an active user with a phone', async (t) => {
  const { wire, control } = await startWorld(t);
  const send = (user: string) => wire.ask('authenticateUserWithPush', `${userId(user)}<pushAuthData/>`);
  assert.equal(await send('dora@example.com'), NO_CREDENTIAL);
  assert.equal(await send('gina@example.com'), NO_CREDENTIAL);
  assert.equal(await send('eve@example.com'), WRONG_USER_STATUS);
  assert.equal(await send('finn@example.com'), WRONG_USER_STATUS);
  control.setCredentialStatus({ credentialId: 'VSMT12345678', status: 'DISABLED' });
  assert.equal(await send('ana+approve@example.com'), NO_CREDENTIAL);
});

test('the PIN of a push is checked before it is sent', async (t) => {
  const { wire, control } = await startWorld(t);
  await addPhone(wire, 'pin@example.com', 'VSMT00000001');
  await wire.ask('updateUser', `${userId('pin@example.com')}<newPin>4711</newPin>`);
  const send = (pin: string) =>
    wire.ask('authenticateUserWithPush', `${userId('pin@example.com')}<pin>${pin}</pin><pushAuthData/>`);
  assert.equal(await send('4712'), outcome('601F', 'Invalid user PIN.'));
  assert.deepEqual(control.pushes(), []);
  const sent = await send('4711');
  assert.deepEqual(fields(sent, 'isPinExpired'), ['false']);
  assert.deepEqual(fields(sent, 'pinExpirationTime'), ['2026-08-28T10:00:00.000Z']);
});

test('a push to credentials goes to those that take one and shows what it was given', async (t) => {
  const { wire, control, clock } = await startWorld(t);
  const to = (...ids: string[]) => ids.map((id) => `<credentials>${credential(id)}</credentials>`).join('');
  const display =
    '<pushAuthData><displayParameters><Key>display.message.title</Key><Value>Sign in</Value></displayParameters></pushAuthData>';
  const answer = await wire.ask('authenticateCredentials', `${to('VSST43994978', 'VSMT12345678')}${display}`);
  const id = field(answer, 'transactionId') ?? '';
  assert.equal(
    answer,
    `${PUSH_SENT}<transactionId>${id}</transactionId><pushDetail><pushCredentialId>VSMT12345678</pushCredentialId><pushSent>true</pushSent></pushDetail>`,
  );
  assert.deepEqual(control.pushes()[0]?.displayParameters, [
    { Key: 'display.message.title', Value: 'Sign in' },
  ]);
  await clock.advance(2000);
  assert.deepEqual(fields(await poll(wire, id), 'status'), ['0000', '7000']);
  assert.equal(
    await wire.ask('authenticateCredentials', `${to('VSST43994978')}<pushAuthData/>`),
    NO_CREDENTIAL,
  );
});

test('an inactive phone becomes active by approving the push that shall activate it', async (t) => {
  const { wire, control } = await startWorld(t);
  const phone = `<credentials>${credential('VSMT00000001')}</credentials>`;
  assert.equal(await wire.ask('authenticateCredentials', `${phone}<pushAuthData/>`), NO_CREDENTIAL);
  const sent = await wire.ask('authenticateCredentials', `${phone}<activate>true</activate><pushAuthData/>`);
  const status = async () =>
    field(await wire.ask('getCredentialInfo', credential('VSMT00000001')), 'credentialStatus');
  assert.equal(await status(), 'INACTIVE');
  control.endPush({ transactionId: field(sent, 'transactionId') ?? '', status: '7000' });
  assert.equal(await status(), 'ENABLED');
});

test('denied pushes count as no wrong codes', async (t) => {
  const { wire, clock, control } = await startWorld(t);
  for (let time = 0; time < 11; time += 1) await push(wire, 'bob+deny@example.com');
  await clock.advance(2000);
  const code = control.code({ credentialId: 'SYMC21519954' });
  const check = await wire.ask('checkOtp', `${userId('bob+deny@example.com')}${otp(code)}`);
  assert.ok(check.startsWith(SUCCESS));
});
