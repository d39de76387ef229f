import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globalId } from '../../../src/subgraph/global-id.js';
import { listOf, openSafebox, SEEDED, SIGN_IN } from './open.js';
import type { Answer } from './open.js';

const EVERYTHING = /* GraphQL */ `
  query ($id: ID!) {
    safeBox(id: $id) {
      id
      status
      providerStatus
      subject
      ownerId
      unreadCount
      expiresAt
      doubleEncryptionStatus
      hasAuditRecord
      securityOptions {
        isReplyEnabled
        codeTimeLimitMinutes
        retentionPeriodType
      }
      participants {
        id
        email
        role
        person {
          email
        }
        guestOptions {
          companyName
          isVerified
          contactMethods {
            destination
            destinationType
          }
        }
      }
      messages {
        id
        note
        isRead
        authorType
        documents {
          id
          name
          sizeBytes
          sha256
        }
      }
      downloadActivity {
        guests {
          id
          documents {
            downloadedBytes
          }
        }
        owner {
          participantId
        }
      }
      eventHistory {
        type
        date
        metadata
        message
      }
    }
  }
`;

test('a SafeBox with all its sections is one call', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  simulator.control.resetCalls();
  const { safeBox } = await ask(EVERYTHING, { id: SEEDED.open });
  assert.deepEqual(simulator.control.calls(), { discoverServer: 1, getSafeboxInfo: 1 });
  assert.equal(safeBox.status, 'IN_PROGRESS');
  assert.equal(safeBox.unreadCount, 1);
  assert.equal(safeBox.ownerId, '123');
  assert.equal(safeBox.securityOptions.codeTimeLimitMinutes, 5);
  const bob = listOf(safeBox.participants).find((one) => one.email === 'bob@partner.example');
  assert.equal(bob?.guestOptions.contactMethods[0].destinationType, 'CELL_PHONE');
  assert.deepEqual(bob?.person, { email: 'bob@partner.example' });
  assert.equal(safeBox.messages[0].documents[0].name, 'Přehled – übersicht ✓.txt');
  assert.match(safeBox.messages[0].documents[0].sha256, /^[0-9a-f]{64}$/);
  assert.equal(safeBox.downloadActivity.owner.participantId, '123');
  assert.equal(safeBox.eventHistory[0].type, 'safebox_created_owner');
});

