import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANA, BO, BO_CALLER, listOf, openXq, upstreamCalls } from './open.js';
import type { Answer } from './open.js';

const KEY = `xqKey { locator status isOwn type providerType subject labels isDeletedOnReceipt createdAt expiresAt
  recipients { address kind hasAccess grantedAt revokedAt person { email } } }`;
const QUERY = `query ($locator: ID!) { xqKey(locator: $locator) { locator status isOwn expiresAt subject } }`;

test('a key is stored, seen by its maker and its recipients, and fetched exactly as it was', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.signIn(BO, BO_CALLER);
  const { xqKey: key } = await xq.done(
    'createXqKey',
    {
      key: '.1 c0ffee/+=',
      recipients: [' BO@example.com', BO],
      subject: 'Q3 report',
      labels: ['finance'],
      lifetime: 2,
      lifetimeUnit: 'DAYS',
    },
    KEY,
  );
  assert.equal(key.locator.length, 43);
  const { createdAt, expiresAt, recipients, ...rest } = key;
  assert.deepEqual(rest, {
    locator: key.locator,
    status: 'AVAILABLE',
    isOwn: true,
    type: 'MESSAGE',
    providerType: 'msg',
    subject: 'Q3 report',
    labels: ['finance'],
    isDeletedOnReceipt: false,
  });
  assert.equal(expiresAt - createdAt, 2 * 86_400_000);
  assert.deepEqual(
    listOf(recipients).map(({ address, kind, hasAccess, person }) => ({ address, kind, hasAccess, person })),
    [{ address: BO, kind: 'PERSON', hasAccess: true, person: { email: BO } }],
  );

  const { locator } = key;
  const seen = (await xq.ask(QUERY, { locator }))['xqKey'];
  assert.deepEqual([seen.status, seen.isOwn, seen.expiresAt], ['AVAILABLE', true, expiresAt]);
  const theirs = (await xq.ask(QUERY, { locator }, BO_CALLER))['xqKey'];
  assert.deepEqual([theirs.status, theirs.isOwn, theirs.subject], ['AVAILABLE', false, null]);
  assert.equal(unread(xq.simulator.control.events()), true, 'asking where a key stands fetched it');

  const { material } = await xq.done(
    'readXqKey',
    { locator },
    'material { locator text bareKey prefix algorithm }',
    BO_CALLER,
  );
  assert.deepEqual(material, {
    locator,
    text: '.1 c0ffee/+=',
    bareKey: ' c0ffee/+=',
    prefix: '.1',
    algorithm: 'AES_GCM',
  });
});

function unread(events: readonly { action: string }[]): boolean {
  return events.every(({ action }) => action !== 'val://fetchkey');
}

test('two steps make the same key as one', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const { packet } = await xq.done(
    'createXqPacket',
    { key: '.1two', recipients: [BO], subject: 'In two', lifetimeHours: 3, type: 'EMAIL' },
    'packet',
  );
  const { xqKey: key } = await xq.done('storeXqPacket', { packet }, KEY);
  assert.deepEqual([key.subject, key.type, key.recipients[0].address], ['In two', 'EMAIL', BO]);
  assert.equal(key.expiresAt - key.createdAt, 3 * 3_600_000);
  const bad = await xq.command('storeXqPacket', { packet: '123' });
  assert.deepEqual([bad['problem'].code, bad['problem'].path], ['INVALID_INPUT', ['input', 'packet']]);
});

test('many keys are stored in one call, each with its own locator', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  xq.simulator.control.resetCalls();
  const keys = ['.1aaaa', '.1bbbb', '.1cccc'];
  const created = await xq.done(
    'createXqKeys',
    { keys, recipients: ['team@group.local'], note: 'rows' },
    'xqKeys { locator type }',
  );
  assert.equal(upstreamCalls(xq), 1);
  const locators = listOf(created['xqKeys']).map(({ locator }) => locator as string);
  const read = await xq.done('readXqKeys', { locators }, 'materials { locator text }');
  const texts = new Map(listOf(read['materials']).map(({ locator, text }) => [locator, text]));
  assert.deepEqual(
    locators.map((locator) => texts.get(locator)),
    keys,
  );
});

for (const keys of [
  ['.1a', '.1a'],
  ['.1a', '.1b', '.1a'],
  ['.1a', '.1a', '.1b', '.1a'],
]) {
  test(`equal keys are stored each for itself: ${keys.join(' ')}`, async (t) => {
    const xq = await openXq(t);
    await xq.signIn();
    const created = await xq.done('createXqKeys', { keys, recipients: [BO] }, 'xqKeys { locator }');
    const locators = listOf(created['xqKeys']).map(({ locator }) => locator as string);
    assert.equal(new Set(locators).size, keys.length);
    const read = await xq.done('readXqKeys', { locators }, 'materials { locator text }');
    const texts = new Map(listOf(read['materials']).map(({ locator, text }) => [locator, text]));
    assert.deepEqual(
      locators.map((locator) => texts.get(locator)),
      keys,
    );
  });
}

