import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { diagnose } from '../../../src/cli/doctor/diagnose.js';
import type { Finding } from '../../../src/cli/doctor/finding.js';
import { systemClock } from '../../../src/clock.js';
import { openDatabase } from '../../../src/store/embedded/database.js';
import { RedisServer } from '../../support/redis-server.js';
import { startSealgraph } from '../../support/sealgraph.js';
import type { Teardown } from '../../support/simulators.js';
import { startHealthy, type Healthy } from './healthy.js';

const healthy = await startHealthy({ after });

type Change = Readonly<Record<string, string | undefined>>;
type Expected = readonly [level: Finding['level'], setting: string | null, message: RegExp];

interface Row {
  readonly name: string;
  /** What is set otherwise than in a healthy deployment. */
  readonly change?: (world: Healthy, test: Teardown) => Change | Promise<Change>;
  /** How far the clock of this machine is ahead of all others. */
  readonly aheadMs?: number;
  readonly expected: readonly Expected[];
}

const DAY_MS = 86_400_000;

/** A client's file of the simulator of messaging2fa, by its label. */
function fileOf({ environment }: Healthy, label: string, kind: 'cert' | 'key'): string {
  return join(environment['MESSAGING2FA_CERT_FILE'] ?? '', '..', `${label}.${kind}.pem`);
}

function asClient(world: Healthy, label: string): Change {
  return {
    MESSAGING2FA_CERT_FILE: fileOf(world, label, 'cert'),
    MESSAGING2FA_KEY_FILE: fileOf(world, label, 'key'),
  };
}

