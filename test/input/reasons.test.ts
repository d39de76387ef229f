import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage } from '../once/stage.js';

interface Row {
  readonly what: string;
  readonly example: string;
  /** The mutation that is refused: the one of the example, or another one after it. */
  readonly field: string;
  readonly input?: object;
  /** Fields of the example's input that are given, where others are not. */
  readonly only?: readonly string[];
  /** Whether the example itself is done before. */
  readonly after?: true;
  readonly told: object;
}

const HELLO = { message: 'Hello', recipients: [{ email: 'bo@ext.example' }] };
const input = (code: string, reason: string | null, ...path: string[]) => ({
  code,
  reason,
  path: ['input', ...path],
});

const ROWS: readonly Row[] = [
  {
    what: 'a second close',
    example: 'safebox/close',
    field: 'closeSafeBox',
    after: true,
    input: {},
    told: input('ALREADY_COMPLETED', 'ALREADY_DONE', 'id'),
  },
  {
    what: 'a reply to a closed SafeBox',
    example: 'safebox/close',
    field: 'replyToSafeBox',
    after: true,
    input: { message: 'Too late' },
    told: input('ALREADY_COMPLETED', 'WRONG_STATE', 'id'),
  },
  {
    what: 'more time for a closed SafeBox',
    example: 'safebox/close',
    field: 'addTimeToSafeBox',
    after: true,
    input: { value: 1, unit: 'DAYS' },
    told: input('ALREADY_COMPLETED', 'WRONG_STATE', 'id'),
  },
  {
    what: 'the content of an open SafeBox',
    example: 'safebox/close',
    field: 'deleteSafeBoxContent',
    input: {},
    told: input('CONFLICT', 'WRONG_STATE', 'id'),
  },
  {
    what: 'an option that the profile fixes',
    example: 'safebox/submit',
    field: 'submitSafeBox',
    input: {
      ...HELLO,
      securityProfileId: '11',
      recipients: [
        {
          email: 'a@ext.example',
          contactMethods: [{ destination: '+15145550000', destinationType: 'CELL_PHONE' }],
        },
      ],
      securityOptions: { isReplyEnabled: true },
    },
    told: input('INVALID_INPUT', 'NOT_MODIFIABLE', 'securityOptions', 'isReplyEnabled'),
  },
  {
    what: 'an e-mail address that is none',
    example: 'safebox/submit',
    field: 'submitSafeBox',
    input: { ...HELLO, recipients: [{ email: 'bo@ext.example' }, { email: 'nobody' }] },
    told: input('INVALID_INPUT', 'MALFORMED', 'recipients', '1', 'email'),
  },
  {
    what: 'a user who has no temporary password',
    example: 'vipidentity/remove-credential',
    field: 'updateVipTemporaryPassword',
    input: { userId: 'bob+deny@example.com', credentialId: undefined, isOneTimeUseOnly: true },
    told: { code: 'NOT_FOUND', reason: 'NOT_SET', path: null },
  },
  {
    what: 'a credential that is not bound',
    example: 'vipidentity/remove-credential',
    field: 'removeVipCredential',
    after: true,
    input: {},
    told: input('NOT_FOUND', 'NOT_SET', 'credentialId'),
  },
  {
    what: 'a one-time code to an unknown telephone by message',
    example: 'vipidentity/send-otp',
    field: 'sendVipOtp',
    input: { sms: { phoneNumber: '15145559999' } },
    told: input('NOT_FOUND', null, 'sms', 'phoneNumber'),
  },
  {
    what: 'a one-time code to an unknown telephone by voice',
    example: 'vipidentity/send-otp',
    field: 'sendVipOtp',
    input: { sms: undefined, voice: { phoneNumber: '15145559999' } },
    told: input('NOT_FOUND', null, 'voice', 'phoneNumber'),
  },
  {
    what: 'a temporary password that is to end too late',
    example: 'vipidentity/update-temporary-password',
    field: 'updateVipTemporaryPassword',
    input: { expiresAt: '2099-01-01T00:00:00Z' },
    told: input('INVALID_INPUT', 'OUT_OF_RANGE', 'expiresAt'),
  },
  {
    what: 'a temporary password that has ended',
    example: 'vipidentity/update-temporary-password',
    field: 'updateVipTemporaryPassword',
    input: { expiresAt: '1999-01-01T00:00:00Z' },
    told: input('INVALID_INPUT', 'OUT_OF_RANGE', 'expiresAt'),
  },
  {
    what: 'a user id that is taken',
    example: 'vipidentity/create-user',
    field: 'createVipUser',
    after: true,
    input: {},
    told: input('CONFLICT', 'TAKEN', 'userId'),
  },
  {
    what: 'a second opening of one draft',
    example: 'safebox/commit',
    field: 'commitSafeBox',
    after: true,
    input: {},
    told: input('ALREADY_COMPLETED', 'ALREADY_DONE', 'draftId'),
  },
  {
    what: 'more time than there are dates for',
    example: 'safebox/add-time',
    field: 'addTimeToSafeBox',
    input: { value: 2_147_483_647, unit: 'DAYS' },
    told: input('INVALID_INPUT', 'OUT_OF_RANGE', 'value'),
  },
  ...['expirationValue', 'retentionPeriodValue'].flatMap((option) =>
    [0, 2_147_483_647].map((value) => ({
      what: `${option} ${value}`,
      example: 'safebox/submit',
      field: 'submitSafeBox',
      input: { ...HELLO, securityOptions: { [option]: value } },
      told: input('INVALID_INPUT', 'OUT_OF_RANGE', 'securityOptions', option),
    })),
  ),
  {
    what: 'a moment that is over',
    example: 'safebox/submit',
    field: 'submitSafeBox',
    input: {
      ...HELLO,
      securityOptions: {
        expirationDate: '1999-12-31',
        expirationTime: '12:00:00',
        expirationTimeZone: '+00:00',
      },
    },
    told: input('INVALID_INPUT', 'OUT_OF_RANGE', 'securityOptions', 'expirationDate'),
  },
  {
    what: 'a recipient of a SafeBox who is there twice',
    example: 'safebox/submit',
    field: 'submitSafeBox',
    input: {
      ...HELLO,
      recipients: [{ email: 'a@ext.example' }, { email: 'b@ext.example' }, { email: 'A@ext.example' }],
    },
    told: input('INVALID_INPUT', 'DUPLICATE', 'recipients', '2', 'email'),
  },
  ...(
    [
      ['safebox/update-participant', 'updateSafeBoxParticipant', ['safeBoxId', 'participantId']],
      ['safebox/update-favorite', 'updateSafeBoxFavorite', ['id']],
      ['xqkeys/update-settings', 'updateXqSettings', []],
      ['vipidentity/update-user', 'updateVipUser', ['userId']],
      ['vipidentity/update-temporary-password', 'updateVipTemporaryPassword', ['userId']],
    ] as const
  ).map(([example, field, kept]) => ({
    what: `${field} without anything to change`,
    example,
    field,
    only: kept,
    told: input('INVALID_INPUT', 'MISSING'),
  })),
  {
    what: 'a second PIN for a request that is confirmed',
    example: 'xqkeys/confirm-access',
    field: 'confirmXqAccess',
    after: true,
    input: {},
    told: input('ALREADY_COMPLETED', 'ALREADY_DONE', 'authorizationId'),
  },
  {
    what: 'a second exchange of one request',
    example: 'xqkeys/exchange-access',
    field: 'exchangeXqAccess',
    after: true,
    input: {},
    told: input('ALREADY_COMPLETED', 'ALREADY_DONE', 'authorizationId'),
  },
  {
    what: 'a key that is revoked already',
    example: 'xqkeys/revoke',
    field: 'revokeXqKey',
    after: true,
    input: {},
    told: input('ALREADY_COMPLETED', 'ALREADY_DONE', 'locator'),
  },
  {
    what: 'keys that are revoked already',
    example: 'xqkeys/revoke-keys',
    field: 'revokeXqKeys',
    after: true,
    input: {},
    told: input('ALREADY_COMPLETED', 'ALREADY_DONE', 'locators', '0'),
  },
  {
    what: 'a packet that is stored already',
    example: 'xqkeys/store-packet',
    field: 'storeXqPacket',
    after: true,
    input: {},
    told: input('ALREADY_COMPLETED', 'ALREADY_DONE', 'packet'),
  },
  {
    what: 'a second reader who is blank',
    example: 'xqkeys/grant',
    field: 'grantXqKey',
    input: { recipients: ['a@example.com', ' '] },
    told: input('INVALID_INPUT', 'BLANK', 'recipients', '1'),
  },
  {
    what: 'a second label that is blank',
    example: 'xqkeys/labels',
    field: 'addXqKeyLabels',
    input: { labels: ['finance', ''] },
    told: input('INVALID_INPUT', 'BLANK', 'labels', '1'),
  },
  {
    what: 'no label at all',
    example: 'xqkeys/labels',
    field: 'addXqKeyLabels',
    input: { labels: [] },
    told: input('INVALID_INPUT', 'BLANK', 'labels'),
  },
  {
    what: 'a second place of a certificate that is blank',
    example: 'xqkeys/create-certificate',
    field: 'createXqDeviceCertificate',
    input: { fence: ['192.0.2.1', ' '] },
    told: input('INVALID_INPUT', 'BLANK', 'fence', '1'),
  },
  {
    what: 'a second token that is blank',
    example: 'xqkeys/combine',
    field: 'combineXqTokens',
    input: { tokens: ['a', ''] },
    told: input('INVALID_INPUT', 'BLANK', 'tokens', '1'),
  },
  ...(
    [
      ['a name that is long', 'a'.repeat(500), 'TOO_LONG'],
      ['a name with a control character', 'a\u0000b', 'MALFORMED'],
      ['a name with a comma', 'a,b', 'MALFORMED'],
    ] as const
  ).flatMap(([what, user, reason]) => [
    {
      what: `an alias of ${what}`,
      example: 'xqkeys/sign-in-alias',
      field: 'signInToXqAsAlias',
      input: { user },
      told: input('INVALID_INPUT', reason, 'user'),
    },
    {
      what: `a request for access by ${what}`,
      example: 'xqkeys/request-access',
      field: 'requestXqAccess',
      input: { user },
      told: input('INVALID_INPUT', reason, 'user'),
    },
  ]),
  ...['abc', '999', '-7'].map((certificateId) => ({
    what: `the certificate ${certificateId}, of which the provider knows none,`,
    example: 'xqkeys/sign-in-certificate',
    field: 'signInToXqWithCertificate',
    input: { certificateId },
    told: { code: 'WRONG_SECRET', reason: null, path: null },
  })),
  {
    what: 'a third reader who is no address',
    example: 'xqkeys/grant',
    field: 'grantXqKey',
    input: { recipients: ['a@example.com', 'b@example.com', 'c,d'] },
    told: input('INVALID_INPUT', 'MALFORMED', 'recipients', '2'),
  },
  {
    what: 'a device with a long name',
    example: 'xqkeys/sign-in-device',
    field: 'signInToXqAsDevice',
    input: { device: 'd'.repeat(49) },
    told: input('INVALID_INPUT', 'TOO_LONG', 'device'),
  },
  {
    what: 'a second recipient of a mail who is none',
    example: 'guardcrypto/encrypt-mail',
    field: 'encryptGuardMail',
    input: { recipients: ['berta@example.com', ' '] },
    told: input('INVALID_INPUT', 'BLANK', 'recipients', '1'),
  },
  {
    what: 'a recipient of a message who is there twice',
    example: 'messaging2fa/send',
    field: 'sendTwoFactorMessage',
    input: { recipients: ['a@example.test', 'A@example.test'] },
    told: input('INVALID_INPUT', 'DUPLICATE', 'recipients', '1'),
  },
];

