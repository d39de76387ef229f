import { readFileSync } from 'node:fs';
import { packagePath } from '../../../src/package-path.js';
import { DAY_MS, asClient, fileOf, written, type Row } from './row.js';

/** What can be wrong with what is set, and with what it leads to at the providers. */
export const ownRows: readonly Row[] = [
  // Settings.
  {
    name: 'a setting of a form that is none',
    change: () => ({ PORT: 'https', LOG_LEVEL: 'loud' }),
    expected: [
      ['failure', 'PORT', /^PORT must be a whole number/],
      ['failure', 'LOG_LEVEL', /^LOG_LEVEL must be one of/],
    ],
  },
  {
    name: 'a provider that is simulated where others reach it',
    change: ({ environment }) => ({
      ...Object.fromEntries(
        Object.keys(environment).flatMap((name) => (name.startsWith('XQKEYS_') ? [[name, undefined]] : [])),
      ),
      XQKEYS_MODE: 'simulated',
      PUBLIC_URL: 'https://api.example.com',
    }),
    expected: [
      ['failure', 'XQKEYS_MODE', /^XQKEYS_MODE is simulated, but PUBLIC_URL is not a loopback address/],
    ],
  },
  {
    name: 'half a provider',
    change: () => ({ XQKEYS_API_KEY: undefined }),
    expected: [['failure', 'XQKEYS_API_KEY', /is not set, but XQKEYS_\w+ is/]],
  },
  {
    name: 'two required settings missing',
    change: () => ({ VIP_CERT_FILE: undefined, VIP_KEY_FILE: undefined }),
    expected: [
      ['failure', 'VIP_CERT_FILE', /is not set, but/],
      ['failure', 'VIP_KEY_FILE', /is not set, but/],
    ],
  },
  {
    name: 'a misspelt setting',
    change: () => ({ LOGLEVEL: 'info' }),
    expected: [['warning', 'LOGLEVEL', /^LOGLEVEL is no setting\. Did you mean LOG_LEVEL\?$/]],
  },
  {
    name: 'a misspelt setting beside the one that was meant',
    change: () => ({ SAFEBOX_API_TOKN: 'x', VIP_CERTFILE: 'x', XQKEYS_API_KYE: 'x' }),
    expected: [
      ['warning', 'SAFEBOX_API_TOKN', /Did you mean SAFEBOX_API_TOKEN\?$/],
      ['warning', 'VIP_CERTFILE', /Did you mean VIP_CERT_FILE\?$/],
      ['warning', 'XQKEYS_API_KYE', /Did you mean XQKEYS_API_KEY\?$/],
    ],
  },
  {
    name: 'a setting in small letters',
    change: () => ({ https_proxy: 'http://proxy.example:3128' }),
    expected: [['warning', 'https_proxy', /Did you mean HTTPS_PROXY\?$/]],
  },
  {
    name: 'a setting of a provider that there is not',
    change: () => ({ SAFEBOX_ENTERPRISE: 'acme', VIP_TRUSTSTORE_LOCATION: '/etc' }),
    expected: [
      ['warning', 'SAFEBOX_ENTERPRISE', /is no setting/],
      ['warning', 'VIP_TRUSTSTORE_LOCATION', /is no setting/],
    ],
  },
  {
    name: 'a credential of which half is set',
    change: () => ({ GUARDCRYPTO_REST_PASSWORD: undefined }),
    expected: [['failure', 'GUARDCRYPTO_REST_PASSWORD', /is not set, but GUARDCRYPTO_REST_USER is/]],
  },
  {
    name: 'origins that are none',
    change: () => ({ SAFEBOX_FILE_ORIGINS: 'files.example.com' }),
    expected: [['failure', 'SAFEBOX_FILE_ORIGINS', /must hold origins/]],
  },

  // Certificates of ours.
  {
    name: 'a certificate that has expired',
    aheadMs: 400 * DAY_MS,
    expected: [
      ['failure', 'MESSAGING2FA_CERT_FILE', /^MESSAGING2FA_CERT_FILE: the certificate has expired on \d{4}-/],
      ['failure', 'VIP_CERT_FILE', /has expired on/],
      ['failure', 'VIP_CA_FILE', /has expired on/],
    ],
  },
  {
    name: 'a certificate that expires soon',
    aheadMs: 380 * DAY_MS,
    expected: [
      ['warning', 'MESSAGING2FA_CERT_FILE', /the certificate expires on \d{4}-\d\d-\d\d, within 30 days/],
      ['warning', 'VIP_CERT_FILE', /expires on/],
    ],
  },
  {
    name: 'a certificate that is not valid yet',
    aheadMs: -DAY_MS,
    expected: [
      ['failure', 'MESSAGING2FA_CERT_FILE', /the certificate is not valid before \d{4}-/],
      ['failure', 'VIP_CERT_FILE', /not valid before/],
    ],
  },
  {
    name: 'a certificate that the provider does not know',
    change: (world) => asClient(world, 'foreign'),
    expected: [['failure', 'MESSAGING2FA_CERT_FILE', /hangs up when it is shown|does not accept it/]],
  },
  {
    name: 'a certificate that the provider has revoked',
    change: (world) => asClient(world, 'revoked-app'),
    expected: [['failure', 'MESSAGING2FA_CERT_FILE', /the provider does not accept it \(track\)/]],
  },
  {
    name: 'a certificate file that is missing',
    change: () => ({ MESSAGING2FA_CERT_FILE: '/nonexistent.pem' }),
    expected: [['failure', 'MESSAGING2FA_CERT_FILE', /names a file that cannot be read/]],
  },
  {
    name: 'a certificate file without a certificate',
    change: (world) => ({ VIP_CERT_FILE: written(world, 'not.pem', 'hello') }),
    expected: [['failure', 'VIP_CERT_FILE', /without a readable PEM certificate/]],
  },
  {
    name: 'a key of another certificate',
    change: (world) => ({ MESSAGING2FA_KEY_FILE: fileOf(world, 'foreign', 'key') }),
    expected: [['failure', 'MESSAGING2FA_KEY_FILE', /does not belong to MESSAGING2FA_CERT_FILE/]],
  },
  {
    name: 'a wrong passphrase',
    change: () => ({ VIP_KEY_PASSPHRASE: 'guess' }),
    expected: [['failure', 'VIP_KEY_PASSPHRASE', /does not open the key/]],
  },
  {
    name: 'an authority that is not trusted',
    change: () => ({ MESSAGING2FA_CA_FILE: undefined, VIP_CA_FILE: undefined }),
    expected: [
      ['failure', 'MESSAGING2FA_CA_FILE', /of an authority that is not trusted/],
      ['failure', 'VIP_CA_FILE', /of an authority that is not trusted/],
    ],
  },

  // Providers.
  {
    name: "another service's port, where TLS is expected",
    change: ({ stranger }) => ({ MESSAGING2FA_URL: stranger.replace('http:', 'https:') }),
    expected: [['failure', 'MESSAGING2FA_URL', /does not speak TLS/]],
  },
  {
    name: "another service's port",
    change: ({ stranger }) => ({
      XQKEYS_SUBSCRIPTION_URL: stranger,
      XQKEYS_VALIDATION_URL: stranger,
      XQKEYS_QUANTUM_URL: stranger,
      XQKEYS_DASHBOARD_URL: stranger,
      GUARDCRYPTO_URL: stranger,
    }),
    expected: [
      'XQKEYS_SUBSCRIPTION_URL',
      'XQKEYS_VALIDATION_URL',
      'XQKEYS_QUANTUM_URL',
      'XQKEYS_DASHBOARD_URL',
      'GUARDCRYPTO_URL',
    ].map((setting) => ['failure', setting, /what answers there is not what is expected/]),
  },
  {
    name: 'an account of SafeBox that the portal does not know',
    change: () => ({ SAFEBOX_ENTERPRISE_ACCOUNT: 'nobody' }),
    expected: [['failure', 'SAFEBOX_ENTERPRISE_ACCOUNT', /the portal does not know; or SAFEBOX_URL leads/]],
  },
  {
    name: 'a portal of SafeBox that is another service',
    change: ({ stranger }) => ({ SAFEBOX_URL: stranger }),
    expected: [['failure', 'SAFEBOX_ENTERPRISE_ACCOUNT', /or SAFEBOX_URL leads to another service/]],
  },
  {
    name: 'file servers of SafeBox that are not there',
    change: ({ nowhere, environment }) => ({
      SAFEBOX_FILE_ORIGINS: `${environment['SAFEBOX_FILE_ORIGINS']},${nowhere}`,
    }),
    expected: [['failure', 'SAFEBOX_FILE_ORIGINS', /nothing listens there \(http:.*:\d+\)/]],
  },
  {
    name: 'a language that there is not',
    change: () => ({ SAFEBOX_LOCALE: 'xx' }),
    expected: [['failure', 'SAFEBOX_LOCALE', /must be the code of a language, such as en/]],
  },
  ...(['QUERY', 'AUTHENTICATION'] as const).map((other): Row => ({
    name: `addresses of VIP that have changed places (${other})`,
    change: ({ environment }) => ({
      VIP_MANAGEMENT_URL: environment[`VIP_${other}_URL`],
      [`VIP_${other}_URL`]: environment['VIP_MANAGEMENT_URL'],
    }),
    expected: ['VIP_MANAGEMENT_URL', `VIP_${other}_URL`].map((setting) => [
      'failure',
      setting,
      /leads to the \w+Service, where the \w+Service is meant; have two addresses changed places\?$/,
    ]),
  })),
  {
    name: 'a port where nobody listens',
    change: ({ nowhere }) => ({
      MESSAGING2FA_URL: nowhere.replace('http:', 'https:'),
      SAFEBOX_URL: nowhere,
      VIP_QUERY_URL: `${nowhere.replace('http:', 'https:')}/QueryService_1_7`,
      XQKEYS_QUANTUM_URL: nowhere,
      GUARDCRYPTO_URL: nowhere,
    }),
    expected: [
      'MESSAGING2FA_URL',
      'SAFEBOX_URL',
      'VIP_QUERY_URL',
      'XQKEYS_QUANTUM_URL',
      'GUARDCRYPTO_URL',
    ].map((setting) => ['failure', setting, /nothing listens there/]),
  },
  {
    name: 'a path that the provider does not know',
    change: ({ environment }) => ({
      VIP_MANAGEMENT_URL: environment['VIP_MANAGEMENT_URL']?.replace('ManagementService', 'Management'),
      GUARDCRYPTO_URL: `${environment['GUARDCRYPTO_URL']}/v8`,
    }),
    expected: [
      ['failure', 'VIP_MANAGEMENT_URL', /another service, or another path/],
      ['failure', 'GUARDCRYPTO_URL', /another service, or another path/],
    ],
  },
  {
    name: 'hosts of SafeBox that the portal names otherwise',
    change: ({ environment }) => ({
      SAFEBOX_URL: environment['SAFEBOX_URL']?.replace('127.0.0.1', 'localhost'),
      SAFEBOX_SERVER_ORIGINS: 'https://other.example',
    }),
    expected: [
      [
        'failure',
        'SAFEBOX_SERVER_ORIGINS',
        /; set SAFEBOX_SERVER_ORIGINS=https:\/\/other\.example,http:\/\/127\.0\.0\.1:\d+$/,
      ],
    ],
  },
  {
    name: 'tokens and passwords that providers do not accept',
    change: () => ({
      SAFEBOX_API_TOKEN: 'USER|guess',
      XQKEYS_API_KEY: 'guess',
      GUARDCRYPTO_REST_PASSWORD: 'guess',
    }),
    expected: [
      ['failure', 'SAFEBOX_API_TOKEN', /./],
      ['failure', 'XQKEYS_API_KEY', /the provider does not accept it \(validate_api_key\)/],
      ['failure', 'GUARDCRYPTO_REST_PASSWORD', /the provider does not accept it/],
    ],
  },
  {
    name: 'a dashboard key that the provider does not accept',
    change: () => ({ XQKEYS_DASHBOARD_API_KEY: 'guess' }),
    expected: [['failure', 'XQKEYS_DASHBOARD_API_KEY', /the provider does not accept it \(GetEventTypes\)/]],
  },
  {
    name: 'a clock an hour from that of VIP',
    aheadMs: 3_600_000,
    expected: [['warning', null, /^The clock of this machine is 3[56]\d\d s ahead of that of the provider/]],
  },
  {
    name: 'a folder without WSDL files',
    change: ({ folder }) => ({ VIP_WSDL_DIR: folder }),
    expected: [
      ['failure', 'VIP_WSDL_DIR', /names a folder without a description of the authentication service/],
    ],
  },
  {
    name: 'a WSDL file that imports what is not there',
    change: (world) => {
      for (const service of ['authentication', 'management', 'query'])
        written(
          world,
          `${service}.wsdl`,
          readFileSync(packagePath(`src/providers/vipidentity/wsdl/${service}.wsdl`), 'utf8').replace(
            '<types>',
            '<types><xs:schema><xs:include schemaLocation="types.xsd"/></xs:schema>',
          ),
        );
      return { VIP_WSDL_DIR: world.folder };
    },
    expected: [['failure', 'VIP_WSDL_DIR', /authentication\.wsdl imports types\.xsd, which cannot be read/]],
  },
];
