import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logAnswersNotUnderstood } from '../../../src/cli/log-answers-not-understood.js';
import { memoryLogger } from '../../support/memory-logger.js';
import { failsWith } from './open.js';
import { answerTo, openRawVip } from './raw.js';

const CODE = { otp: '123456', authContext: [] };
const CREDENTIALS = [{ credentialId: 'VSMT12345678', credentialType: 'STANDARD_OTP' }] as const;
const NAMED = '<credentialId>VSMT12345678</credentialId><credentialType>STANDARD_OTP</credentialType>';
const PUSH = { displayParameters: [], requestParameters: [], authContext: [] };
const SIGN_IN = { userId: 'ana', ipAddress: '10.0.0.1', userAgent: 'x', attributes: [] };

const item = (id: string, status: string, more = ''): string =>
  `<transactionStatus><transactionId>${id}</transactionId><status>${status}</status>${more}</transactionStatus>`;

test('only 0000 proves a code, and the answer tells the status of the provider', async (t) => {
  let status = '0000';
  const { client } = await openRawVip(t, (asked) => answerTo(asked, NAMED, status));
  const prove = () => client.authenticateCredentials({ credentials: CREDENTIALS, ...CODE });
  assert.equal((await prove()).status, '0000');
  for (status of ['6040', '7000']) await assert.rejects(prove());
  status = '6040';
  await assert.rejects(prove(), failsWith('OUTCOME_UNKNOWN'));
});

test('a success about a credential or a user that was not asked for is none', async (t) => {
  let inner = '';
  let status = '0000';
  const { client } = await openRawVip(t, (asked) => answerTo(asked, inner, status));
  const prove = () => client.authenticateCredentials({ credentials: CREDENTIALS, ...CODE });
  for (inner of [
    NAMED.replace('VSMT12345678', 'VSMT87654321'),
    NAMED.replace('STANDARD_OTP', 'SMS_OTP'),
    NAMED.replace('VSMT12345678', ''),
  ])
    await assert.rejects(prove(), failsWith('OUTCOME_UNKNOWN'), inner);
  inner = NAMED.replace('VSMT', 'vsmt');
  assert.equal((await prove()).credentialId, 'vsmt12345678');

  inner = `${NAMED.replace('VSMT12345678', 'VSMT87654321')}<credentialStatus>ENABLED</credentialStatus>`;
  await assert.rejects(client.getCredential(CREDENTIALS[0]), failsWith('PROVIDER_PROTOCOL'));
  inner = '<userId>bela</userId><userStatus>ACTIVE</userStatus>';
  await assert.rejects(client.getUser('ana'), failsWith('PROVIDER_PROTOCOL'));
  inner =
    '<transactionId>abcd1234</transactionId><pushDetail><pushCredentialId>VSMT87654321</pushCredentialId><pushSent>true</pushSent></pushDetail>';
  status = '6040';
  await assert.rejects(
    client.pushCredentials({ credentials: CREDENTIALS, ...PUSH }),
    failsWith('OUTCOME_UNKNOWN'),
  );
});

test('elements of a foreign namespace, and envelopes of anything else, are not the answer', async (t) => {
  const good = '<userStatus>ACTIVE</userStatus>';
  let change = (text: string): string => text;
  const { client } = await openRawVip(t, (asked) => change(answerTo(asked, good)));
  assert.equal((await client.getUser('ana')).status, 'ACTIVE');
  const changes: ((text: string) => string)[] = [
    (text) => text.replace('vipuserservices"', 'other"'),
    (text) => text.replace('https://schemas.symantec.com', 'http://schemas.symantec.com'),
    (text) => text.replace('<userStatus>', '<userStatus xmlns="urn:other">'),
    (text) => text.replace('<status>', '<status xmlns="">'),
    (text) => text.replace('soap/envelope/"', 'soap/other/"'),
    (text) => text.replaceAll('GetUserInfoResponse', 'getUserInfoResponse'),
    (text) => text.replaceAll('GetUserInfoResponse', 'GetCredentialInfoResponse'),
    (text) => text.replace(/(<GetUserInfo.*Response>)/, '$1$1'),
    (text) => text.replace(/<status>/, '<status>0000</status><status>'),
    (text) => `${text}${text}`,
    (text) => text.replace('<S:Body>', '<S:Body/><S:Body>').replace(/<Get.*Response>/, ''),
    (text) => `<!DOCTYPE a>${text}`,
    (text) => text.replace(good, '<a>'.repeat(50) + '</a>'.repeat(50)),
  ];
  for (change of changes)
    await assert.rejects(client.getUser('ana'), failsWith('PROVIDER_PROTOCOL'), String(change));
});

