import { written, type Row } from './row.js';

const UNEXPECTED = /what answers there is not what is expected/;
const SWAPPED = [
  ['XQKEYS_SUBSCRIPTION_URL', 'XQKEYS_VALIDATION_URL'],
  ['XQKEYS_QUANTUM_URL', 'XQKEYS_DASHBOARD_URL'],
] as const;

/** What somebody mixes up who sets several things at once. */
export const mixedUpRows: readonly Row[] = [
  ...SWAPPED.map(([one, other]): Row => ({
    name: `${one} and ${other} that have changed places`,
    change: ({ environment }) => ({ [one]: environment[other], [other]: environment[one] }),
    expected: [
      ['failure', one, UNEXPECTED],
      ['failure', other, UNEXPECTED],
    ],
  })),
  {
    name: 'the two keys of XQ that have changed places',
    change: ({ environment }) => ({
      XQKEYS_API_KEY: environment['XQKEYS_DASHBOARD_API_KEY'],
      XQKEYS_DASHBOARD_API_KEY: environment['XQKEYS_API_KEY'],
    }),
    expected: [
      ['failure', 'XQKEYS_API_KEY', /does not accept it/],
      ['failure', 'XQKEYS_DASHBOARD_API_KEY', /does not accept it/],
    ],
  },
  {
    name: 'nothing for a key that may be left out',
    change: () => ({ XQKEYS_DASHBOARD_API_KEY: undefined, SAFEBOX_API_TOKEN: undefined }),
    expected: [],
  },
  {
    name: 'a key where its certificate is meant',
    change: ({ environment }) => ({ MESSAGING2FA_CERT_FILE: environment['MESSAGING2FA_KEY_FILE'] }),
    expected: [['failure', 'MESSAGING2FA_CERT_FILE', /without a readable PEM certificate/]],
  },
  {
    name: 'a version that the provider does not support',
    change: () => ({ MESSAGING2FA_API_VERSION: '7' }),
    expected: [['failure', 'MESSAGING2FA_API_VERSION', /is a version that the provider does not support/]],
  },
  {
    name: 'a path too many',
    change: ({ environment }) => ({ MESSAGING2FA_URL: `${environment['MESSAGING2FA_URL']}/frontend` }),
    expected: [['failure', 'MESSAGING2FA_URL', UNEXPECTED]],
  },
  {
    name: 'the address of another provider',
    change: ({ environment }) => ({ GUARDCRYPTO_URL: environment['SAFEBOX_URL'] }),
    expected: [['failure', 'GUARDCRYPTO_URL', UNEXPECTED]],
  },
  {
    name: 'a file of operations that is no JSON',
    change: (world) => ({ GUARDCRYPTO_OPERATIONS_FILE: written(world, 'operations.json', '{') }),
    expected: [['failure', 'GUARDCRYPTO_OPERATIONS_FILE', /names a file that is not JSON/]],
  },
  {
    name: 'a file server whose host is not known',
    change: () => ({ SAFEBOX_FILE_ORIGINS: 'https://files.invalid' }),
    expected: [['failure', 'SAFEBOX_FILE_ORIGINS', /the name of its host is not known here/]],
  },
  {
    name: 'a proxy that is not there',
    change: ({ nowhere }) => ({ HTTPS_PROXY: nowhere }),
    expected: [['failure', 'HTTPS_PROXY', /leads to where no proxy can be reached/]],
  },
];
