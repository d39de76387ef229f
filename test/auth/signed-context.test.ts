import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthenticationError } from '../../src/auth/authenticator.js';
import type { AuthenticationFailure } from '../../src/auth/authenticator.js';
import { CallerContextVerifier, SIGNED_SOCKET, signCallerContext } from '../../src/auth/signed-context.js';
import type { CallerContext } from '../../src/auth/signed-context.js';
import { ManualClock } from '../support/manual-clock.js';

const SECRET = 'a secret of at least 32 characters';
const OTHER = 'another one of at least 32 characters';
const BODY = '{"query":"{ me }"}';
const REQUEST = { subgraph: 'safebox', body: BODY };

const clock = new ManualClock();
const context = {
  caller: {
    tenant: 'acme/x',
    subject: 'Zoë "z"',
    scopes: new Set(['a:read', 'a:write']),
    expiresAt: clock.now() + 600_000,
  },
  requestId: 'r-1',
};

function refused(code: AuthenticationFailure = 'UNAUTHENTICATED') {
  return (error: unknown): boolean => error instanceof AuthenticationError && error.code === code;
}

const sign = (what: CallerContext = context, { request = REQUEST, secret = SECRET, at = clock } = {}) =>
  signCallerContext(what, request, secret, at);

function verifier({ secrets = [SECRET], subgraph = 'safebox', at = clock } = {}) {
  return new CallerContextVerifier({ secrets, subgraph, clock: at });
}

test('a subgraph learns from a gateway who is calling, and for which request', () => {
  assert.deepEqual(verifier().verify(sign(), BODY), context);
  assert.deepEqual(verifier().verify(sign(), Buffer.from(BODY)), context);
  const forever = { caller: { tenant: 't', subject: 's', scopes: new Set<string>() }, requestId: '' };
  assert.deepEqual(verifier().verify(sign(forever), BODY), forever);
});

test('while secrets are exchanged, both are accepted', () => {
  const headers = sign(context, { secret: OTHER });
  assert.deepEqual(verifier({ secrets: [SECRET, OTHER] }).verify(headers, BODY), context);
  assert.throws(() => verifier().verify(headers, BODY), refused());
});

test('an unsigned, half signed or changed context is refused', () => {
  const headers = sign();
  const [[contextName = '', text = ''] = [], [signatureName = '', signature = ''] = []] =
    Object.entries(headers);
  const plain: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
  assert.ok(typeof plain === 'object');
  const admin = Buffer.from(JSON.stringify({ ...plain, subject: 'admin' })).toString('base64url');
  const forged: Record<string, unknown>[] = [
    {},
    { [contextName]: text },
    { [signatureName]: signature },
    { [contextName]: admin, [signatureName]: signature },
    { [contextName]: text, [signatureName]: '' },
    { [contextName]: text, [signatureName]: signature.slice(0, -4) },
    { [contextName]: [text, admin], [signatureName]: signature },
  ];
  for (const each of forged) assert.throws(() => verifier().verify(each, BODY), refused());
  assert.throws(() => verifier({ secrets: [] }).verify(headers, BODY), refused());
});

test('a captured signature is good for no other document, no other subgraph, and no socket', () => {
  const headers = sign();
  for (const body of ['', `${BODY} `, '{"query":"mutation { send }"}', SIGNED_SOCKET])
    assert.throws(() => verifier().verify(headers, body), refused());
  assert.throws(() => verifier({ subgraph: 'xqkeys' }).verify(headers, BODY), refused());
  const socket = sign(context, { request: { ...REQUEST, body: SIGNED_SOCKET } });
  assert.throws(() => verifier().verify(socket, BODY), refused());
  assert.deepEqual(verifier().verify(socket, SIGNED_SOCKET), context);
});

test('a signature is good once, as long as it would be good at all', async () => {
  const now = new ManualClock();
  const subgraph = verifier({ at: now });
  const headers = sign(context, { at: now });
  assert.deepEqual(subgraph.verify(headers, BODY), context);
  for (const waitMs of [0, 30_000, 30_000]) {
    await now.advance(waitMs);
    // Others in between make it forget what is over, and nothing else.
    subgraph.verify(sign(context, { at: now }), BODY);
    assert.throws(() => subgraph.verify(headers, BODY), refused());
  }
});

test('a context signed more than 60 seconds from now is refused, and the reason tells how far the clocks are apart', async () => {
  for (const [apartMs, told] of [
    [60_001, /60 s behind/],
    [-60_001, /60 s ahead of/],
    [400_000, /400 s behind/],
  ] as const) {
    const signedAt = new ManualClock(clock.now() - apartMs);
    assert.throws(
      () => verifier().verify(sign(context, { at: signedAt }), BODY),
      (error) => refused()(error) && error instanceof AuthenticationError && told.test(error.reason ?? ''),
    );
  }
  for (const apartMs of [60_000, -60_000]) {
    const signedAt = new ManualClock(clock.now() - apartMs);
    assert.deepEqual(verifier().verify(sign(context, { at: signedAt }), BODY), context);
  }
});

test('a caller whose token has expired on the way is refused as such', async () => {
  const now = new ManualClock();
  const caller = { ...context.caller, expiresAt: now.now() + 1_000 };
  const headers = sign({ ...context, caller }, { at: now });
  await now.advance(1_000);
  assert.throws(() => verifier({ at: now }).verify(headers, BODY), refused('TOKEN_EXPIRED'));
});

test('a secret that could be guessed signs and verifies nothing', () => {
  assert.throws(() => sign(context, { secret: '' }), /fewer than 32/);
  assert.throws(() => verifier({ secrets: [''] }).verify(sign(), BODY), /fewer than 32/);
});