test('a broken part of a status that may be missing is null, is told, and the status counts', async (t) => {
  const logger = memoryLogger();
  logAnswersNotUnderstood(logger);
  const broken = [
    '<authnTime>yesterday</authnTime>',
    '<isPinExpired>TRUE</isPinExpired>',
    '<pinExpirationTime/>',
    '<deviceInfo><Key>os</Key></deviceInfo>',
    '<deviceInfo>canary</deviceInfo>',
    '<detail>canary</detail>',
  ];
  const { client } = await openRawVip(t, (asked) =>
    answerTo(asked, broken.map((part, index) => item(`abcd${index}`, '7000', part)).join('')),
  );
  const ids = broken.map((_part, index) => `abcd${index}`);
  const told = await client.pollPushes(ids);
  assert.deepEqual(
    ids.map((id) => told.get(id)?.status),
    ids.map(() => '7000'),
  );
  assert.deepEqual(told.get('abcd0')?.answeredAt, null);
  assert.ok(logger.lines.length >= 4);
  assert.doesNotMatch(JSON.stringify(logger.lines), /canary|yesterday/);
});

test('two statuses of one push contradict each other, and one that was not asked for is nobody’s; the others stand', async (t) => {
  const items = [
    item('abcd1', '7002'),
    item('abcd1', '7000'),
    item('abcd2', '7000'),
    item('abcd3', '7000'),
    item('abcd3', '7000'),
    item('abcd9', '7000'),
    '<transactionStatus><status>7000</status></transactionStatus>',
  ];
  const { client } = await openRawVip(t, (asked) => answerTo(asked, items.join('')));
  const told = await client.pollPushes(['abcd1', 'abcd2', 'abcd3']);
  assert.deepEqual(
    [...told].map(([id, { status }]) => [id, status]),
    [['abcd2', '7000']],
  );
});

test('a sign-in is not risky only when status and verdict both say so', async (t) => {
  let answer: [status: string, inner: string] = ['0000', ''];
  const { client } = await openRawVip(t, (asked) =>
    answerTo(asked, `${answer[1]}<EventId>1</EventId>`, answer[0]),
  );
  const cases: [status: string, inner: string, isRisky: boolean][] = [
    ['0000', '<Risky>false</Risky>', false],
    ['0000', '<Risky>true</Risky>', true],
    ['6009', '<Risky>false</Risky>', true],
    ['6009', '<Risky>true</Risky>', true],
    ['0000', '', true],
    ['0000', '<Risky>NO</Risky>', true],
  ];
  for (const [status, inner, isRisky] of cases) {
    answer = [status, inner];
    assert.equal((await client.evaluateRisk(SIGN_IN)).isRisky, isRisky, `${status} ${inner}`);
  }
});

test('a poll that is slow is waited for, and one whose answer is lost is not made again', async (t) => {
  let release = (): void => undefined;
  const { client, server, clock } = await openRawVip(
    t,
    (asked) => new Promise((resolve) => (release = () => resolve(answerTo(asked, item('abcd1', '7000'))))),
    { retry: { retries: 2 } },
  );
  const slow = client.pollPushes(['abcd1']);
  await server.hit(1);
  await clock.advance(25_000);
  release();
  assert.equal((await slow).get('abcd1')?.status, '7000');

  const lost = assert.rejects(client.pollPushes(['abcd1']), failsWith('PROVIDER_TIMEOUT'));
  await server.hit(2);
  await clock.advance(30_000);
  await lost;
  assert.equal(server.hits, 2);
});