function written({ folder }: Healthy, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function redisWith(test: Teardown, settings: readonly string[]): Promise<RedisServer> {
  const server = await RedisServer.start({ durable: true, settings });
  test.after(() => server.stop());
  return server;
}

/** A Redis whose user `limited` may do what `rules` say. */
async function redisUser(test: Teardown, rules: string): Promise<Change> {
  const server = await redisWith(test, []);
  await server.with((redis) =>
    redis.acl('SETUSER', 'limited', 'on', '>word', '~*', '&*', ...rules.split(' ')),
  );
  return { REDIS_URL: server.url.replace('//', '//limited:word@') };
}

const EMBEDDED = { REDIS_URL: undefined };

const rows: readonly Row[] = [
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
      SAFEBOX_URL: stranger,
      XQKEYS_SUBSCRIPTION_URL: stranger,
      XQKEYS_VALIDATION_URL: stranger,
      XQKEYS_QUANTUM_URL: stranger,
      XQKEYS_DASHBOARD_URL: stranger,
      GUARDCRYPTO_URL: stranger,
    }),
    expected: [
      'SAFEBOX_URL',
      'XQKEYS_SUBSCRIPTION_URL',
      'XQKEYS_VALIDATION_URL',
      'XQKEYS_QUANTUM_URL',
      'XQKEYS_DASHBOARD_URL',
      'GUARDCRYPTO_URL',
    ].map((setting) => ['failure', setting, /what answers there is not what is expected/]),
  },
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
    expected: [['failure', 'VIP_WSDL_DIR', /names/]],
  },

  // Redis.
  {
    name: 'Redis where nobody listens',
    change: ({ nowhere }) => ({ REDIS_URL: nowhere.replace('http:', 'redis:') }),
    expected: [['failure', 'REDIS_URL', /could not be used .*\(ECONNREFUSED\)/]],
  },
  {
    name: 'Redis that is another service',
    change: ({ stranger }) => ({ REDIS_URL: stranger.replace('http:', 'redis:') }),
    expected: [['failure', 'REDIS_URL', /could not be used/]],
  },
  {
    name: 'a wrong password of Redis',
    change: async (_world, t) => {
      const server = await redisWith(t, ['--requirepass', 'right']);
      return { REDIS_URL: server.url.replace('//', '//:wrong@') };
    },
    expected: [['failure', 'REDIS_URL', /\(WRONGPASS\)/]],
  },
  {
    name: 'Redis that evicts',
    change: async (_world, t) => ({
      REDIS_URL: (await redisWith(t, ['--maxmemory-policy', 'allkeys-lru'])).url,
    }),
    expected: [['warning', 'maxmemory-policy', /Redis may evict watches and records/]],
  },
  {
    name: 'Redis that keeps nothing on disk',
    change: async (_world, t) => ({ REDIS_URL: (await redisWith(t, ['--appendonly', 'no'])).url }),
    expected: [['warning', 'appendonly', /its restart loses/]],
  },
  {
    name: 'a user of Redis without INFO',
    change: (_world, t) => redisUser(t, '+@all -info'),
    expected: [['failure', 'REDIS_URL', /may not use INFO; give it \+info/]],
  },
  {
    name: 'a user of Redis who may not write',
    change: (_world, t) => redisUser(t, '+@all -set'),
    expected: [['failure', 'REDIS_URL', /does not let us write \(NOPERM\)/]],
  },
  {
    name: 'a certificate of Redis without its key',
    change: () => ({ REDIS_CERT_FILE: '/redis.pem' }),
    expected: [['failure', 'REDIS_CERT_FILE', /needs a REDIS_URL that begins with rediss/]],
  },
  {
    name: 'an authority of Redis that is none',
    change: (world) => ({
      REDIS_URL: 'rediss://127.0.0.1:1',
      REDIS_CA_FILE: written(world, 'redis-ca.pem', 'hello'),
    }),
    expected: [['failure', 'REDIS_CA_FILE', /without a readable PEM certificate/]],
  },

  // Callers and secrets.
  {
    name: 'keys of the vault that are missing',
    change: () => ({ VAULT_KEYS: undefined }),
    expected: [['failure', 'VAULT_KEYS', /is not set, nor is VAULT_KEYS_FILE/]],
  },
  {
    name: 'keys of the vault that are malformed',
    change: () => ({ VAULT_KEYS: 'k1:c2hvcnQ=' }),
    expected: [['failure', 'VAULT_KEYS', /must hold id:base64 entries/]],
  },
  {
    name: 'a file of vault keys that is missing',
    change: () => ({ VAULT_KEYS: undefined, VAULT_KEYS_FILE: '/nonexistent' }),
    expected: [['failure', 'VAULT_KEYS_FILE', /cannot be read/]],
  },
  {
    name: 'nothing to tell callers apart by',
    change: () => ({ JWT_JWKS_URL: undefined }),
    expected: [['failure', 'JWT_JWKS_URL', /callers need tokens because not every provider is simulated/]],
  },
  {
    name: 'a token issuer that cannot be reached',
    change: ({ nowhere }) => ({ JWT_JWKS_URL: `${nowhere}/keys` }),
    expected: [['failure', 'JWT_JWKS_URL', /an address that cannot be reached/]],
  },
  {
    name: 'a token issuer that has no keys there',
    change: ({ stranger }) => ({ JWT_JWKS_URL: stranger }),
    expected: [['failure', 'JWT_JWKS_URL', /leads to an answer of 404/]],
  },
  {
    name: 'a page in place of a key set',
    change: ({ environment }) => ({ JWT_JWKS_URL: environment['JWT_JWKS_URL']?.replace('keys', 'page') }),
    expected: [['failure', 'JWT_JWKS_URL', /does not lead to a key set/]],
  },
  {
    name: 'a key set without keys',
    change: ({ environment }) => ({ JWT_JWKS_URL: environment['JWT_JWKS_URL']?.replace('keys', 'none') }),
    expected: [['failure', 'JWT_JWKS_URL', /without a key/]],
  },
  {
    name: 'a public key that is none',
    change: (world) => ({
      JWT_JWKS_URL: undefined,
      JWT_PUBLIC_KEY_FILE: written(world, 'public.pem', 'hello'),
    }),
    expected: [['failure', 'JWT_PUBLIC_KEY_FILE', /without a readable PEM public key/]],
  },

  // This machine.
  {
    name: 'a data folder below a file',
    change: (world) => ({ ...EMBEDDED, SEALGRAPH_DATA_DIR: join(written(world, 'file', ''), 'data') }),
    expected: [['failure', 'SEALGRAPH_DATA_DIR', /leads through a file/]],
  },
  {
    name: 'a data folder with a file that is none of ours',
    change: ({ folder }) => {
      const data = join(folder, 'foreign');
      mkdirSync(data, { recursive: true });
      writeFileSync(join(data, 'sealgraph.db'), 'This is a letter.');
      return { ...EMBEDDED, SEALGRAPH_DATA_DIR: data };
    },
    expected: [['failure', 'SEALGRAPH_DATA_DIR', /none of ours or is damaged/]],
  },
  {
    name: 'a data folder of a newer version',
    change: ({ folder }) => {
      const data = join(folder, 'newer');
      mkdirSync(data, { recursive: true });
      const database = openDatabase(join(data, 'sealgraph.db'));
      database.run('PRAGMA user_version = 999');
      database.close();
      return { ...EMBEDDED, SEALGRAPH_DATA_DIR: data };
    },
    expected: [['failure', 'SEALGRAPH_DATA_DIR', /newer version/]],
  },
  {
    name: 'a port that is taken',
    change: ({ stranger }) => ({ PORT: new URL(stranger).port }),
    expected: [['failure', 'PORT', /^PORT is \d+, which another process listens on\.$/]],
  },
  {
    name: 'an address of another machine',
    change: () => ({ HOST: '192.0.2.1' }),
    expected: [['failure', 'HOST', /is no address of this machine/]],
  },
  {
    name: 'an audit log that cannot be written',
    change: ({ folder }) => ({ AUDIT_FILE: join(folder, 'missing', 'audit.log') }),
    expected: [['failure', 'AUDIT_FILE', /cannot be appended to/]],
  },

  // Subgraphs as services.
  {
    name: 'a subgraph service without a secret',
    change: ({ stranger }) => ({ XQKEYS_SUBGRAPH_URL: stranger }),
    expected: [['failure', 'GATEWAY_SECRET', /is not set, but XQKEYS_SUBGRAPH_URL is/]],
  },
  {
    name: 'a subgraph service that is not there, and one that is none',
    change: ({ stranger, nowhere }) => ({
      GATEWAY_SECRET: 's'.repeat(32),
      XQKEYS_SUBGRAPH_URL: nowhere,
      SAFEBOX_SUBGRAPH_URL: stranger,
    }),
    expected: [
      ['failure', 'XQKEYS_SUBGRAPH_URL', /cannot be reached/],
      ['failure', 'SAFEBOX_SUBGRAPH_URL', /is no subgraph service/],
    ],
  },
];

