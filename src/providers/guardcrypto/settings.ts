import { flag, secret, text, tuning, url } from '../../config/fields.js';

/** Environment variables of the OX Guard subgraph. It is live when the address of the App Suite is set. */
export const guardcryptoSettings = {
  GUARDCRYPTO_URL: url('https', 'http').describe(
    'Root of the App Suite API, such as https://mail.example.com/appsuite/api; plain http is for simulators.',
  ),
  GUARDCRYPTO_REST_USER: text()
    .optional()
    .describe('User name of the REST API (restApiUsername), for encrypting and verifying mails.'),
  GUARDCRYPTO_REST_PASSWORD: secret().optional().describe('Password of the REST API. Secret.'),
  GUARDCRYPTO_SUPPORT_USER: text()
    .optional()
    .describe('User name of the support API, for deleting the keys of users and exposing deleted ones.'),
  GUARDCRYPTO_SUPPORT_PASSWORD: secret().optional().describe('Password of the support API. Secret.'),
  GUARDCRYPTO_CA_FILE: text()
    .optional()
    .describe("PEM file with further certificate authorities to trust, besides Node's own."),
  GUARDCRYPTO_OPERATIONS_FILE: text()
    .optional()
    .describe('JSON file that corrects methods, paths, parameters and error codes of the provider.'),
  GUARDCRYPTO_ENCRYPT_PASSWORDS: tuning(flag().default(true)).describe(
    'Whether key passwords are encrypted for the server where it gives a key for that.',
  ),
};
