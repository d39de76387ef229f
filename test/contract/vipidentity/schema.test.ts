import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credential, INVALID, otp, SERVICE_OF, startWorld, statusOf, userId } from './wire.js';

const USER = userId('ana+approve@example.com');
const PHONE = '<phoneNumber>16505551212</phoneNumber>';
const CONTEXT = '<authContext><params><Key>authLevel.level</Key><Value>1</Value></params></authContext>';
const PAIRS = '<KeyValuePairs><Key>channel</Key><Value>web</Value></KeyValuePairs>';
const RISK = '<UserId>ana+approve@example.com</UserId>';
const DETAIL = `<credentialDetail>${credential('VSMT99999999')}<friendlyName>x</friendlyName><trustedDevice>false</trustedDevice></credentialDetail>`;
const SMS = `<smsDeliveryInfo>${PHONE}<smsFrom>12345</smsFrom><messageTemplate>Your code is</messageTemplate><gatewayAcctInfo><Id>gw1</Id><Password>secret</Password></gatewayAcctInfo></smsDeliveryInfo>`;
const VOICE =
  '<voiceDeliveryInfo><phoneNumber>16505551212x,1112</phoneNumber><Language>en-us</Language></voiceDeliveryInfo>';
const ATTRIBUTES =
  '<temporaryPasswordAttributes><expirationTime>2026-03-02T12:00:00.000Z</expirationTime><oneTimeUseOnly>true</oneTimeUseOnly></temporaryPasswordAttributes>';
const PUSH =
  '<pushAuthData><displayParameters><Key>display.message.title</Key><Value>Sign in</Value></displayParameters>' +
  '<displayParameters><Key>display.message.text</Key><Value>Is this you?</Value></displayParameters>' +
  '<requestParameters><Key>request.timeout</Key><Value>60</Value></requestParameters></pushAuthData>';

/** Messages with everything the schema allows, in its order. */
const COMPLETE: readonly (readonly [operation: string, content: string])[] = [
  ['createUser', `${userId('new@example.com')}<pin>4711</pin><forcePinChange>false</forcePinChange>`],
  [
    'updateUser',
    `${USER}<newUserId>b@example.com</newUserId><newUserStatus>DISABLED</newUserStatus><oldPin>4711</oldPin><newPin>081500</newPin><forcePinChange>true</forcePinChange>`,
  ],
  ['deleteUser', USER],
  ['clearUserPin', USER],
  ['addCredential', `${USER}${DETAIL}${otp('123456', '654321')}<trustedDevice>false</trustedDevice>`],
  ['removeCredential', `${USER}${credential('VSMT12345678')}<trustedDevice>true</trustedDevice>`],
  ['updateCredential', `${USER}${credential('VSMT12345678')}<friendlyName>n</friendlyName>`],
  ['register', SMS],
  ['register', VOICE],
  ['register', '<serviceOtpDeliveryInfo><id>SVC00000009</id></serviceOtpDeliveryInfo>'],
  ['sendOtp', `${USER}${SMS}`],
  ['sendOtp', `${USER}${VOICE}`],
  ['setTemporaryPassword', `${USER}<temporaryPassword>012345</temporaryPassword>${ATTRIBUTES}${SMS}`],
  ['setTemporaryPassword', `${USER}${VOICE}`],
  ['setTemporaryPasswordAttributes', `${USER}${ATTRIBUTES}`],
  ['clearTemporaryPassword', USER],
  ['getServerTime', ''],
  ['getUserInfo', `${USER}<iaInfo>1</iaInfo><includePushAttributes>false</includePushAttributes>`],
  ['getCredentialInfo', `${credential('VSMT12345678')}<includePushAttributes>0</includePushAttributes>`],
  ['getTemporaryPasswordAttributes', USER],
  ['pollPushStatus', '<transactionId>2ae68a940ec4236b</transactionId>'.repeat(20)],
  ['authenticateUser', `${USER}<pin>4711</pin>${otp('123456')}${CONTEXT}`],
  ['checkOtp', `${USER}${otp('123456')}${CONTEXT}`],
  ['authenticateUserWithPush', `${USER}<pin>4711</pin>${PUSH}${CONTEXT}`],
  [
    'authenticateCredentials',
    `${`<credentials>${credential('VSMT12345678')}</credentials>`.repeat(5)}<activate>false</activate>${otp('123456')}${CONTEXT}`,
  ],
  [
    'authenticateCredentials',
    `<credentials>${credential('VSMT12345678')}</credentials><activate>true</activate>${PUSH}${CONTEXT}`,
  ],
  [
    'evaluateRisk',
    `${RISK}<Ip>203.0.113.70</Ip><UserAgent>Mozilla/5.0</UserAgent><IAAuthData>text</IAAuthData>${PAIRS}`,
  ],
];