const CHECKS = 13;

test('a deployment with which nothing is wrong is said to be in order, check by check', async () => {
  const { findings, isSandbox } = await diagnose(healthy.environment);
  assert.deepEqual(
    findings.filter(({ level }) => level !== 'ok'),
    [],
  );
  assert.equal(new Set(findings.map(({ check }) => check)).size, CHECKS);
  assert.equal(isSandbox, false);
});

for (const { name, change, aheadMs = 0, expected } of rows) {
  test(`the doctor names ${name}, and looks at everything else all the same`, async (t) => {
    const environment = { ...healthy.environment, ...(await change?.(healthy, t)) };
    const clock = { ...systemClock, now: () => Date.now() + aheadMs };
    const { findings } = await diagnose(environment, clock);
    for (const [level, setting, message] of expected) {
      const found = findings.filter((finding) => finding.level === level && finding.setting === setting);
      assert(
        found.some((finding) => message.test(finding.message ?? '')),
        `${level} ${setting} ${message}\nin ${JSON.stringify(findings, undefined, 1)}`,
      );
    }
    const bad = new Set(findings.filter(({ level }) => level !== 'ok').map(({ setting }) => setting));
    if (aheadMs === 0) assert.deepEqual(bad, new Set(expected.map(([, setting]) => setting)));
    assert(findings.some(({ check, level }) => check === 'the subgraphs compose' && level === 'ok'));
    // What hangs on a part that cannot be read is left out, no more.
    assert(new Set(findings.map(({ check }) => check)).size >= CHECKS - 2);
  });
}

test('a subgraph service is asked with the secret, and another secret is named', async (t) => {
  const secret = 'gateway-secret-of-32-characters!';
  const { environment } = healthy;
  const service = startSealgraph(t, ['subgraph', 'messaging2fa'], {
    ...defined(environment),
    GATEWAY_SECRET: secret,
  });
  const MESSAGING2FA_SUBGRAPH_URL = await service.lineAfter('ready');
  const check = async (GATEWAY_SECRET: string) => {
    const { findings } = await diagnose({ ...environment, GATEWAY_SECRET, MESSAGING2FA_SUBGRAPH_URL });
    return findings.find((finding) => finding.check === 'subgraph messaging2fa');
  };
  assert.equal((await check(secret))?.level, 'ok');
  assert.equal((await check('another'.repeat(8)))?.setting, 'GATEWAY_SECRET');
});

test('the command prints a line per finding, and exits with 0, 1 and 3 for well, wrong and doubtful', async (t) => {
  const run = async (change: Change, ...options: string[]) => {
    const process = startSealgraph(t, ['doctor', ...options], defined({ ...healthy.environment, ...change }));
    return { code: await process.exited, text: process.lines.join('\n') };
  };
  const well = await run({});
  assert.equal(well.code, 0, well.text);
  assert.match(well.text, /^ok {4}provider vipidentity$/m);
  const doubtful = await run({ LOGLEVEL: 'info' }, '--json');
  assert.equal(doubtful.code, 3);
  const { level, findings } = JSON.parse(doubtful.text) as { level: string; findings: Finding[] };
  assert.equal(level, 'warning');
  assert(findings.some(({ setting }) => setting === 'LOGLEVEL'));
  const wrong = await run({ XQKEYS_API_KEY: 'guessed-secret', VAULT_KEYS: 'k1:guessed-secret' });
  assert.equal(wrong.code, 1);
  assert.match(wrong.text, /^FAIL {2}provider xqkeys: XQKEYS_API_KEY: the provider does not accept it/m);
  assert.doesNotMatch(wrong.text, /guessed-secret/);
  assert.equal((await run({}, '--yaml')).code, 2);
});

function defined(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