test('access is granted and taken back, by the owner alone, and remembered', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.signIn(BO, BO_CALLER);
  const locator = await xq.createKey({ recipients: [ANA] });
  const refused = await xq.command('readXqKey', { locator }, 'material { text }', BO_CALLER);
  assert.equal(refused['problem'].code, 'FORBIDDEN');
  const stranger = await xq.command('grantXqKey', { locator, recipients: [BO] }, KEY, BO_CALLER);
  assert.equal(stranger['problem'].code, 'FORBIDDEN');

  await xq.done('grantXqKey', { locator, recipients: [BO] }, KEY);
  await xq.done('readXqKey', { locator }, 'material { text }', BO_CALLER);
  const withdrawn = await xq.done('revokeXqKeyRecipients', { locator, recipients: [BO] }, KEY);
  assert.deepEqual(
    listOf(withdrawn['xqKey'].recipients).map(({ address, hasAccess }) => [address, hasAccess]),
    [
      [ANA, true],
      [BO, false],
    ],
  );
  const again = await xq.command('readXqKey', { locator }, 'material { text }', BO_CALLER);
  assert.equal(again['problem'].code, 'FORBIDDEN');
});

test('a revoked key is gone for everybody, one by one or several at once', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const [first, second, third] = [await xq.createKey(), await xq.createKey(), await xq.createKey()];
  const { xqKey: key } = await xq.done('revokeXqKey', { locator: first }, KEY);
  assert.equal(key.status, 'REVOKED');
  const gone = await xq.command('readXqKey', { locator: first }, 'material { text }');
  assert.equal(gone['problem'].code, 'NOT_FOUND');
  const { xqKeys: keys } = await xq.done(
    'revokeXqKeys',
    { locators: [second, third] },
    'xqKeys { locator status }',
  );
  assert.deepEqual(keys, [
    { locator: second, status: 'REVOKED' },
    { locator: third, status: 'REVOKED' },
  ]);
});

test("the list of one's own keys, and a person's keys, cost no call and are nobody else's", async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const forBo = await xq.createKey({ subject: 'for Bo' });
  await xq.clock.advance(1_000);
  const forAll = await xq.createKey({ recipients: ['xq.public'], lifetime: 1 });
  await xq.clock.advance(1_000);
  const withdrawn = await xq.createKey();
  await xq.done('revokeXqKeyRecipients', { locator: withdrawn, recipients: [BO] });
  xq.simulator.control.resetCalls();
  const LIST = `query ($first: Int!, $after: String, $status: XqKeyStatus) {
    xqKeys(first: $first, after: $after, status: $status) { edges { node { locator status } } pageInfo { hasNextPage endCursor } } }`;
  const page = (await xq.ask(LIST, { first: 2 }))['xqKeys'];
  assert.deepEqual(locatorsOf(page), [withdrawn, forAll]);
  const rest = (await xq.ask(LIST, { first: 2, after: page.pageInfo.endCursor }))['xqKeys'];
  assert.deepEqual(locatorsOf(rest), [forBo]);

  const PERSON = `{ person(email: "Bo@Example.com") { email xqKeys { edges { node { locator subject } } } } }`;
  assert.deepEqual(locatorsOf((await xq.ask(PERSON))['person'].xqKeys), [forBo]);
  assert.deepEqual(locatorsOf((await xq.ask(PERSON, {}, { subject: 'eve' }))['person'].xqKeys), []);
  assert.deepEqual(locatorsOf((await xq.ask(PERSON, {}, { tenant: 'other' }))['person'].xqKeys), []);

  await xq.clock.advance(3_600_000);
  const expired = (await xq.ask(LIST, { first: 10, status: 'EXPIRED' }))['xqKeys'];
  assert.deepEqual(locatorsOf(expired), [forAll]);
  assert.equal(upstreamCalls(xq), 0);
});

function locatorsOf(connection: Answer): string[] {
  return listOf(connection['edges']).map(({ node }) => node.locator as string);
}

test('what is asked for decides whether the provider is asked', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey({ subject: 'Known' });
  xq.simulator.control.resetCalls();
  const { xqKey } = await xq.ask(`query ($l: ID!) { xqKey(locator: $l) { locator subject } }`, {
    l: locator,
  });
  assert.equal(xqKey.subject, 'Known');
  assert.equal(upstreamCalls(xq), 0);
  await xq.ask(QUERY, { locator });
  assert.equal(upstreamCalls(xq), 1);
  const unknown = await xq.ask(QUERY, { locator: 'A'.repeat(43) });
  assert.equal(unknown['xqKey'], null);
});

