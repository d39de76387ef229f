import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { exportJWK, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { AuthenticationError } from '../../src/auth/authenticator.js';
import type { AuthenticationFailure } from '../../src/auth/authenticator.js';
import { createJwtAuthenticator } from '../../src/auth/jwt-authenticator.js';
import type { JwtAuthenticatorOptions } from '../../src/auth/jwt-authenticator.js';
import { ConfigError } from '../../src/config/config-error.js';
import { Secret } from '../../src/config/secret.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';

const clock = new ManualClock();
const SECONDS = Math.floor(clock.now() / 1000);
const CLAIMS = {
  iss: 'https://issuer.test',
  aud: 'sealgraph',
  sub: 'anna',
  exp: SECONDS + 600,
  scope: 'a:read b:read',
};

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEYS = pair();
const PEM = KEYS.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const SECRET = 'a secret of at least 32 characters';

type SigningKey = typeof KEYS.privateKey | Uint8Array;

async function bearer(
  claims: JWTPayload = CLAIMS,
  { key = KEYS.privateKey, alg = 'ES256', kid }: { key?: SigningKey; alg?: string; kid?: string } = {},
): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) });
  return `Bearer ${await token.sign(key)}`;
}

function authenticator(options: Partial<JwtAuthenticatorOptions> = {}) {
  return createJwtAuthenticator({
    key: { type: 'publicKey', pem: PEM },
    issuer: CLAIMS.iss,
    audience: CLAIMS.aud,
    tenantClaim: 'tenant',
    tenants: undefined,
    algorithms: ['ES256'],
    clock,
    logger: memoryLogger(),
    ...options,
  });
}

function refused(code: AuthenticationFailure = 'UNAUTHENTICATED') {
  return (error: unknown): boolean => error instanceof AuthenticationError && error.code === code;
}

test('a good token makes a caller of subject, tenant, scopes and expiry', async () => {
  const caller = await authenticator().authenticate(await bearer({ ...CLAIMS, tenant: 'acme' }));
  assert.deepEqual(caller, {
    subject: 'anna',
    tenant: 'acme',
    scopes: new Set(['a:read', 'b:read']),
    expiresAt: CLAIMS.exp * 1000,
  });
});

test('scopes may come as text or as a list, under any of the three usual names; the tenant under any name', async () => {
  const { scope: _, ...rest } = CLAIMS;
  for (const granted of [
    { scp: ['a:read', 'b:read'] },
    { scopes: ['b:read', 'a:read'] },
    { scp: 'a:read  b:read' },
  ]) {
    const { scopes } = await authenticator().authenticate(await bearer({ ...rest, ...granted }));
    assert.deepEqual([...scopes].sort(), ['a:read', 'b:read']);
  }
  const options = { tenantClaim: 'org_id' };
  assert.equal(
    (await authenticator(options).authenticate(await bearer({ ...rest, org_id: 'o1' }))).tenant,
    'o1',
  );
  const plain = await authenticator(options).authenticate(await bearer({ ...rest, tenant: 'x' }));
  assert.deepEqual([plain.tenant, plain.scopes.size], ['default', 0]);
});

test('nothing, something else than a bearer token, or a damaged one is refused', async () => {
  const good = await bearer();
  for (const bad of [
    undefined,
    '',
    'Bearer',
    good.slice(7),
    `Basic ${good.slice(7)}`,
    `${good}x`,
    `${good} x`,
  ]) {
    await assert.rejects(authenticator().authenticate(bad), refused());
  }
  assert.equal((await authenticator().authenticate(good.replace('Bearer', 'bearer'))).subject, 'anna');
});

test('a token of another key, issuer or audience, or without subject, expiry or proper claims is refused', async () => {
  const { sub: _, ...noSubject } = CLAIMS;
  const { exp: __, ...noExpiry } = CLAIMS;
  const bad = [
    bearer(CLAIMS, { key: pair().privateKey }),
    bearer({ ...CLAIMS, iss: 'https://other.test' }),
    bearer({ ...CLAIMS, aud: 'other' }),
    bearer({ ...CLAIMS, sub: '' }),
    bearer({ ...CLAIMS, tenant: 7 }),
    bearer({ ...CLAIMS, tenant: '' }),
    bearer({ ...CLAIMS, scope: { a: 1 } }),
    bearer({ ...CLAIMS, nbf: SECONDS + 60 }),
    bearer(noSubject),
    bearer(noExpiry),
  ];
  for (const token of bad) await assert.rejects(authenticator().authenticate(await token), refused());
});

test('an expired token is refused as expired, a little difference of clocks forgiven', async () => {
  const at = (exp: number) => bearer({ ...CLAIMS, exp }).then((token) => authenticator().authenticate(token));
  await assert.rejects(at(SECONDS - 6), refused('TOKEN_EXPIRED'));
  assert.equal((await at(SECONDS - 4)).subject, 'anna');
});

test('only the allowed algorithms are accepted: unsigned tokens never, nor the public key taken for a secret', async () => {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `Bearer ${encode({ alg: 'none' })}.${encode(CLAIMS)}.`;
  await assert.rejects(authenticator().authenticate(unsigned), refused());
  const confused = await bearer(CLAIMS, { key: Buffer.from(PEM), alg: 'HS256' });
  await assert.rejects(authenticator().authenticate(confused), refused());
  await assert.rejects(authenticator({ algorithms: ['ES384'] }).authenticate(await bearer()), refused());
});