test('messages with everything the schema allows pass the schema', async (t) => {
  const { wire } = await startWorld(t);
  for (const [operation, content] of COMPLETE) {
    assert.notEqual(await wire.ask(operation, content), INVALID, `${operation} ${content}`);
  }
  const named = new Set([...COMPLETE.map(([operation]) => operation), 'confirmRisk', 'denyRisk']);
  assert.deepEqual(
    [...SERVICE_OF.keys()].filter((operation) => !named.has(operation)),
    [],
  );
});

test('any element in another place, twice, or of an unknown name fails the schema', async (t) => {
  const { wire } = await startWorld(t);
  const broken = COMPLETE.flatMap(([operation, content]) => {
    const elements = topElements(content);
    const [first, ...others] = elements;
    const swapped = new Set(elements).size > 1 ? [[...others, first].join('')] : [];
    const twice =
      first === undefined || operation === 'pollPushStatus' ? [] : [`${first.repeat(21)}${others.join('')}`];
    return [...swapped, ...twice, `${content}<unknown/>`, `text${content}`].map(
      (c) => [operation, c] as const,
    );
  });
  assert.ok(broken.length > 90);
  for (const [operation, content] of broken) {
    assert.equal(await wire.ask(operation, content), INVALID, `${operation} ${content}`);
  }
});

test('a message without one of its required elements fails the schema', async (t) => {
  const { wire } = await startWorld(t);
  const required: readonly (readonly [string, string])[] = [
    ['createUser', '<pin>4711</pin>'],
    ['deleteUser', ''],
    ['addCredential', USER],
    ['removeCredential', `${USER}<credentialId>VSMT12345678</credentialId>`],
    ['updateCredential', `${USER}${credential('VSMT12345678')}`],
    ['register', ''],
    ['register', `${SMS}${VOICE}`],
    ['sendOtp', `${USER}${SMS}${VOICE}`],
    ['setTemporaryPasswordAttributes', USER],
    ['pollPushStatus', ''],
    ['checkOtp', USER],
    ['authenticateUserWithPush', USER],
    ['authenticateCredentials', `<credentials>${credential('VSMT12345678')}</credentials>`],
    ['authenticateCredentials', otp('123456')],
    [
      'authenticateCredentials',
      `<credentials>${credential('VSMT12345678')}</credentials>${otp('123456')}${PUSH}`,
    ],
    ['evaluateRisk', `${RISK}<Ip>203.0.113.70</Ip>`],
    ['confirmRisk', RISK],
    ['denyRisk', RISK],
  ];
  for (const [operation, content] of required)
    assert.equal(await wire.ask(operation, content), INVALID, `${operation} ${content}`);
});

