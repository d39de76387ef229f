import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, it, type TestContext } from 'node:test';
import { z } from 'zod';
import { ConfigError, loadConfig, type Environment, type ProviderSettings } from '../../src/config/index.js';
import { milliseconds, secret, url } from '../../src/config/fields.js';

const carrier = {
  name: 'carrier',
  settings: {
    CARRIER_URL: url('https').default('https://carrier.example').describe('Base URL.'),
    CARRIER_KEY: secret().describe('API key. Secret.'),
    CARRIER_CERT_FILE: z.string().describe('Certificate.'),
    CARRIER_POLL_MS: milliseconds().default(500).describe('Time between polls.'),
  },
};
const tokens = { JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'sealgraph' };

function load(environment: Environment, providers: readonly ProviderSettings[] = [carrier]) {
  return loadConfig(environment, providers);
}

function assertRefuses(environment: Environment, sentence: string): void {
  assert.throws(
    () => load(environment),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.message, sentence);
      assert.ok(sentence.startsWith(error.variable));
      return true;
    },
  );
}

function fileWith(test: TestContext, text: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-config-'));
  test.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'file'), text);
  return join(dir, 'file');
}

describe('general settings', () => {
  it('have defaults that run a sandbox on this machine alone', () => {
    const config = load({});
    assert.equal(config.server.host, '127.0.0.1');
    assert.equal(config.server.port, 4000);
    assert.equal(config.server.dataDir, '.sealgraph');
    assert.equal(config.redis, undefined);
    assert.deepEqual(config.server.corsOrigins, []);
    assert.equal(config.server.introspection, undefined);
    assert.equal(config.jwt, undefined);
    assert.deepEqual(config.keys.gatewaySecrets, []);
    assert.equal(config.calls.connectTimeoutMs, 2_000);
    assert.equal(config.calls.headersTimeoutMs, 5_000);
    assert.equal(config.calls.callTimeoutMs, 10_000);
    assert.equal(config.watches.retentionMs, 86_400_000);
    assert.equal(config.limits.depth, 12);
    assert.equal(config.subgraphUrls.size, 0);
  });

  it('take what the environment says, and an empty variable means its default', () => {
    const config = load({
      PORT: '0',
      HOST: '',
      CORS_ORIGINS: 'https://a.example, http://localhost:3000',
      INTROSPECTION: 'false',
      LOG_LEVEL: 'debug',
      MAX_DEPTH: '20',
      PROVIDER_CALL_TIMEOUT_MS: '1500',
      WATCH_RETENTION_HOURS: '2',
    });
    assert.equal(config.server.port, 0);
    assert.equal(config.server.host, '127.0.0.1');
    assert.deepEqual(config.server.corsOrigins, ['https://a.example', 'http://localhost:3000']);
    assert.equal(config.server.introspection, false);
    assert.equal(config.server.logLevel, 'debug');
    assert.equal(config.limits.depth, 20);
    assert.equal(config.calls.callTimeoutMs, 1_500);
    assert.equal(config.watches.retentionMs, 7_200_000);
  });

  const wrong: [Record<string, string>, string][] = [
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '4e3' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ METRICS: 'yes' }, 'METRICS must be true or false.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of silent, error, warn, info, debug.'],
    [
      { REDIS_URL: 'http://cache' },
      'REDIS_URL must be a URL that begins with redis:// or rediss://, or several separated by commas.',
    ],
    [
      { REDIS_URL: 'redis://a,redis://b' },
      'REDIS_URL names several servers: set REDIS_MODE to cluster or sentinel.',
    ],
    [
      { REDIS_URL: 'redis://a,rediss://b', REDIS_MODE: 'cluster' },
      'REDIS_URL must not mix redis:// and rediss://.',
    ],
    [
      { REDIS_URL: 'redis://a/3', REDIS_MODE: 'cluster' },
      'REDIS_URL must not name a database: a cluster has only the one.',
    ],
    [{ REDIS_MODE: 'sentinel' }, 'REDIS_MODE needs REDIS_URL.'],
    [
      { REDIS_URL: 'redis://a', REDIS_SENTINEL_PASSWORD: 'x' },
      'REDIS_SENTINEL_PASSWORD needs REDIS_MODE=sentinel.',
    ],
    [{ REDIS_PREFIX: '{acme}' }, 'REDIS_PREFIX must be 1 to 64 letters, digits and any of _ . : -'],
    [{ REDIS_CA_FILE: 'ca.pem' }, 'REDIS_CA_FILE needs a REDIS_URL that begins with rediss://.'],
    [
      { REDIS_URL: 'redis://cache', REDIS_KEY_FILE: 'key.pem' },
      'REDIS_KEY_FILE needs a REDIS_URL that begins with rediss://.',
    ],
    [{ REDIS_URL: 'rediss://cache', REDIS_CERT_FILE: 'cert.pem' }, 'REDIS_CERT_FILE needs REDIS_KEY_FILE.'],
    [{ REDIS_URL: 'rediss://cache', REDIS_KEY_FILE: 'key.pem' }, 'REDIS_KEY_FILE needs REDIS_CERT_FILE.'],
    [
      { REDIS_URL: 'rediss://cache', REDIS_CA_FILE: '/nowhere/ca.pem' },
      'REDIS_CA_FILE names a file that cannot be read.',
    ],
    [
      { CORS_ORIGINS: '*' },
      'CORS_ORIGINS must hold origins such as https://app.example.com, separated by commas.',
    ],
    [
      { CORS_ORIGINS: 'https://app.example.com/page' },
      'CORS_ORIGINS must hold origins such as https://app.example.com, separated by commas.',
    ],
    [
      { PROVIDER_CALL_TIMEOUT_MS: '0' },
      'PROVIDER_CALL_TIMEOUT_MS must be a whole number from 1 to 86400000.',
    ],
  ];
  for (const [environment, sentence] of wrong) {
    it(`refuse ${JSON.stringify(environment)} with one sentence that names the variable`, () => {
      assertRefuses(environment, sentence);
    });
  }
});