test('a key that is deleted on receipt is read once by its recipient', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.signIn(BO, BO_CALLER);
  const locator = await xq.createKey({ isDeletedOnReceipt: true });
  const input = { locator, idempotencyKey: 'read-it' };
  const { material } = await xq.done('readXqKey', input, 'material { text }', BO_CALLER);
  assert.equal(material.text, '.1c0ffee');
  const again = await xq.done('readXqKey', input, 'material { text }', BO_CALLER);
  assert.equal(again['material'].text, '.1c0ffee', 'the same request is told the same');
  const gone = await xq.command('readXqKey', { locator }, 'material { text }', BO_CALLER);
  assert.equal(gone['problem'].code, 'NOT_FOUND');
  assert.equal((await xq.ask(QUERY, { locator }))['xqKey'].status, 'CONSUMED');
});

test('a lost answer to a store never stores twice', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  xq.simulator.control.injectFault({ operation: 'createAndStorePacket', hangUp: true, effect: true });
  const input = { key: '.1lost', recipients: [BO], idempotencyKey: 'lost' };
  const lost = await xq.command('createXqKey', input, KEY);
  assert.equal(lost['problem'].code, 'OUTCOME_UNKNOWN');
  const again = await xq.command('createXqKey', input, KEY);
  assert.equal(again['problem'].code, 'OUTCOME_UNKNOWN');
  assert.equal(xq.simulator.control.calls()['createAndStorePacket'], 1);
});

test('key material needs its own scope, and so do tokens, opening and devices', async (t) => {
  const xq = await openXq(t);
  const caller = { scopes: ['xqkeys:read', 'xqkeys:write'] };
  const documents = [
    'mutation { readXqKey(input: { locator: "x" }) { problem { code } } }',
    'mutation { createXqPacket(input: { key: ".1k", recipients: ["a@b.c"] }) { packet } }',
    '{ xqEntropy { hex } }',
    'mutation { openWithXqKey(input: { locator: "x", ciphertext: "AAAA" }) { text } }',
    'mutation { delegateXqSession { token } }',
    'mutation { signInToXqAsDevice(input: { businessId: "1234", device: "x" }) { isAnnounced } }',
  ];
  for (const document of documents) {
    const { errors } = await xq.run(document, {}, caller);
    assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN', document);
  }
});

test('input that breaks a rule sends nothing', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  xq.simulator.control.resetCalls();
  const good = { key: '.1k', recipients: [BO] };
  const bad = [
    { recipients: [] },
    { recipients: [BO, 'a,b@example.com'] },
    { lifetime: 0 },
    { lifetime: 2_000_000_000, lifetimeUnit: 'DAYS' },
    { key: '' },
    { subject: 'x'.repeat(1_001) },
    { labels: Array.from({ length: 51 }, String) },
  ];
  for (const change of bad) {
    const { problem } = await xq.command('createXqKey', { ...good, ...change });
    assert.equal(problem.code, 'INVALID_INPUT', JSON.stringify(change));
    const [root, field] = listOf(problem.path);
    assert.deepEqual([root, field], ['input', Object.keys(change)[0]]);
  }
  assert.equal(upstreamCalls(xq), 0);
});

test('grants made at the same time are all remembered', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey();
  const added = ['cy@example.com', 'di@example.com', 'ed@example.com'];
  await Promise.all(added.map((address) => xq.done('grantXqKey', { locator, recipients: [address] })));
  const { xqKey } = await xq.ask(
    'query ($l: ID!) { xqKey(locator: $l) { recipients { address hasAccess } } }',
    { l: locator },
  );
  assert.deepEqual(
    listOf(xqKey.recipients)
      .filter(({ hasAccess }) => hasAccess === true)
      .map(({ address }) => address as string)
      .sort(),
    [BO, ...added],
  );
});

test("somebody else's key looks as if it did not exist, also to the gateway", async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey();
  const eve = { subject: 'eve' };
  await xq.done('signInToXqAsAlias', { user: 'eve' }, '', eve);
  assert.equal((await xq.ask(QUERY, { locator }, eve))['xqKey'], null);
  const follow = xq.follow(
    'subscription ($l: ID!) { xqKeyChanged(locator: $l) { sequence } }',
    { l: locator },
    eve,
  );
  await assert.rejects(follow, (error: Answer) => error['extensions'].code === 'NOT_FOUND');
  const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on XqKey { locator status } } }`;
  const { xqKey } = await xq.ask('query ($locator: ID!) { xqKey(locator: $locator) { id } }', { locator });
  const representations = { r: [{ __typename: 'XqKey', id: xqKey.id }] };
  const own = await xq.ask(ENTITIES, representations);
  assert.deepEqual(own['_entities'], [{ locator, status: 'AVAILABLE' }]);
  assert.deepEqual((await xq.ask(ENTITIES, representations, eve))['_entities'], [null]);
});
