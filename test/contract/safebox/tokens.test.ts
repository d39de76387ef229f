import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACCESS_DENIED,
  ADA,
  at,
  EVE,
  listAt,
  NOT_FOUND,
  ok,
  OTTO,
  refused,
  SEEDED,
  startWorld,
} from './wire.js';

const OPEN = `/api/v2/safeboxes/${SEEDED.open}`;

test('the token is taken by either header name, and nothing under api/v2 answers without it', async (t) => {
  const { anonymous, wire } = await startWorld(t);
  ok(await anonymous.call('GET', OPEN, { headers: { 'authorization-token': wire.token } }));
  ok(await anonymous.call('GET', OPEN, { headers: { 'XM-Token-Authorization': wire.token } }));
  refused(
    await anonymous.call('GET', OPEN, { headers: { 'Authorization-Token': 'USER|wrong' } }),
    401,
    ACCESS_DENIED,
  );
  for (const path of [
    OPEN,
    '/api/v2/safeboxes',
    '/api/v2/safeboxes/new',
    '/api/v2/enterprises/acme/settings',
    '/api/v2/x',
  ])
    refused(await anonymous.get(path), 401, ACCESS_DENIED);
  refused(await wire.get('/api/v2/x'), 404, NOT_FOUND);
  refused(await wire.call('DELETE', OPEN), 404, NOT_FOUND);
});

test('a revoked token is refused until the next sign-in', async (t) => {
  const { wire, enterprise, control, signIn } = await startWorld(t);
  assert.equal(control.revokeTokens({ username: 'ada' }), 1);
  refused(await wire.get(OPEN), 401, ACCESS_DENIED);
  ok(await enterprise.get(OPEN));
  assert.equal(control.revokeTokens({}), 1);
  refused(await enterprise.get(OPEN), 401, ACCESS_DENIED);
  const renewed = await signIn(ADA);
  assert.notEqual(renewed.token, wire.token);
  ok(await renewed.get(OPEN));
});

test('a SafeBox is seen by its owner, its participants and the enterprise token, and changed by the first and last', async (t) => {
  const { wire, enterprise, signIn } = await startWorld(t);
  const otto = await signIn(OTTO);
  const eve = await signIn(EVE);
  const shared = `/api/v2/safeboxes/${SEEDED.shared}`;
  for (const reader of [otto, wire, enterprise]) ok(await reader.get(shared));
  refused(await eve.get(shared), 403, ACCESS_DENIED);
  refused(await otto.get(OPEN), 403, ACCESS_DENIED);
  refused(await eve.get('/api/v2/safeboxes/00000000000000000000000000000000'), 404, NOT_FOUND);
  for (const [method, path] of [
    ['PATCH', 'close'],
    ['PATCH', 'delete_content'],
    ['PATCH', 'add_time'],
    ['PATCH', 'mark_as_read'],
    ['POST', 'messages'],
    ['POST', 'uploads'],
    ['POST', 'participants'],
  ] as const)
    refused(await wire.call(method, `${shared}/${path}`), 403, ACCESS_DENIED);
  ok(await enterprise.patch(`${shared}/close`));
});

test('one account cannot reach into another', async (t) => {
  const { wire, signIn } = await startWorld(t);
  const eve = await signIn(EVE);
  for (const path of [
    'settings',
    'security_profiles',
    'consent_message_groups/1',
    'users/123/settings',
    'users/123/favorites',
  ])
    refused(await eve.get(`/api/v2/enterprises/acme/${path}`), 403, ACCESS_DENIED);
  refused(await wire.get('/api/v2/enterprises/nobody/settings'), 403, ACCESS_DENIED);
  refused(await wire.get('/api/v2/enterprises/acme/users/124/settings'), 403, ACCESS_DENIED);
  assert.deepEqual(at(await eve.read('/api/v2/safeboxes'), 'safeboxes'), []);
  const hits = await eve.read('/api/v2/recipients/autocomplete?term=acme');
  assert.deepEqual(listAt(hits, 'results'), []);
});

test('every path answers with and without .json, and unknown query parameters are ignored', async (t) => {
  const { wire } = await startWorld(t);
  const paths = [
    '/api/v2/enterprises/acme/settings',
    '/api/v2/enterprises/acme/security_profiles',
    '/api/v2/enterprises/acme/consent_message_groups/1',
    '/api/v2/enterprises/acme/users/123/settings',
    '/api/v2/enterprises/acme/users/123/favorites',
    '/api/v2/safeboxes',
    OPEN,
    `${OPEN}/participants`,
    `${OPEN}/messages`,
    `${OPEN}/security_options`,
    `${OPEN}/download_activity`,
    `${OPEN}/event_history`,
  ];
  for (const path of paths) {
    const plain = await wire.read(`${path}?locale=en`);
    assert.deepEqual(await wire.read(`${path}.json?locale=en&rand=1511111111111`), plain, path);
  }
  ok(await wire.get('/api/v2/safeboxes/new.json'));
  ok(await wire.get('/api/v2/recipients/autocomplete.json?term=a'));
});
