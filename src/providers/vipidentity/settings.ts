import { secret, text, url } from '../../config/fields.js';

const BASE = 'https://userservices-auth.vip.symantec.com/vipuserservices';
const VERSION = 'its end `_1_7` or `_1_8` is the version.';

/** Environment variables of the Symantec VIP subgraph. It is live when the two certificate files are set. */
export const vipidentitySettings = {
  VIP_AUTHENTICATION_URL: url('https')
    .default(`${BASE}/AuthenticationService_1_7`)
    .describe(`URL of the VIP authentication service; ${VERSION}`),
  VIP_MANAGEMENT_URL: url('https')
    .default(`${BASE}/ManagementService_1_7`)
    .describe(`URL of the VIP management service; ${VERSION}`),
  VIP_QUERY_URL: url('https')
    .default(`${BASE}/QueryService_1_7`)
    .describe(`URL of the VIP query service; ${VERSION} Token and device information needs 1_8.`),
  VIP_CERT_FILE: text().describe('PEM file with the VIP client certificate (its chain may follow).'),
  VIP_KEY_FILE: text().describe('PEM file with the private key of that certificate; may be the same file.'),
  VIP_KEY_PASSPHRASE: secret()
    .optional()
    .describe('Passphrase of the private key, when it is encrypted. Secret.'),
  VIP_CA_FILE: text()
    .optional()
    .describe("PEM file with further certificate authorities to trust, besides Node's own."),
  VIP_WSDL_DIR: text()
    .optional()
    .describe(
      'Directory with the WSDL files of the three services, and the XSD files that they import, to use in place of the shipped ones.',
    ),
};
