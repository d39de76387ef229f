import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { AuthenticationError } from '../../src/auth/authenticator.js';
import { createTokenAuthenticator } from '../../src/auth/token-authenticator.js';
import { happenings } from '../../src/happenings.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';

const clock = new ManualClock();

function issuer(name: string, tenants: { tenantClaim: string | undefined; tenants: readonly string[] }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const config = {
    key: { type: 'publicKey' as const, pem },
    issuer: `https://${name}.test`,
    audience: name,
    algorithms: ['ES256'],
    ...tenants,
  };
  return { config, privateKey };
}

const ACME = issuer('acme', { tenantClaim: undefined, tenants: ['acme'] });
const HOUSE = issuer('house', { tenantClaim: 'org', tenants: ['red', 'blue'] });

function bearer(key: KeyObject, claims: Record<string, unknown>): Promise<string> {
  const exp = Math.floor(clock.now() / 1_000) + 600;
  return new SignJWT({ sub: 'anna', exp, ...claims })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(key)
    .then((token) => `Bearer ${token}`);
}

const authenticator = () =>
  createTokenAuthenticator([ACME.config, HOUSE.config], { clock, logger: memoryLogger() });
const isRefused = (error: unknown): boolean =>
  error instanceof AuthenticationError && error.code === 'UNAUTHENTICATED';

test('each issuer is verified by its own key, audience and tenants', async () => {
  const tokens = authenticator();
  const acme = await bearer(ACME.privateKey, {
    iss: 'https://acme.test',
    aud: 'acme',
    org: 'red',
    tenant: 'red',
  });
  assert.equal((await tokens.authenticate(acme)).tenant, 'acme');
  for (const org of ['red', 'blue']) {
    const house = await bearer(HOUSE.privateKey, { iss: 'https://house.test', aud: 'house', org });
    assert.equal((await tokens.authenticate(house)).tenant, org);
  }
});

const FORGED: readonly [what: string, key: KeyObject, claims: Record<string, unknown>][] = [
  ['the key of another issuer', HOUSE.privateKey, { iss: 'https://acme.test', aud: 'acme' }],
  ['the audience of another issuer', ACME.privateKey, { iss: 'https://acme.test', aud: 'house' }],
  ['a tenant of another issuer', HOUSE.privateKey, { iss: 'https://house.test', aud: 'house', org: 'acme' }],
  ['no tenant where one must be named', HOUSE.privateKey, { iss: 'https://house.test', aud: 'house' }],
  ['an unknown issuer', ACME.privateKey, { iss: 'https://evil.test', aud: 'acme' }],
  ['no issuer', ACME.privateKey, { aud: 'acme' }],
];
for (const [what, key, claims] of FORGED)
  test(`a token with ${what} is refused`, async () => {
    await assert.rejects(authenticator().authenticate(await bearer(key, claims)), isRefused);
  });

test('what is no token at all is refused', async () => {
  for (const presented of [undefined, '', 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic YTpi'])
    await assert.rejects(authenticator().authenticate(presented), isRefused);
});

test('fetches of keys are told to whoever measures', async (t) => {
  const outcomes: string[] = [];
  t.after(happenings.keys.listen(({ outcome }) => outcomes.push(outcome)));
  let answer = () => Response.json({ keys: [] });
  const now = new ManualClock();
  const tokens = createTokenAuthenticator(
    [{ ...ACME.config, key: { type: 'jwks', url: 'https://acme.test/keys' } }],
    { clock: now, logger: memoryLogger(), fetch: async () => answer() },
  );
  const token = await bearer(ACME.privateKey, { iss: 'https://acme.test', aud: 'acme' });
  await assert.rejects(tokens.authenticate(token), isRefused);
  answer = () => new Response('down', { status: 503 });
  await now.advance(700_000);
  await assert.rejects(tokens.authenticate(token), isRefused);
  assert.deepEqual([outcomes[0], outcomes.at(-1)], ['ok', 'kept']);
});
