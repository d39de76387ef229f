import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage } from '../once/stage.js';

/** What is wrong in several ways, and where each of them is told. */
const SEVERAL: readonly (readonly [field: string, example: string, input: object, paths: string[]])[] = [
  ['signInToSafeBox', 'safebox/sign-in', { username: ' ', password: '' }, ['username', 'password']],
  ['readXqKeys', 'xqkeys/read-keys', { locators: ['', 'a', ' '] }, ['locators.0', 'locators.2']],
  ['replyToSafeBox', 'safebox/reply', { uploads: ['unknown', 'another'] }, ['uploads.0', 'uploads.1']],
  [
    'createSafeBoxUpload',
    'safebox/upload',
    { safeBoxId: ' ', fileName: 'a/b', sizeBytes: -1 },
    ['safeBoxId', 'fileName', 'sizeBytes'],
  ],
  [
    'registerVipService',
    'vipidentity/register-service',
    { serviceId: ' ', onBehalfOfAccountId: ' ' },
    ['serviceId', 'onBehalfOfAccountId'],
  ],
  [
    'confirmVipRisk',
    'vipidentity/confirm-risk',
    { eventId: ' ', userId: '', onBehalfOfAccountId: 'a' },
    ['userId', 'eventId', 'onBehalfOfAccountId'],
  ],
  [
    'pushVipUser',
    'vipidentity/push-user',
    { userId: '', onBehalfOfAccountId: '?', displayParameters: [{ key: '\t', value: '' }] },
    ['displayParameters.0.key', 'userId', 'onBehalfOfAccountId'],
  ],
  [
    'evaluateVipRisk',
    'vipidentity/evaluate-risk',
    {
      attributes: [
        { key: 'a', value: '' },
        { key: ' ', value: '' },
      ],
      onBehalfOfAccountId: '',
    },
    ['attributes.1.key', 'onBehalfOfAccountId'],
  ],
  [
    'createGuardKey',
    'guardcrypto/create-key',
    { name: ' ', resetEmail: '', password: '' },
    ['name', 'resetEmail', 'password'],
  ],
];

for (const [field, example, change, paths] of SEVERAL) {
  test(`${field}: of several that are wrong, none is kept back`, () =>
    onStage(example, field, async (stage) => {
      const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
      const document = `mutation ($input: ${field === 'readXqKeys' ? 'XqKeysInput' : type}!) { ${field}(input: $input) { problems { path } } }`;
      const data = (await stage.ask(document, {
        input: { ...Object(stage.variables['input']), ...change },
      })) as Record<string, { problems: { path: string[] }[] }>;
      assert.deepEqual(
        data[field]?.problems.map(({ path }) => path.slice(1).join('.')),
        paths,
      );
    }));
}