describe('token settings', () => {
  it('take a key set, with algorithms that fit public keys', () => {
    assert.deepEqual(load({ ...tokens, JWT_JWKS_URL: 'https://issuer.example/keys' }).jwt?.[0], {
      key: { type: 'jwks', url: 'https://issuer.example/keys' },
      issuer: 'https://issuer.example',
      audience: 'sealgraph',
      tenantClaim: 'tenant',
      tenants: undefined,
      algorithms: ['RS256', 'ES256', 'EdDSA'],
    });
  });

  it('read the public key from its file', (test) => {
    const path = fileWith(test, 'PEM TEXT\n');
    assert.deepEqual(load({ ...tokens, JWT_PUBLIC_KEY_FILE: path }).jwt?.[0]?.key, {
      type: 'publicKey',
      pem: 'PEM TEXT',
    });
  });

  it('take a shared secret, with algorithms that fit it', () => {
    const jwt = load({ ...tokens, JWT_SECRET: 's'.repeat(32) }).jwt?.[0];
    assert.ok(jwt?.key.type === 'secret');
    assert.equal(jwt.key.secret.reveal(), 's'.repeat(32));
    assert.deepEqual(jwt.algorithms, ['HS256']);
  });

  it('take several issuers, each with its audience and tenants', (test) => {
    const one = { issuer: 'https://a.example', audience: 'a', jwksUrl: 'https://a.example/keys' };
    const other = {
      issuer: 'https://b.example',
      audience: 'b',
      publicKeyFile: fileWith(test, 'PEM TEXT'),
      tenantClaim: 'org',
      tenants: ['b1', 'b2'],
      algorithms: ['ES256'],
    };
    const issuersOf = (...issuers: object[]) =>
      load({ JWT_ISSUERS_FILE: fileWith(test, JSON.stringify(issuers)) }).jwt;
    assert.deepEqual(issuersOf({ ...one, tenant: 'a' }, other), [
      {
        key: { type: 'jwks', url: 'https://a.example/keys' },
        issuer: 'https://a.example',
        audience: 'a',
        tenantClaim: undefined,
        tenants: ['a'],
        algorithms: ['RS256', 'ES256', 'EdDSA'],
      },
      {
        key: { type: 'publicKey', pem: 'PEM TEXT' },
        issuer: 'https://b.example',
        audience: 'b',
        tenantClaim: 'org',
        tenants: ['b1', 'b2'],
        algorithms: ['ES256'],
      },
    ]);
    for (const [issuers, problem] of [
      [[], /JWT_ISSUERS_FILE is not right at its top/],
      [[one], /is not right at 0/],
      [[{ ...one, tenant: 'a', tenants: ['b'] }], /is not right at 0/],
      [[{ ...one, tenantClaim: 'org' }], /is not right at 0/],
      [[{ ...one, tenant: 'a', algorithms: ['HS256'] }], /is not right at 0.algorithms/],
      [[{ ...one, tenant: 'a', jwksUrl: 'http://a.example/keys' }], /is not right at 0.jwksUrl/],
      [[{ ...one, tenant: 'b2' }, other], /gives one tenant to two issuers/],
      [
        [
          { ...one, tenant: 'a' },
          { ...one, tenant: 'c' },
        ],
        /names an issuer twice/,
      ],
    ] as const)
      assert.throws(() => issuersOf(...issuers), problem);
  });

  it('refuse a key set fetched in clear from another machine', () => {
    assert.equal(load({ ...tokens, JWT_JWKS_URL: 'http://127.0.0.1:9/k' }).jwt?.[0]?.key.type, 'jwks');
    assertRefuses(
      { ...tokens, JWT_JWKS_URL: 'http://issuer.example/keys' },
      'JWT_JWKS_URL must be an https URL, or an http URL on this machine.',
    );
  });

  it('refuse two keys at once', () => {
    assertRefuses(
      { ...tokens, JWT_JWKS_URL: 'https://issuer.example/keys', JWT_SECRET: 's'.repeat(32) },
      'JWT_SECRET must not be set together with JWT_JWKS_URL.',
    );
  });

  it('refuse a key without issuer or audience: such tokens could be meant for somebody else', () => {
    const key = { JWT_JWKS_URL: 'https://issuer.example/keys' };
    assertRefuses(
      { ...key, JWT_AUDIENCE: 'a' },
      'JWT_ISSUER is not set, but a key to verify tokens with is.',
    );
    assertRefuses(
      { ...key, JWT_ISSUER: 'i' },
      'JWT_AUDIENCE is not set, but a key to verify tokens with is.',
    );
  });

  it('refuse algorithms that would take a public key for a secret, or no key at all', () => {
    for (const algorithm of ['HS256', 'none', 'RS256,HS256']) {
      assert.throws(
        () => load({ ...tokens, JWT_JWKS_URL: 'https://issuer.example/keys', JWT_ALGORITHMS: algorithm }),
        /^ConfigError: JWT_ALGORITHMS must hold only RS256, /,
      );
    }
  });

  it('refuse a short secret and a file that is not there', () => {
    assertRefuses({ ...tokens, JWT_SECRET: 'short' }, 'JWT_SECRET must have at least 32 characters.');
    assertRefuses(
      { ...tokens, JWT_PUBLIC_KEY_FILE: '/nowhere' },
      'JWT_PUBLIC_KEY_FILE names a file that cannot be read.',
    );
  });
});

