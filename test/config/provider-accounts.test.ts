import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { secret, text, tuning, wholeNumber } from '../../src/config/fields.js';
import { loadConfig, surveyConfig, type Environment } from '../../src/config/index.js';
import { temporaryDirectory, type Teardown } from '../support/simulators.js';

const carrier = {
  name: 'carrier',
  settings: {
    CARRIER_ACCOUNT: text().describe('Account.'),
    CARRIER_KEY: secret().describe('Key.'),
    CARRIER_URL: text().default('https://carrier.example').describe('Address.'),
    CARRIER_EVERY: tuning(wholeNumber(1, 9).default(5)).describe('How often.'),
  },
};
const post = { name: 'post', settings: { POST_BOX: text().describe('Box.') } };

async function load(test: Teardown, accounts: unknown, environment: Environment = {}) {
  const path = join(await temporaryDirectory(test), 'accounts.json');
  await writeFile(path, typeof accounts === 'string' ? accounts : JSON.stringify(accounts));
  return loadConfig({ ...environment, PROVIDER_ACCOUNTS_FILE: path }, [carrier, post]);
}

const ACME = { CARRIER_ACCOUNT: 'a', CARRIER_KEY: 'ka' };

test('each tenant has what the file gives it; what tunes a provider is for all', async (t) => {
  const globex = { CARRIER_ACCOUNT: 'g', CARRIER_KEY: 'kg', CARRIER_URL: 'https://other.example' };
  const config = await load(t, { acme: ACME, globex }, { CARRIER_EVERY: '3', POST_BOX: '7' });
  assert.deepEqual(
    config.accountsOf(carrier).map(({ tenant, settings }) => ({
      tenant,
      ...settings,
      CARRIER_KEY: settings.CARRIER_KEY.reveal(),
    })),
    [
      { tenant: 'acme', ...ACME, CARRIER_URL: 'https://carrier.example', CARRIER_EVERY: 3 },
      { tenant: 'globex', ...globex, CARRIER_EVERY: 3 },
    ],
  );
  assert.deepEqual(config.accountsOf(post), [{ tenant: undefined, settings: { POST_BOX: '7' } }]);
  assert.deepEqual(config.liveProviders, new Set(['carrier', 'post']));
});

test('without the file there is one account for everybody, or none', () => {
  const config = loadConfig(ACME, [carrier, post]);
  assert.deepEqual(
    config.accountsOf(carrier).map(({ tenant }) => tenant),
    [undefined],
  );
  assert.deepEqual(config.accountsOf(post), []);
});

for (const [what, accounts, environment, rule] of [
  ['no JSON', 'acme', {}, /^PROVIDER_ACCOUNTS_FILE is not right at its top\.$/],
  ['a list', [ACME], {}, /^PROVIDER_ACCOUNTS_FILE is not right at its top\.$/],
  [
    'a number',
    { acme: { CARRIER_KEY: 7 } },
    {},
    /^PROVIDER_ACCOUNTS_FILE is not right at acme\.CARRIER_KEY\.$/,
  ],
  ['half an account', { acme: { CARRIER_KEY: 'secret-k' } }, {}, /for acme: CARRIER_ACCOUNT is not set/],
  ['an unknown setting', { acme: { ...ACME, PORT: '1' } }, {}, /gives acme PORT, which is no setting/],
  ['what tunes', { acme: { ...ACME, CARRIER_EVERY: '1' } }, {}, /gives acme CARRIER_EVERY, which is no/],
  ['what the environment has, too', { acme: ACME }, ACME, /has accounts at carrier, and the environment has/],
  ['half of it in the environment', { acme: ACME }, { CARRIER_KEY: 'k' }, /CARRIER_ACCOUNT is not set/],
] as const)
  test(`${what} is refused, and no value is told`, async (t) => {
    await assert.rejects(load(t, accounts, environment), (error: unknown) => {
      assert(error instanceof Error && error.name === 'ConfigError', String(error));
      assert.match(error.message, rule);
      assert.doesNotMatch(error.message, /secret-k|\bka\b/);
      return true;
    });
  });

test('the doctor hears of every mistake, those of a file that cannot be read among them', () => {
  const { problems, live } = surveyConfig({ PROVIDER_ACCOUNTS_FILE: '/nowhere', POST_BOX: '7' }, [
    carrier,
    post,
  ]);
  assert.deepEqual(
    [problems.map(({ variable }) => variable), live.map(({ name }) => name)],
    [['PROVIDER_ACCOUNTS_FILE'], ['post']],
  );
});
