import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDemoAuthenticator } from '../../src/auth/demo-authenticator.js';
import { hasScopes } from '../../src/auth/scopes.js';

const caller = { tenant: 'default', subject: 'anna', scopes: new Set(['a:read', 'b:read']) };

test('a caller needs all scopes of one list', () => {
  assert.equal(hasScopes(caller, [['a:read']]), true);
  assert.equal(hasScopes(caller, [['a:read', 'b:read']]), true);
  assert.equal(hasScopes(caller, [['a:write'], ['b:read']]), true);
  assert.equal(hasScopes(caller, [['a:read', 'a:write'], ['b:write']]), false);
  assert.equal(hasScopes(caller, [['a:rea'], ['a:read ']]), false);
});

test('no list of scopes lets nobody in', () => {
  assert.equal(hasScopes(caller, []), false);
});

test('the demo caller is the same whatever is presented, and has the scopes it was given', async () => {
  const authenticator = createDemoAuthenticator(['a:read']);
  for (const authorization of [undefined, '', 'Bearer nonsense']) {
    const { tenant, subject, scopes, expiresAt } = await authenticator.authenticate(authorization);
    assert.deepEqual([tenant, subject, [...scopes], expiresAt], ['default', 'demo', ['a:read'], undefined]);
  }
});