describe('keys of our own', () => {
  it('come from a variable or from a file, not from both', (test) => {
    const path = fileWith(test, 'k1:AAAA\n');
    assert.equal(load({ VAULT_KEYS: 'k2:BBBB' }).keys.vaultKeys?.reveal(), 'k2:BBBB');
    assert.equal(load({ VAULT_KEYS_FILE: path }).keys.vaultKeys?.reveal(), 'k1:AAAA');
    assertRefuses(
      { VAULT_KEYS: 'k2:BBBB', VAULT_KEYS_FILE: path },
      'VAULT_KEYS_FILE must not be set together with VAULT_KEYS.',
    );
  });

  it('are needed as soon as a subgraph runs elsewhere', () => {
    const elsewhere = { CARRIER_SUBGRAPH_URL: 'http://10.0.0.5:4001/graphql/' };
    assertRefuses(
      elsewhere,
      'GATEWAY_SECRET is not set, but CARRIER_SUBGRAPH_URL is: calls to subgraph services are signed with it.',
    );
    const config = load({ ...elsewhere, GATEWAY_SECRET: `${'n'.repeat(32)},${'o'.repeat(32)}` });
    assert.equal(config.subgraphUrls.get('carrier'), 'http://10.0.0.5:4001/graphql');
    assert.deepEqual(
      config.keys.gatewaySecrets.map((entry) => entry.reveal()),
      ['n'.repeat(32), 'o'.repeat(32)],
    );
    assertRefuses(
      { GATEWAY_SECRET: `${'n'.repeat(32)},short` },
      'GATEWAY_SECRET must hold secrets of at least 32 characters each, separated by commas.',
    );
  });
});