test('a shared secret verifies what was signed with it', async () => {
  const shared = authenticator({
    key: { type: 'secret', secret: new Secret(SECRET) },
    algorithms: ['HS256'],
  });
  const token = await bearer(CLAIMS, { key: Buffer.from(SECRET), alg: 'HS256' });
  assert.equal((await shared.authenticate(token)).subject, 'anna');
  await assert.rejects(shared.authenticate(await bearer()), refused());
});

test('a public key that cannot be used is said at once, by the name of its variable', () => {
  assert.throws(() => authenticator({ key: { type: 'publicKey', pem: 'x' } }), ConfigError);
});

test('a key set is fetched with the first token, kept, and fetched again for a key it does not hold', async () => {
  const [old, fresh] = [pair(), pair()];
  const published = [{ ...(await exportJWK(old.publicKey)), kid: 'old', alg: 'ES256' }];
  let fetched = 0;
  const fromKeySet = authenticator({
    key: { type: 'jwks', url: 'https://issuer.test/keys' },
    fetch: (url) => {
      fetched++;
      assert.equal(url, 'https://issuer.test/keys');
      return Promise.resolve(Response.json({ keys: published }));
    },
  });
  assert.equal(fetched, 0);
  const byOld = await bearer(CLAIMS, { key: old.privateKey, kid: 'old' });
  const byFresh = await bearer(CLAIMS, { key: fresh.privateKey, kid: 'fresh' });
  for (let i = 0; i < 3; i++) assert.equal((await fromKeySet.authenticate(byOld)).subject, 'anna');
  assert.equal(fetched, 1);

  // A second rotation right after the first is taken too.
  published.push({ ...(await exportJWK(fresh.publicKey)), kid: 'fresh', alg: 'ES256' });
  assert.equal((await fromKeySet.authenticate(byFresh)).subject, 'anna');
  const third = pair();
  published.push({ ...(await exportJWK(third.publicKey)), kid: 'third', alg: 'ES256' });
  const byThird = await bearer(CLAIMS, { key: third.privateKey, kid: 'third' });
  assert.equal((await fromKeySet.authenticate(byThird)).subject, 'anna');
  assert.equal(fetched, 3);

  // Unknown keys cannot be used to make us ask for ever.
  for (let i = 0; i < 10; i++) {
    const unknown = await bearer(CLAIMS, { key: pair().privateKey, kid: `unknown${i}` });
    await assert.rejects(fromKeySet.authenticate(unknown), refused());
  }
  assert.equal(fetched, 6);
});

test('while the key set cannot be fetched its last keys are used for an hour, and the log says so', async () => {
  const now = new ManualClock();
  const logger = memoryLogger();
  const jwk = { ...(await exportJWK(KEYS.publicKey)), kid: 'k', alg: 'ES256' };
  let answer = (): Response => Response.json({ keys: [jwk] });
  const fromKeySet = authenticator({
    key: { type: 'jwks', url: 'https://issuer.test/keys' },
    clock: now,
    logger,
    fetch: async () => answer(),
  });
  const token = (jti: string) => bearer({ ...CLAIMS, jti, exp: SECONDS + 90_000 }, { kid: 'k' });
  await fromKeySet.authenticate(await token('a'));
  answer = () => new Response('down', { status: 503 });
  await now.advance(3_599_000);
  assert.equal((await fromKeySet.authenticate(await token('b'))).subject, 'anna');
  assert.match(logger.lines.map(({ message }) => message).join(), /the last ones are still used/);
  await now.advance(2_000);
  await assert.rejects(fromKeySet.authenticate(await token('c')), refused());
  assert.match(logger.lines.at(-1)?.message ?? '', /no token can be verified/);
  answer = () => Response.json({ keys: [jwk] });
  assert.equal((await fromKeySet.authenticate(await token('d'))).subject, 'anna');
});

test('a token is remembered only as long as its key is published and it has not expired', async () => {
  const now = new ManualClock();
  const [jwk, other] = await Promise.all([KEYS, pair()].map(async ({ publicKey }) => exportJWK(publicKey)));
  let keys = [{ ...jwk, kid: 'k' }];
  const fromKeySet = authenticator({
    key: { type: 'jwks', url: 'https://issuer.test/keys' },
    clock: now,
    fetch: async () => Response.json({ keys }),
  });
  const token = await bearer({ ...CLAIMS, exp: SECONDS + 7_000 }, { kid: 'k' });
  await fromKeySet.authenticate(token);
  keys = [{ ...other, kid: 'other' }];
  await assert.rejects(
    bearer(CLAIMS, { key: pair().privateKey, kid: 'x' }).then((one) => fromKeySet.authenticate(one)),
    refused(),
  );
  await assert.rejects(fromKeySet.authenticate(token), refused());
  keys = [{ ...jwk, kid: 'k' }];
  await now.advance(600_000);
  await fromKeySet.authenticate(token);
  await now.advance(6_500_000);
  await assert.rejects(fromKeySet.authenticate(token), refused('TOKEN_EXPIRED'));
});

test('a key set that cannot be fetched lets nobody in', async () => {
  const offline = authenticator({
    key: { type: 'jwks', url: 'https://issuer.test/keys' },
    fetch: () => Promise.reject(new Error('no route to issuer.test')),
  });
  await assert.rejects(offline.authenticate(await bearer()), refused());
});
