import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage } from '../once/stage.js';

interface Row {
  readonly what: string;
  readonly example: string;
  /** The mutation that is refused: the one of the example, or another one after it. */
  readonly field: string;
  readonly input?: object;
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
    told: { code: 'ALREADY_COMPLETED', reason: 'ALREADY_DONE', path: null },
  },
  {
    what: 'a reply to a closed SafeBox',
    example: 'safebox/close',
    field: 'replyToSafeBox',
    after: true,
    input: { message: 'Too late' },
    told: { code: 'ALREADY_COMPLETED', reason: 'WRONG_STATE', path: null },
  },
  {
    what: 'more time for a closed SafeBox',
    example: 'safebox/close',
    field: 'addTimeToSafeBox',
    after: true,
    input: { value: 1, unit: 'DAYS' },
    told: { code: 'ALREADY_COMPLETED', reason: 'WRONG_STATE', path: null },
  },
  {
    what: 'the content of an open SafeBox',
    example: 'safebox/close',
    field: 'deleteSafeBoxContent',
    input: {},
    told: { code: 'CONFLICT', reason: 'WRONG_STATE', path: null },
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

for (const { what, example, field, input: change, after, told } of ROWS) {
  test(`${what} is told by field and reason`, () =>
    onStage(example, exampleField(example, field), async (stage) => {
      if (after) assert.equal((await stage.send()).problem, null);
      const given = Object.entries({ ...Object(stage.variables['input']), ...change });
      const filled = Object.fromEntries(given.filter(([, value]) => value !== undefined));
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

const INPUTS: Readonly<Record<string, string>> = { grantXqKey: 'XqKeyRecipientsInput' };

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
