import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/index.js';
import { providers } from '../../src/providers/index.js';

const TUNING: Readonly<Record<string, string>> = {
  GUARDCRYPTO_ENCRYPT_PASSWORDS: 'false',
  MESSAGING2FA_API_VERSION: '2',
  SAFEBOX_LOCALE: 'fr',
  SAFEBOX_POLL_INTERVAL_MS: '5000',
  XQKEYS_POLL_INTERVAL_MS: '5000',
};

for (const [variable, value] of Object.entries(TUNING)) {
  test(`${variable} alone neither makes its provider live nor stops the start`, () => {
    assert.deepEqual(loadConfig({ [variable]: value }, providers).liveProviders, new Set());
  });
}

test('an address or a credential alone does stop it', () => {
  for (const variable of ['XQKEYS_VALIDATION_URL', 'SAFEBOX_API_TOKEN', 'MESSAGING2FA_CA_FILE'])
    assert.throws(() => loadConfig({ [variable]: 'https://acme.example' }, providers), {
      name: 'ConfigError',
      message: new RegExp(`is not set, but ${variable} is`),
    });
});
