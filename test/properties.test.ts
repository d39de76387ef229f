import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AuthenticationError } from '../src/auth/authenticator.js';
import { createTokenAuthenticator } from '../src/auth/token-authenticator.js';
import { ConfigError } from '../src/config/index.js';
import { jsonType } from '../src/gateway/response-type.js';
import { streamFormat } from '../src/gateway/stream-format.js';
import { decodeCursor } from '../src/live/cursor.js';
import { ProviderError } from '../src/provider-error.js';
import { requireAutocryptAddress } from '../src/providers/guardcrypto/autocrypt.js';
import { fromBase64 } from '../src/providers/guardcrypto/armor.js';
import { keyIdHex, toKeyId } from '../src/providers/guardcrypto/key-id.js';
import { retryAfterMs } from '../src/providers/kit/http-response.js';
import { readToken } from '../src/providers/xqkeys/token.js';
import { requireEmailAddress } from '../src/subgraph/email-address.js';
import { parseKeyRing } from '../src/vault/key-ring.js';
import { ManualClock } from './support/manual-clock.js';
import { memoryLogger } from './support/memory-logger.js';

const RUNS = { seed: 20_261_127, numRuns: 500 };

const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const json = fc.jsonValue().map((value) => JSON.stringify(value));
const jwt = fc
  .tuple(
    json,
    fc.oneof(
      json,
      fc.record({ sub: fc.jsonValue(), exp: fc.jsonValue() }).map((claims) => JSON.stringify(claims)),
    ),
  )
  .map(([head, body]) => `${base64url(head)}.${base64url(body)}.x`);
/** Text as somebody from outside may send it: any, or made of what the parser looks for. */
const odd = (pieces: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...pieces, ''), { maxLength: 60 }).map((parts) => parts.join('')),
    jwt,
    json,
  );

const clock = new ManualClock();

/** What a parser says no by. */
const refuses =
  (...known: readonly (new (...args: never[]) => Error)[]) =>
  (parse: () => unknown): void => {
    try {
      parse();
    } catch (error) {
      assert.ok(
        known.some((sort) => error instanceof sort),
        String(error),
      );
    }
  };
const asInput = refuses(ProviderError);

/** Parsers of what comes from outside; each takes any text, or refuses it by an error that is meant for it. */
const PARSERS: Readonly<Record<string, readonly [pieces: string, check: (text: string) => void]>> = {
  'a cursor': ['0123456789. ', (text) => asInput(() => decodeCursor('w', base64url(text)))],
  'an e-mail address': ['a.@<>" ', (text) => asInput(() => requireEmailAddress(['email'], text))],
  'an Autocrypt header': [' =;adrkeyt@.\t\n', (text) => asInput(() => requireAutocryptAddress(text))],
  Base64: ['Aa0+/= \n', (text) => asInput(() => fromBase64('field', text))],
  'a key ring': ['k1:=,AAAA', (text) => refuses(ConfigError)(() => parseKeyRing(text, 'VAULT_KEYS'))],
  'a key id': [
    '-0123456789xXaF',
    (text) => {
      const id = toKeyId(text);
      if (id !== undefined) assert.equal(toKeyId(`0x${keyIdHex(id)}`), id);
    },
  ],
  'what a client accepts': [
    'aplicton/jsgrqevmu;=*,.0 ',
    (text) => {
      assert.ok(['string', 'undefined'].includes(typeof jsonType(text)));
      assert.ok(['object', 'undefined'].includes(typeof streamFormat(text)));
    },
  ],
  'how long to wait': [
    '0123456789 :,FriGMT-',
    (text) => {
      const ms = retryAfterMs({ 'retry-after': text }, clock);
      assert.ok(ms === undefined || (Number.isFinite(ms) && ms >= 0));
    },
  ],
  'the token of a provider': [
    '.{}":eyJ',
    (text) => {
      const { expiresAt, subject } = readToken(text);
      assert.ok(expiresAt === null || Number.isFinite(expiresAt));
      assert.ok(subject === null || typeof subject === 'string');
    },
  ],
};

for (const [what, [pieces, check]] of Object.entries(PARSERS))
  test(`whatever stands for ${what} is understood or refused`, () => {
    fc.assert(fc.property(odd(pieces), check), RUNS);
  });

test('whatever stands for an access token is refused', async () => {
  const issuer = (name: string) => ({
    key: { type: 'jwks' as const, url: `https://${name}.test/keys` },
    ...{ issuer: name, audience: 'a', tenantClaim: 't', tenants: [name], algorithms: ['ES256'] },
  });
  const tokens = createTokenAuthenticator([issuer('a'), issuer('b')], {
    clock,
    logger: memoryLogger(),
    fetch: async () => Response.json({ keys: [] }),
  });
  const presented = fc.oneof(
    odd('Bearer .-_~+/'),
    jwt.map((token) => `Bearer ${token}`),
  );
  await fc.assert(
    fc.asyncProperty(presented, (text) => assert.rejects(tokens.authenticate(text), AuthenticationError)),
    RUNS,
  );
});
