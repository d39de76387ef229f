import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMessaging2fa } from './open.js';

const LIST = /* GraphQL */ `
  query ($first: Int!, $after: String, $state: TwoFactorMessageState, $person: String) {
    twoFactorMessages(first: $first, after: $after, state: $state, person: $person) {
      edges {
        cursor
        node {
          subject
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
    }
  }
`;

interface Page {
  readonly twoFactorMessages: {
    readonly edges: { readonly node: { readonly subject: string } }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly endCursor: string;
    };
  };
}

function subjects({ twoFactorMessages }: Page): string[] {
  return twoFactorMessages.edges.map(({ node }) => node.subject);
}

test('messages are listed newest first, page by page, without asking the provider', async (t) => {
  const { send, run, clock, simulator } = await openMessaging2fa(t);
  for (let number = 1; number <= 5; number++) {
    await send({ subject: `message ${number}` });
    await clock.advance(10);
  }
  simulator.control.resetCalls();
  const one = await run<Page>(LIST, { first: 2 });
  assert.deepEqual(subjects(one.data), ['message 5', 'message 4']);
  assert.equal(one.data.twoFactorMessages.pageInfo.hasNextPage, true);
  const two = await run<Page>(LIST, { first: 3, after: one.data.twoFactorMessages.pageInfo.endCursor });
  assert.deepEqual(subjects(two.data), ['message 3', 'message 2', 'message 1']);
  assert.equal(two.data.twoFactorMessages.pageInfo.hasNextPage, false);
  assert.equal(two.data.twoFactorMessages.pageInfo.hasPreviousPage, true);
  assert.deepEqual(simulator.control.calls(), {});
});

test('messages are filtered by state and by person, whatever the case of the address', async (t) => {
  const { send, run } = await openMessaging2fa(t);
  await send({ subject: 'open', recipients: ['Bela@example.test'] });
  await send({ subject: 'finished', recipients: ['nodevice@example.test'] });
  assert.deepEqual(subjects((await run<Page>(LIST, { first: 10, state: 'OPEN' })).data), ['open']);
  assert.deepEqual(subjects((await run<Page>(LIST, { first: 10, state: 'FINISHED' })).data), ['finished']);
  assert.deepEqual(subjects((await run<Page>(LIST, { first: 10, person: 'bela@EXAMPLE.test' })).data), [
    'open',
  ]);
  assert.deepEqual(subjects((await run<Page>(LIST, { first: 10, person: 'nobody@example.test' })).data), []);
});

test('a person has the messages that the caller, and nobody else, has sent to them', async (t) => {
  const { send, run } = await openMessaging2fa(t);
  await send({ subject: 'mine' });
  await send({ subject: "somebody else's" }, { subject: 'mallory' });
  const document =
    '{ person(email: "BELA@example.test") { email twoFactorMessages { edges { node { subject recipients { person { email } } } } } } }';
  const { data } = await run(document);
  assert.deepEqual(data, {
    person: {
      email: 'bela@example.test',
      twoFactorMessages: {
        edges: [{ node: { subject: 'mine', recipients: [{ person: { email: 'bela@example.test' } }] } }],
      },
    },
  });
});

const broken: [what: string, variables: Record<string, unknown>, field: string][] = [
  ['a page of nothing', { first: 0 }, 'first'],
  ['too large a page', { first: 101 }, 'first'],
  ['a cursor of something else', { first: 1, after: 'bm9uc2Vuc2U' }, 'after'],
];
for (const [what, variables, field] of broken) {
  test(`${what} is refused with the name of the field`, async (t) => {
    const { run } = await openMessaging2fa(t);
    const { data, errors } = await run(LIST, variables);
    assert.deepEqual(data, { twoFactorMessages: null });
    assert.equal(errors?.[0]?.extensions['code'], 'INVALID_INPUT');
    assert.deepEqual(errors[0].extensions['input'], [field]);
  });
}

test('a person who is none is refused with the rule', async (t) => {
  const { run } = await openMessaging2fa(t);
  const { errors } = await run('{ person(email: "not an address") { email } }');
  assert.equal(errors?.[0]?.message, 'email must be an e-mail address.');
});

const HOUR_MS = 3_600_000;
const ONE =
  'query ($id: ID!) { twoFactorMessage(id: $id) { state } twoFactorMessages { edges { node { id } } } }';

for (const availableHours of [1, 2, 24]) {
  test(`a message that is open for ${availableHours} h is there until an hour after its end, where that is the retention`, async (t) => {
    const { clock, run, send } = await openMessaging2fa(t, { retentionMs: HOUR_MS, polls: false });
    const id = await send({ availabilitySeconds: availableHours * 3_600 });
    const look = async (): Promise<unknown> => {
      const { data } = await run<{
        twoFactorMessage: object | null;
        twoFactorMessages: { edges: unknown[] };
      }>(ONE, { id });
      return [data.twoFactorMessage !== null, data.twoFactorMessages.edges.length];
    };
    // It can still be answered within a minute after that.
    await clock.advance(availableHours * HOUR_MS - 1_000);
    assert.deepEqual(await look(), [true, 1]);
    await clock.advance(HOUR_MS - 60_000);
    assert.deepEqual(await look(), [true, 1]);
    await clock.advance(3 * 60_000);
    assert.deepEqual(await look(), [false, 0]);
  });
}