describe('provider settings', () => {
  const complete = { CARRIER_KEY: 'key-canary', CARRIER_CERT_FILE: '/certs/carrier.pem' };

  it('make a provider live when everything required is set', () => {
    const config = load({ ...complete, CARRIER_POLL_MS: '250' });
    assert.deepEqual([...config.liveProviders], ['carrier']);
    const settings = config.settingsOf(carrier);
    assert.equal(settings.CARRIER_URL, 'https://carrier.example');
    assert.equal(settings.CARRIER_KEY.reveal(), 'key-canary');
    assert.equal(settings.CARRIER_POLL_MS, 250);
  });

  it('leave a provider out when none is set', () => {
    const config = load({ CARRIER_KEY: ' ' });
    assert.equal(config.liveProviders.size, 0);
    assert.throws(() => config.settingsOf(carrier), /^ConfigError: CARRIER_KEY is not set\.$/);
  });

  it('refuse half a configuration instead of simulating', () => {
    assertRefuses(
      { CARRIER_URL: 'https://other.example' },
      "CARRIER_KEY is not set, but CARRIER_URL is: set both, or none of this provider's variables.",
    );
  });

  it('are checked at once, and a rule worded for programmers is not shown', () => {
    assertRefuses(
      { ...complete, CARRIER_URL: 'http://carrier.example' },
      'CARRIER_URL must be a URL that begins with https://.',
    );
    const strict = { name: 'strict', settings: { STRICT_PIN: z.string().length(4).describe('PIN.') } };
    assert.throws(() => load({ STRICT_PIN: '12345' }, [strict]), /^ConfigError: STRICT_PIN is not valid\.$/);
  });
});

describe('secrets in the configuration', () => {
  it('are not seen however it is printed', () => {
    const canary = `canary${'x'.repeat(32)}`;
    const config = load({
      ...tokens,
      CARRIER_KEY: canary,
      CARRIER_CERT_FILE: '/c',
      JWT_SECRET: canary,
      VAULT_KEYS: `k:${canary}`,
      GATEWAY_SECRET: canary,
      REDIS_URL: `redis://:${canary}@localhost`,
    });
    const printed = [config, config.settingsOf(carrier), config.keys.gatewaySecrets].flatMap((value) => [
      JSON.stringify(value),
      inspect(value, { depth: 10, showHidden: true }),
    ]);
    printed.push(config.settingsOf(carrier).CARRIER_KEY.toString());
    assert.ok(printed.some((text) => text.includes('[redacted]')));
    for (const text of printed) assert.ok(!text.includes('canary'), text);
  });

  it('are not in the error about them', () => {
    assert.throws(
      () => load({ ...tokens, JWT_SECRET: 'canary' }),
      (error) => !inspect(error, { depth: 10, showHidden: true }).includes('canary'),
    );
  });
});