for (const { what, example, field, input: change, only, after, told } of ROWS) {
  test(`${what} is told by field and reason`, () =>
    onStage(example, exampleField(example, field), async (stage) => {
      if (after) assert.equal((await stage.send()).problem, null);
      const given = Object.entries({ ...Object(stage.variables['input']), ...change });
      const filled = Object.fromEntries(
        given.filter(([name, value]) => value !== undefined && (only?.includes(name) ?? true)),
      );
      const data = (await stage.ask(documentOf(field), { input: filled })) as Record<
        string,
        { problem: object }
      >;
      assert.deepEqual(data[field]?.problem, told);
    }));
}

/** The mutation of the example, where another one is refused after it. */
function exampleField(example: string, field: string): string {
  const own: Readonly<Record<string, string>> = { 'safebox/close': 'closeSafeBox' };
  return own[example] ?? field;
}

function documentOf(field: string): string {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  return `mutation ($input: ${INPUTS[field] ?? type}!) { ${field}(input: $input) { problem { code reason path } } }`;
}

const INPUTS: Readonly<Record<string, string>> = {
  grantXqKey: 'XqKeyRecipientsInput',
  revokeXqKey: 'XqKeyInput',
  revokeXqKeys: 'XqKeysInput',
};

test('a reply without the consent that is needed says so, at its field', () =>
  onStage('safebox/submit', 'submitSafeBox', async (stage) => {
    const SUBMIT =
      'mutation ($input: SubmitSafeBoxInput!) { submitSafeBox(input: $input) { safeBoxId problem { code } } }';
    const opened = await stage.ask(SUBMIT, {
      input: { ...HELLO, userEmail: 'ada@acme.example', securityProfileId: '12' },
    });
    const { submitSafeBox } = opened as { submitSafeBox: { safeBoxId: string; problem: unknown } };
    assert.deepEqual(submitSafeBox.problem, null);
    const data = await stage.ask(documentOf('replyToSafeBox'), {
      input: { id: submitSafeBox.safeBoxId, message: 'Hello' },
    });
    assert.deepEqual(data, { replyToSafeBox: { problem: input('CONFLICT', 'CONSENT_NEEDED', 'consent') } });
  }));

test('a form is told all that is wrong at once', () =>
  onStage('safebox/submit', 'submitSafeBox', async (stage) => {
    const SUBMIT =
      'mutation ($input: SubmitSafeBoxInput!) { submitSafeBox(input: $input) { problem { path } problems { reason path } } }';
    const data = await stage.ask(SUBMIT, {
      input: {
        recipients: [{ email: '' }, { email: 'bo@ext.example' }, { email: 'nobody' }],
        securityOptions: { expirationDate: 'tomorrow' },
      },
    });
    const wrong = (reason: string, ...path: string[]) => ({ reason, path: ['input', ...path] });
    assert.deepEqual(data, {
      submitSafeBox: {
        problem: { path: ['input', 'recipients', '0', 'email'] },
        problems: [
          wrong('BLANK', 'recipients', '0', 'email'),
          wrong('MALFORMED', 'recipients', '2', 'email'),
          wrong('MALFORMED', 'securityOptions', 'expirationDate'),
          wrong('MISSING', 'securityOptions', 'expirationTime'),
          wrong('MISSING', 'securityOptions', 'expirationTimeZone'),
          wrong('BLANK', 'message'),
        ],
      },
    });
  }));