test('SafeBoxes by reference cost one call together for what a list says, and one call each for more', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  const ids = [SEEDED.open, SEEDED.shared, 'f'.repeat(32), SEEDED.closed, SEEDED.open];
  const entities = async (fields: string, wanted: readonly string[]): Promise<Answer[]> => {
    simulator.control.resetCalls();
    const document = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on SafeBox { ${fields} } } }`;
    const of = wanted.map((id) => ({ __typename: 'SafeBox', id: globalId('SafeBox', id) }));
    return listOf((await ask(document, { of }))['_entities']);
  };
  const many = await entities('guid status unreadCount', ids);
  assert.deepEqual(
    many.map((box) => box?.['guid'] ?? null),
    ids.map((id) => (id.startsWith('f') ? null : id)),
  );
  // One list, and one look for the SafeBox that it does not hold.
  assert.deepEqual(simulator.control.calls(), { discoverServer: 1, getSafeboxes: 1, getSafeboxInfo: 1 });

  const [box] = await entities('id subject messages { id } participants { email }', [SEEDED.open]);
  assert.equal(box?.['messages'].length, 2);
  assert.deepEqual(simulator.control.calls(), { getSafeboxInfo: 1 });
  await entities('messages { id } eventHistory { type }', [SEEDED.open, SEEDED.closed]);
  assert.deepEqual(simulator.control.calls(), { getSafeboxInfo: 2 });
});

test('a list asked for several sections costs one call more per SafeBox, however many sections', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  simulator.control.resetCalls();
  const { safeBoxes } = await ask(
    '{ safeBoxes(first: 3) { edges { node { id messages { id } participants { email } securityOptions { isReplyEnabled } } } } }',
  );
  assert.equal(safeBoxes.edges.length, 3);
  assert.deepEqual(simulator.control.calls(), { discoverServer: 1, getSafeboxes: 1, getSafeboxInfo: 3 });
});

test('the favorites of many persons are one call, and there are none without a session', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  const document =
    '{ a: person(email: "bob@partner.example") { safeBoxFavorite { companyName } } b: person(email: "JOHN.smith@ext.example") { safeBoxFavorite { id } } c: person(email: "nobody@ext.example") { safeBoxFavorite { id } } }';
  assert.deepEqual((await ask(document)).a, { safeBoxFavorite: null });
  await signIn();
  simulator.control.resetCalls();
  const { a, b, c } = await ask(document);
  assert.equal(a.safeBoxFavorite.companyName, 'Partner Ltd');
  assert.notEqual(b.safeBoxFavorite, null);
  assert.equal(c.safeBoxFavorite, null);
  assert.equal(simulator.control.calls()['getFavorites'], 1);
});

test('a list of 100 SafeBoxes with counts and dates is one call, and pages follow each other without gap', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  const made = simulator.control.createBoxes({ count: 130 });
  simulator.control.resetCalls();
  const LIST = /* GraphQL */ `
    query ($first: Int!, $after: String) {
      safeBoxes(first: $first, after: $after, status: [IN_PROGRESS], search: "Numbered") {
        totalCount
        edges {
          node {
            guid
            unreadCount
            latestActivity
            expiresAt
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `;
  const { safeBoxes: first } = await ask(LIST, { first: 100 });
  assert.deepEqual(simulator.control.calls(), { discoverServer: 1, getSafeboxes: 1 });
  assert.equal(first.totalCount, 130);
  assert.equal(first.pageInfo.hasNextPage, true);
  const { safeBoxes: second } = await ask(LIST, { first: 100, after: first.pageInfo.endCursor });
  assert.equal(second.pageInfo.hasNextPage, false);
  const ids = [...listOf(first.edges), ...listOf(second.edges)].map(({ node }) => node.guid);
  assert.deepEqual(ids, [...made].reverse());
  const { safeBoxes: part } = await ask(LIST, { first: 30, after: first.pageInfo.endCursor });
  assert.deepEqual(
    listOf(part.edges).map(({ node }) => node.guid),
    ids.slice(100),
  );
});

test('a page size out of range and a cursor that is none are refused before anything is sent', async (t) => {
  const { run, signIn, simulator } = await openSafebox(t);
  await signIn();
  simulator.control.resetCalls();
  for (const args of ['first: 0', 'first: 101', 'first: 5, after: "x"']) {
    const { errors } = await run(`{ safeBoxes(${args}) { totalCount } }`);
    assert.equal(errors?.[0]?.extensions['code'], 'INVALID_INPUT');
  }
  assert.deepEqual(simulator.control.calls(), {});
});

test("somebody else's SafeBox looks like one that does not exist, for reading and changing", async (t) => {
  const { ask, run, signIn, follow } = await openSafebox(t);
  const otto = { subject: 'otto' };
  await signIn({ username: 'otto', password: 'otto-demo-password', oneTimePassword: '000000' }, otto);
  for (const id of [SEEDED.open, 'f'.repeat(32)]) {
    assert.deepEqual(await ask('query ($id: ID!) { safeBox(id: $id) { id } }', { id }, otto), {
      safeBox: null,
    });
    const closed = await ask(
      'mutation ($id: ID!) { closeSafeBox(input: { id: $id }) { problem { code } } }',
      { id },
      otto,
    );
    assert.deepEqual(closed, { closeSafeBox: { problem: { code: 'NOT_FOUND' } } });
    await assert.rejects(
      follow('subscription ($id: ID!) { safeBoxChanged(id: $id) { sequence } }', { id }, otto),
      { extensions: { code: 'NOT_FOUND', isRetryable: false, input: ['id'] } },
    );
    const entities = await run(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on SafeBox { subject } } }',
      { r: [{ __typename: 'SafeBox', id: globalId('SafeBox', id) }] },
      otto,
    );
    assert.deepEqual(entities.data, { _entities: [null] });
  }
});

test('without a session nothing is asked of the provider, and the caller is told to sign in', async (t) => {
  const { run, simulator } = await openSafebox(t, { environment: { SAFEBOX_API_TOKEN: '' } });
  const { errors } = await run('{ safeBoxes { totalCount } }');
  assert.equal(errors?.[0]?.extensions['code'], 'SIGN_IN_REQUIRED');
  assert.deepEqual(simulator.control.calls(), {});
});

test("the account's own token serves only callers with its scope", async (t) => {
  const { ask, run } = await openSafebox(t);
  const { safeBoxes } = await ask('{ safeBoxes { totalCount } }');
  assert.equal(safeBoxes.totalCount, 5);
  const { errors } = await run('{ safeBoxes { totalCount } }', {}, { scopes: ['safebox:read'] });
  assert.equal(errors?.[0]?.extensions['code'], 'SIGN_IN_REQUIRED');
  const { errors: ownerless } = await run('{ safeBoxFavorites { id } }');
  assert.equal(ownerless?.[0]?.extensions['code'], 'SIGN_IN_REQUIRED');
  const named = await ask('{ safeBoxFavorites(userId: "123") { email } }');
  assert.equal(named.safeBoxFavorites.length, 2);
});

test('a sign-in tells what is wrong with it and keeps no secret', async (t) => {
  const { ask, logger, run } = await openSafebox(t);
  const cases = [
    [{ username: 'ada', password: 'wrong-password' }, 'WRONG_SECRET', '102', ['input', 'password']],
    [
      { username: 'otto', password: 'otto-demo-password' },
      'WRONG_SECRET',
      '106',
      ['input', 'oneTimePassword'],
    ],
  ] as const;
  for (const [input, code, providerCode, path] of cases) {
    const { signInToSafeBox } = await ask(SIGN_IN, { input });
    assert.deepEqual(signInToSafeBox, {
      session: null,
      problem: { code, path, provider: 'SAFEBOX', providerCode },
    });
  }
  const { signInToSafeBox } = await ask(SIGN_IN, {
    input: { username: 'ada', password: 'ada-demo-password' },
  });
  assert.deepEqual(signInToSafeBox.session, { account: 'acme', userId: '123', username: 'ada' });
  const TOKEN = '{ safeBoxAccess { session { token } } }';
  const { safeBoxAccess } = await ask(TOKEN);
  assert.match(safeBoxAccess.session.token, /^USER\|/);
  const { errors } = await run(TOKEN, {}, { scopes: ['safebox:read'] });
  assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
  assert.doesNotMatch(JSON.stringify(logger.lines), /USER\||demo-password|wrong-password/);
});

test('too many sign-ins for one user are refused without asking the provider', async (t) => {
  const { ask, simulator } = await openSafebox(t);
  const input = { username: 'ada', password: 'wrong' };
  for (let count = 0; count < 10; count++) await ask(SIGN_IN, { input });
  simulator.control.resetCalls();
  const { signInToSafeBox } = await ask(SIGN_IN, { input }, { subject: 'other' });
  assert.equal(signInToSafeBox.problem.code, 'RATE_LIMITED');
  assert.deepEqual(simulator.control.calls(), {});
});

test('settings, profiles, consent, suggestions and favorites are served in the words of the graph', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const data = await ask(/* GraphQL */ `
    {
      safeBoxEnterpriseSettings {
        defaultSecurityProfileId
        extensionFilter {
          mode
          list
        }
      }
      safeBoxUserSettings {
        markAsReadDelaySeconds
        secureLink {
          isEnabled
          securityProfileId
        }
      }
      safeBoxSecurityProfiles {
        id
        expirationValue {
          value
          isModifiable
        }
        consentGroupId {
          value
        }
      }
      safeBoxDefaultSecurityProfile {
        name
      }
      safeBoxConsentGroup(id: "1") {
        name
        consentMessages {
          locale
        }
      }
      none: safeBoxConsentGroup(id: "99") {
        name
      }
      safeBoxRecipientSuggestions(term: "bo") {
        type
        email
      }
      person(email: "Bob@Partner.example") {
        safeBoxFavorite {
          email
        }
        safeBoxes {
          edges {
            node {
              guid
            }
          }
        }
      }
    }
  `);
  assert.equal(data.safeBoxEnterpriseSettings.defaultSecurityProfileId, '10');
  assert.deepEqual(data.safeBoxEnterpriseSettings.extensionFilter, { mode: 'forbid', list: ['bat', 'bin'] });
  assert.equal(data.safeBoxUserSettings.markAsReadDelaySeconds, 5);
  assert.deepEqual(data.safeBoxSecurityProfiles[0].expirationValue, { value: 7, isModifiable: true });
  assert.equal(data.safeBoxSecurityProfiles[2].consentGroupId.value, '1');
  assert.equal(data.safeBoxDefaultSecurityProfile.name, 'email-only');
  assert.equal(data.safeBoxConsentGroup.consentMessages.length, 2);
  assert.equal(data.none, null);
  assert.ok(data.safeBoxRecipientSuggestions.length > 0);
  const ids = listOf(data.person.safeBoxes.edges).map(({ node }) => node.guid);
  assert.ok(ids.includes(SEEDED.open) && !ids.includes(SEEDED.keyRequired));
});

test('suggestions are found on the older path too', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  simulator.control.changeDialect({ recipientsPath: false });
  const { safeBoxRecipientSuggestions } = await ask('{ safeBoxRecipientSuggestions(term: "o") { id } }');
  assert.ok(safeBoxRecipientSuggestions.length > 0);
});