test('the number that the user is to choose on the phone is told, wherever a push says none it is null', async (t) => {
  let inner = '<transactionId>abcd1234</transactionId><numbersChallengeValue>07</numbersChallengeValue>';
  const { client } = await openRawVip(t, (asked) => answerTo(asked, inner, '6040'));
  assert.equal((await client.pushUser({ userId: 'ana', ...PUSH })).numbersChallenge, '07');
  inner = '<transactionId>abcd1234</transactionId>';
  assert.equal((await client.pushUser({ userId: 'ana', ...PUSH })).numbersChallenge, null);
});

const CREDENTIAL_PARTS: Readonly<Record<string, string>> = {
  credentialId: 'VSMT1',
  credentialType: 'STANDARD_OTP',
  credentialStatus: 'ENABLED',
  tokenCategoryDetails:
    '<CategoryId>1</CategoryId><FormFactor>f</FormFactor><MovingFactor>m</MovingFactor><OtpGeneratedBy>o</OtpGeneratedBy>',
  bindingDetail: '<bindStatus>ENABLED</bindStatus><lastBindTime>2026-03-01T10:00:00Z</lastBindTime>',
  pushAttributes: '<Key>k</Key><Value>v</Value>',
};
const BINDING_PARTS: Readonly<Record<string, string>> = {
  bindStatus: 'ENABLED',
  friendlyName: 'mine',
  trustedDevice: 'true',
  lastBindTime: '2026-03-01T10:00:00Z',
  lastAuthnTime: '2026-03-01T10:00:00Z',
  lastAuthnId: 'x1',
};
const written = (name: string, parts: Readonly<Record<string, string | undefined>>): string =>
  `<${name}>${Object.entries(parts)
    .map(([part, text]) => (text === undefined ? '' : `<${part}>${text}</${part}>`))
    .join('')}</${name}>`;
const ODD_TEXTS = ['', 'yesterday', '<other>1</other>', undefined];

for (const [within, parts] of [
  ['a credential', CREDENTIAL_PARTS],
  ['a binding', BINDING_PARTS],
] as const)
  for (const field of Object.keys(parts))
    test(`an odd or lacking ${field} of ${within} of a user costs no more than the credential`, async (t) => {
      let inner = '';
      const { client } = await openRawVip(t, (asked) =>
        answerTo(asked, `<userId>ana</userId><userStatus>ACTIVE</userStatus>${inner}`),
      );
      const credential = (id: string, odd: Readonly<Record<string, string | undefined>> = {}): string =>
        within === 'a credential'
          ? written('credentialBindingDetail', { ...CREDENTIAL_PARTS, credentialId: id, ...odd })
          : written('credentialBindingDetail', {
              ...CREDENTIAL_PARTS,
              credentialId: id,
              bindingDetail: written('x', { ...BINDING_PARTS, ...odd }).slice(3, -4),
            });
      for (const text of ODD_TEXTS) {
        inner = credential('VSMT1') + credential('VSMT2', { [field]: text }) + credential('VSMT3');
        const { credentials, isPart = false } = await client.getUser('ana');
        const ids = credentials.map(({ credentialId }) => credentialId);
        assert.deepEqual([ids[0], ids.at(-1)], ['VSMT1', 'VSMT3'], text);
        assert.equal(isPart, ids.length < 3, text);
        if (field !== 'credentialId') assert.equal(ids.length, 3, `${text}`);
        const middle = field === 'credentialId' ? undefined : credentials[1];
        if (field === 'bindStatus' || field === 'bindingDetail')
          assert.notEqual(middle?.binding.status, 'ENABLED', `${text}`);
      }
      if (field === 'credentialId') return;
      inner = credential('VSMT1', { [field]: undefined });
      assert.equal((await client.getUser('ana')).credentials.length, 1, 'the only one');
    });
