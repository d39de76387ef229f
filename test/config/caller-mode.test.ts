import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callerMode, isLoopback, type JwtConfig } from '../../src/config/index.js';

const jwt: readonly JwtConfig[] = [
  {
    key: { type: 'jwks', url: 'https://issuer.example/keys' },
    issuer: 'https://issuer.example',
    audience: 'sealgraph',
    tenantClaim: 'tenant',
    tenants: undefined,
    algorithms: ['RS256'],
  },
];

describe('who may call', () => {
  it('is whoever has a token, as soon as tokens can be verified', () => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      for (const allProvidersSimulated of [true, false]) {
        assert.deepEqual(callerMode({ host, allProvidersSimulated, jwt }), { type: 'jwt', jwt });
      }
    }
  });

  it('is the demo caller where nobody else can reach it and nothing real is behind it', () => {
    assert.deepEqual(callerMode({ host: '127.0.0.1', allProvidersSimulated: true, jwt: undefined }), {
      type: 'demo',
    });
  });

  it('is nobody on an address that others can reach', () => {
    assert.throws(() => callerMode({ host: '0.0.0.0', allProvidersSimulated: true, jwt: undefined }), {
      name: 'ConfigError',
      message:
        'JWT_JWKS_URL is not set, nor is JWT_PUBLIC_KEY_FILE or JWT_SECRET: callers need tokens because HOST is not a loopback address.',
    });
  });

  it('is nobody where a provider is real', () => {
    assert.throws(() => callerMode({ host: '127.0.0.1', allProvidersSimulated: false, jwt: undefined }), {
      name: 'ConfigError',
      message:
        'JWT_JWKS_URL is not set, nor is JWT_PUBLIC_KEY_FILE or JWT_SECRET: callers need tokens because not every provider is simulated.',
    });
  });
});

describe('a loopback address', () => {
  it('is known in all its spellings, and nothing else is taken for one', () => {
    for (const host of ['127.0.0.1', '127.8.9.10', '::1', '[::1]', 'localhost']) {
      assert.equal(isLoopback(host), true, host);
    }
    for (const host of [
      '0.0.0.0',
      '::',
      '10.0.0.1',
      '128.0.0.1',
      '',
      'localhost.example.com',
      '127.0.0.1.example',
    ]) {
      assert.equal(isLoopback(host), false, host);
    }
  });
});