/** Values at both sides of each limit: the element they stand in, good ones, bad ones. */
const LIMITS: readonly (readonly [
  operation: string,
  content: (value: string) => string,
  good: string[],
  bad: string[],
])[] = [
  [
    'deleteUser',
    (v) => `<userId>${v}</userId>`,
    ['a', 'ü'.repeat(128), '😀'.repeat(128)],
    ['', 'a'.repeat(129)],
  ],
  ['createUser', (v) => `${USER}<pin>${v}</pin>`, ['4711', 'p'.repeat(128)], ['471', 'p'.repeat(129)]],
  [
    'createUser',
    (v) => `${USER}<forcePinChange>${v}</forcePinChange>`,
    ['true', '0', ' false '],
    ['yes', 'TRUE', ''],
  ],
  [
    'updateUser',
    (v) => `${USER}<newUserStatus>${v}</newUserStatus>`,
    ['ACTIVE', 'DISABLED'],
    ['active', 'LOCKED', 'GONE'],
  ],
  [
    'checkOtp',
    (v) => `${USER}${otp(v)}`,
    ['123456', 'abcDEF7890'],
    ['12345', '12345678901', '12 456', '12345-'],
  ],
  ['getCredentialInfo', (v) => credential(v), ['A,#.', '*'.repeat(100)], ['ABC', 'A'.repeat(101), 'AB-CD']],
  [
    'getCredentialInfo',
    (v) => credential('VSMT12345678', v),
    ['STANDARD_OTP', 'IA'],
    ['standard_otp', 'EMAIL_OTP'],
  ],
  [
    'updateCredential',
    (v) => `${USER}${credential('ABCD')}<friendlyName>${v}</friendlyName>`,
    ['n'.repeat(125)],
    ['', 'n'.repeat(126)],
  ],
  [
    'setTemporaryPassword',
    (v) => `${USER}<temporaryPassword>${v}</temporaryPassword>`,
    ['000000'],
    ['', '12345', '1234567', '12345a'],
  ],
  [
    'setTemporaryPasswordAttributes',
    (v) =>
      `${USER}<temporaryPasswordAttributes><expirationTime>${v}</expirationTime></temporaryPasswordAttributes>`,
    ['2026-03-02T12:00:00Z', '2026-03-02T12:00:00.123-07:00', '2026-03-02T12:00:00'],
    ['2026-03-02', '', '2026-13-02T12:00:00Z', 'tomorrow'],
  ],
  [
    'register',
    (v) => `<smsDeliveryInfo><phoneNumber>${v}</phoneNumber></smsDeliveryInfo>`,
    ['12345', '1'.repeat(20), '16505551212x,.*#'],
    ['1234', '1'.repeat(21), '+16505551212', '16505551212x'],
  ],
  [
    'register',
    (v) => `<smsDeliveryInfo>${PHONE}<smsFrom>${v}</smsFrom></smsDeliveryInfo>`,
    ['123'],
    ['12', '1'.repeat(21), 'abc'],
  ],
  [
    'register',
    (v) => `<smsDeliveryInfo>${PHONE}<messageTemplate>${v}</messageTemplate></smsDeliveryInfo>`,
    ['five!', 'm'.repeat(140)],
    ['four', 'm'.repeat(141)],
  ],
  [
    'register',
    (v) =>
      `<smsDeliveryInfo>${PHONE}<gatewayAcctInfo><Id>${v}</Id><Password>p</Password></gatewayAcctInfo></smsDeliveryInfo>`,
    ['g'],
    ['', 'g'.repeat(16)],
  ],
  [
    'register',
    (v) => `<voiceDeliveryInfo>${PHONE}<Language>${v}</Language></voiceDeliveryInfo>`,
    ['en-us'],
    ['', 'en_us', 'english!', 'de'],
  ],
  [
    'pollPushStatus',
    (v) => `<transactionId>${v}</transactionId>`,
    ['abcd', 'a_'.repeat(8)],
    ['abc', 'a'.repeat(17), 'ab-d'],
  ],
  [
    'evaluateRisk',
    (v) => `${RISK}<Ip>${v}</Ip><UserAgent>x</UserAgent>`,
    ['0.0.0.0', '255.255.255.255'],
    ['256.0.0.1', '1.2.3', '::1', '01.2.3.4'],
  ],
  [
    'evaluateRisk',
    (v) => `${RISK}<Ip>1.2.3.4</Ip><UserAgent>${v}</UserAgent>`,
    ['u'.repeat(250)],
    ['', 'u'.repeat(251)],
  ],
  [
    'evaluateRisk',
    (v) => `${RISK}<Ip>1.2.3.4</Ip><UserAgent>x</UserAgent><IAAuthData>${v}</IAAuthData>`,
    ['d'.repeat(2000)],
    ['', 'd'.repeat(2001)],
  ],
  [
    'checkOtp',
    (v) =>
      `${USER}${otp('123456')}<authContext><params><Key>k</Key><Value>${v}</Value></params></authContext>`,
    ['', 'v'.repeat(250)],
    ['v'.repeat(251)],
  ],
  [
    'checkOtp',
    (v) =>
      `${USER}${otp('123456')}<authContext><params><Key>${v}</Key><Value>1</Value></params></authContext>`,
    ['k'.repeat(125)],
    ['', 'k'.repeat(126)],
  ],
  [
    'checkOtp',
    (v) =>
      `${USER}${otp('123456')}<authContext><params><Key>authLevel.level</Key><Value>${v}</Value></params></authContext>`,
    ['1', '10'],
    ['0', '11', 'high'],
  ],
  ['confirmRisk', (v) => `${RISK}<EventId>${v}</EventId>`, [], ['', '1'.repeat(19), '12a']],
];

