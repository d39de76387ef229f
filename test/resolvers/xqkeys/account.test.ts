import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANA, BO, listOf, openXq } from './open.js';

test('the API key is checked, and a bad one is told from a bad session', async (t) => {
  const xq = await openXq(t);
  const { xqApiKey } = await xq.ask('{ xqApiKey { scopes } }');
  assert.equal(xqApiKey.scopes.length, 16);
  await xq.signIn();
  xq.simulator.control.enableApiKey({ key: 'general', enabled: false });
  for (const document of ['{ xqApiKey { scopes } }', '{ xqSettings { user } }']) {
    const { errors } = await xq.run(document);
    assert.equal(errors?.[0]?.extensions['code'], 'PROVIDER_UNAUTHENTICATED');
  }
});

test('settings and account of the user behind the session are read and changed', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.done('updateXqSettings', { hasNewsletter: true, notifications: 'ALL' }, 'isUpdated');
  const { xqSettings, xqSubscriber } = await xq.ask(
    '{ xqSettings { user hasNewsletter notifications } xqSubscriber { user firstName lastName subscription } }',
  );
  assert.deepEqual(xqSettings, { user: ANA, hasNewsletter: true, notifications: 'ALL' });
  assert.deepEqual([xqSubscriber.user, xqSubscriber.firstName], [ANA, 'Ana']);
  const unknown = await xq.command('updateXqSettings', { notifications: 'UNKNOWN' });
  assert.equal(unknown['problem'].code, 'INVALID_INPUT');
});

test('an account is deleted only when it is named by the session', async (t) => {
  const xq = await openXq(t);
  const { session } = await xq.done('signInToXqAsAlias', { user: 'leaving' }, 'session { id }');
  const wrong = await xq.command('deleteXqSubscriber', { sessionId: 'another' }, 'isDeleted');
  assert.equal(wrong['problem'].code, 'INVALID_INPUT');
  await xq.done('deleteXqSubscriber', { sessionId: session.id }, 'isDeleted');
  const { xqSession } = await xq.ask('{ xqSession { id } }');
  assert.equal(xqSession, null);
});

test('entropy has as many bits as were asked for, in either form', async (t) => {
  const xq = await openXq(t);
  const { xqEntropy } = await xq.ask('{ xqEntropy(bits: 128) { hex bits } }');
  assert.match(xqEntropy.hex, /^[0-9a-f]{32}$/);
  assert.match(xqEntropy.bits, /^[01]{128}$/);
  const { errors } = await xq.run('{ xqEntropy(bits: 12) { hex } }');
  assert.equal(errors?.[0]?.extensions['code'], 'INVALID_INPUT');
});

test('delegate and combined tokens are handed out', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const { token } = await xq.done('delegateXqSession', {}, 'token');
  const combined = await xq.done('combineXqTokens', { tokens: [token, 'junk'] }, 'token merged');
  assert.equal(combined['merged'], 2);
  assert.equal((await xq.command('combineXqTokens', { tokens: [] }))['problem'].code, 'INVALID_INPUT');
});

test('the dashboard tells of keys, their labels and who has read them; not to aliases', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const LISTS = `{ xqCommunications(statuses: [AVAILABLE], first: 5) { edges { node { locator status sender meta labels recipients type } } }
    xqEventLog(action: "val://fetchkey") { edges { node { action locator user at raw } } } xqEventTypes { action title } }`;
  const closed = await xq.run(LISTS);
  assert.equal(closed.errors?.[0]?.extensions['code'], 'SIGN_IN_REQUIRED');
  await xq.done('openXqDashboard', {});
  const locator = await xq.createKey({ subject: 'Seen', type: 'FILE', labels: ['a'] });
  const { xqKey: key } = await xq.done('addXqKeyLabels', { locator, labels: ['b', 'c'] }, 'xqKey { labels }');
  assert.deepEqual(key.labels, ['a', 'b', 'c']);
  xq.simulator.control.readKey({ locator, user: BO });

  const { xqCommunications, xqEventLog, xqEventTypes } = await xq.ask(LISTS);
  const listed = xqCommunications.edges[0].node;
  assert.deepEqual(
    [listed.locator, listed.status, listed.sender, listed.meta.subject, listed.type, listed.labels],
    [locator, 'AVAILABLE', ANA, 'Seen', 'FILE', ['a', 'b', 'c']],
  );
  const [{ node: fetched }] = xqEventLog.edges;
  assert.deepEqual([fetched.locator, fetched.user], [locator, BO]);
  assert.ok(listOf(xqEventTypes).some(({ action }) => action === 'val://fetchkey'));

  const ONE = `query ($l: ID!) { xqCommunication(locator: $l) { locator providerStatus } }`;
  assert.equal((await xq.ask(ONE, { l: locator }))['xqCommunication'].providerStatus, 0);
  assert.equal((await xq.ask(ONE, { l: 'C'.repeat(43) }))['xqCommunication'], null);
  xq.simulator.control.changeDialect({ metaAsText: true });
  assert.equal((await xq.ask(LISTS))['xqCommunications'].edges[0].node.meta.subject, 'Seen');

  await xq.done('signInToXqAsAlias', { user: 'sensor' });
  assert.equal((await xq.command('openXqDashboard', {}))['problem'].code, 'FORBIDDEN');
});

test('lists of the dashboard page by cursors, without gap or repeat, also with another page size', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.done('openXqDashboard', {});
  const made = new Set<string>();
  for (const subject of ['a', 'b', 'c', 'd', 'e']) made.add(await xq.createKey({ subject }));
  const PAGE = `query ($first: Int!, $after: String) { xqCommunications(first: $first, after: $after) {
    edges { cursor node { locator } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
  const seen: string[] = [];
  let after: string | undefined;
  for (const first of [2, 1, 100]) {
    const { xqCommunications } = await xq.ask(PAGE, { first, after });
    const { edges, pageInfo } = xqCommunications;
    assert.equal(pageInfo.hasPreviousPage, after !== undefined);
    assert.equal(pageInfo.hasNextPage, first < 100);
    seen.push(...listOf(edges).map(({ node }) => node.locator));
    after = pageInfo.endCursor;
  }
  assert.equal(seen.length, new Set(seen).size);
  assert.ok([...made].every((locator) => seen.includes(locator)));
  const EVENTS =
    'query ($after: String) { xqEventLog(first: 1, after: $after) { edges { node { action } } } }';
  for (const [query, path] of [
    [PAGE.replace('$first: Int!, ', '').replace('first: $first', 'first: 0'), ['first']],
    [EVENTS, ['after']],
  ] as const) {
    const { errors } = await xq.run(query, { after });
    assert.deepEqual(
      [errors?.[0]?.extensions['code'], errors?.[0]?.extensions['input']],
      ['INVALID_INPUT', path],
    );
  }
});

test('a provider that is away is a problem of its own, and nothing is sent twice', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  xq.simulator.control.resetCalls();
  xq.simulator.control.injectFault({ operation: 'createAndStorePacket', status: 503, count: 9 });
  const { problem } = await xq.command('createXqKey', { key: '.1k', recipients: [BO] });
  assert.deepEqual([problem.code, problem.providerCode], ['OUTCOME_UNKNOWN', 'HTTP_503']);
  assert.equal(xq.simulator.control.calls()['createAndStorePacket'], 1);
});
