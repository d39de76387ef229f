import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthenticationError } from '../../src/auth/authenticator.js';
import type { AuthenticationFailure } from '../../src/auth/authenticator.js';
import { signCallerContext, verifyCallerContext } from '../../src/auth/signed-context.js';
import { ManualClock } from '../support/manual-clock.js';

const SECRET = 'a secret of at least 32 characters';
const OTHER = 'another one of at least 32 characters';

const clock = new ManualClock();
const context = {
  caller: {
    tenant: 'acme/x',
    subject: 'Zoë "z"',
    scopes: new Set(['a:read', 'a:write']),
    expiresAt: clock.now() + 60_000,
  },
  requestId: 'r-1',
};

function refused(code: AuthenticationFailure = 'UNAUTHENTICATED') {
  return (error: unknown): boolean => error instanceof AuthenticationError && error.code === code;
}

test('a subgraph learns from a gateway who is calling, and for which request', () => {
  assert.deepEqual(verifyCallerContext(signCallerContext(context, SECRET, clock), [SECRET], clock), context);
  const forever = { caller: { tenant: 't', subject: 's', scopes: new Set<string>() }, requestId: '' };
  assert.deepEqual(verifyCallerContext(signCallerContext(forever, SECRET, clock), [SECRET], clock), forever);
});

test('while secrets are exchanged, both are accepted', () => {
  const headers = signCallerContext(context, OTHER, clock);
  assert.deepEqual(verifyCallerContext(headers, [SECRET, OTHER], clock), context);
  assert.throws(() => verifyCallerContext(headers, [SECRET], clock), refused());
});

test('an unsigned, half signed or changed context is refused', () => {
  const headers = signCallerContext(context, SECRET, clock);
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
  for (const each of forged) assert.throws(() => verifyCallerContext(each, [SECRET], clock), refused());
  assert.throws(() => verifyCallerContext(headers, [], clock), refused());
});

test('a context older than 30 seconds, or from further ahead than clocks differ, is refused', async () => {
  const now = new ManualClock();
  const headers = signCallerContext(
    { ...context, caller: { ...context.caller, expiresAt: now.now() + 1e6 } },
    SECRET,
    now,
  );
  verifyCallerContext(headers, [SECRET], new ManualClock(now.now() - 5_000));
  assert.throws(() => verifyCallerContext(headers, [SECRET], new ManualClock(now.now() - 5_001)), refused());
  await now.advance(30_000);
  verifyCallerContext(headers, [SECRET], now);
  await now.advance(1);
  assert.throws(() => verifyCallerContext(headers, [SECRET], now), refused());
});

test('a caller whose token has expired on the way is refused as such', async () => {
  const now = new ManualClock();
  const caller = { ...context.caller, expiresAt: now.now() + 1_000 };
  const headers = signCallerContext({ ...context, caller }, SECRET, now);
  await now.advance(1_000);
  assert.throws(() => verifyCallerContext(headers, [SECRET], now), refused('TOKEN_EXPIRED'));
});

test('a secret that could be guessed signs and verifies nothing', () => {
  assert.throws(() => signCallerContext(context, '', clock), /fewer than 32/);
  const headers = signCallerContext(context, SECRET, clock);
  assert.throws(() => verifyCallerContext(headers, [''], clock), /fewer than 32/);
});