test('lengths and patterns are checked at both sides of each limit', async (t) => {
  const { wire } = await startWorld(t);
  for (const [operation, content, good, bad] of LIMITS) {
    for (const value of good)
      assert.notEqual(statusOf(await wire.ask(operation, content(value))), '600B', `${operation} ${value}`);
    for (const value of bad)
      assert.equal(await wire.ask(operation, content(value)), INVALID, `${operation} ${value}`);
  }
});

test('at most 5 credentials, 20 transactions and 20 pairs are taken', async (t) => {
  const { wire } = await startWorld(t);
  const one = `<credentials>${credential('VSMT12345678')}</credentials>`;
  assert.equal(await wire.ask('authenticateCredentials', `${one.repeat(6)}${otp('123456')}`), INVALID);
  assert.equal(await wire.ask('pollPushStatus', '<transactionId>abcd</transactionId>'.repeat(21)), INVALID);
  const risk = `${RISK}<Ip>1.2.3.4</Ip><UserAgent>x</UserAgent>`;
  assert.equal(await wire.ask('evaluateRisk', `${risk}${PAIRS.repeat(21)}`), INVALID);
  assert.notEqual(await wire.ask('evaluateRisk', `${risk}${PAIRS.repeat(20)}`), INVALID);
});

test('elements of another namespace and attributes fail the schema', async (t) => {
  const { wire } = await startWorld(t);
  assert.equal(await wire.ask('deleteUser', '<userId xmlns="urn:x">dora@example.com</userId>'), INVALID);
  assert.equal(await wire.ask('deleteUser', '<userId kind="x">dora@example.com</userId>'), INVALID);
});

test('includeTokenInfo is unknown to version 1.7', async (t) => {
  const { wire } = await startWorld(t);
  const content = `${USER}<includeTokenInfo>true</includeTokenInfo>`;
  assert.equal(await wire.ask('getUserInfo', content), INVALID);
  assert.equal(statusOf(await wire.ask('getUserInfo', content, { version: 8 })), '0000');
});

test('published clients that mix up the order are refused', async (t) => {
  const { wire } = await startWorld(t);
  const mistakes: readonly (readonly [string, string])[] = [
    ['addCredential', `${USER}${otp('123456')}${DETAIL}`],
    ['updateUser', `${USER}<newPin>4711</newPin><forcePinReset>true</forcePinReset>`],
    [
      'setTemporaryPasswordAttributes',
      `${USER}<temporaryPasswordAttributes><oneTimeUseOnly>true</oneTimeUseOnly><expirationTime>2026-03-02T12:00:00Z</expirationTime></temporaryPasswordAttributes>`,
    ],
    ['setTemporaryPassword', `${USER}<expirationTime>2026-03-02T12:00:00Z</expirationTime>`],
  ];
  for (const [operation, content] of mistakes)
    assert.equal(await wire.ask(operation, content), INVALID, content);
});

/** The elements a content consists of, with what is in them. */
function topElements(content: string): string[] {
  const elements: string[] = [];
  for (let rest = content; rest !== '';) {
    const name = /^<(\w+)>/.exec(rest)?.[1] ?? '';
    const end = rest.indexOf(`</${name}>`) + name.length + 3;
    elements.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return elements;
}
