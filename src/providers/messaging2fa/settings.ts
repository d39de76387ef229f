import { secret, text, tuning, url } from '../../config/fields.js';

/** Environment variables of the PassBy[ME] subgraph. It is live when the two certificate files are set. */
export const messaging2faSettings = {
  MESSAGING2FA_URL: url('https')
    .default('https://auth-sp.passbyme.com')
    .describe('Base URL of the PassBy[ME] messaging service.'),
  MESSAGING2FA_CERT_FILE: text().describe(
    'PEM file with the application certificate (its chain may follow).',
  ),
  MESSAGING2FA_KEY_FILE: text().describe(
    'PEM file with the private key of that certificate; may be the same file.',
  ),
  MESSAGING2FA_KEY_PASSPHRASE: secret()
    .optional()
    .describe('Passphrase of the private key, when it is encrypted. Secret.'),
  MESSAGING2FA_CA_FILE: text()
    .optional()
    .describe("PEM file with further certificate authorities to trust, besides Node's own."),
  MESSAGING2FA_API_VERSION: tuning(text().default('1')).describe('Value of the X-PBM-API-VERSION header.'),
};
