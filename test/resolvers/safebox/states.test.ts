import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf, openSafebox, SEEDED } from './open.js';
import type { Answer, SafeboxUnderTest } from './open.js';

type State = 'closed' | 'contentDeleted';
type Told = readonly [code: string, reason: string];

const OVER: Told = ['ALREADY_COMPLETED', 'WRONG_STATE'];
const DONE: Told = ['ALREADY_COMPLETED', 'ALREADY_DONE'];
const WHOM = { participant: { email: 'late@ext.example' } };
const FILE = { fileName: 'a.txt', contentType: 'text/plain', sizeBytes: 5 };

/** What is told of each change, by state; null where it is made. */
const CHANGES: readonly (readonly [
  field: string,
  place: 'id' | 'safeBoxId',
  input: object,
  Readonly<Record<State, Told | null>>,
])[] = [
  ['closeSafeBox', 'id', {}, { closed: DONE, contentDeleted: DONE }],
  ['deleteSafeBoxContent', 'id', {}, { closed: null, contentDeleted: DONE }],
  ['addTimeToSafeBox', 'id', { value: 1, unit: 'DAYS' }, { closed: OVER, contentDeleted: OVER }],
  ['replyToSafeBox', 'id', { message: 'Late' }, { closed: OVER, contentDeleted: OVER }],
  ['markSafeBoxAsRead', 'id', {}, { closed: null, contentDeleted: OVER }],
  ['markSafeBoxAsUnread', 'id', {}, { closed: null, contentDeleted: OVER }],
  ['markSafeBoxMessageAsRead', 'id', { messageId: '' }, { closed: null, contentDeleted: OVER }],
  ['markSafeBoxMessageAsUnread', 'id', { messageId: '' }, { closed: null, contentDeleted: OVER }],
  ['followSafeBox', 'id', {}, { closed: null, contentDeleted: null }],
  ['unfollowSafeBox', 'id', {}, { closed: null, contentDeleted: null }],
  ['createSafeBoxUpload', 'safeBoxId', FILE, { closed: OVER, contentDeleted: OVER }],
  ['createSafeBoxParticipant', 'safeBoxId', WHOM, { closed: OVER, contentDeleted: OVER }],
  [
    'updateSafeBoxParticipant',
    'safeBoxId',
    { participantId: '', lastName: 'Late' },
    { closed: OVER, contentDeleted: OVER },
  ],
  [
    'deleteSafeBoxParticipantContactMethods',
    'safeBoxId',
    { participantId: '', contactMethodIds: [''] },
    { closed: OVER, contentDeleted: OVER },
  ],
];

for (const [field, place, input, told] of CHANGES) {
  for (const [state, expected] of Object.entries(told)) {
    test(`${field} of a SafeBox that is ${state} ${expected ? `is ${expected.join(' ')} at ${place}` : 'is made'}`, async (t) => {
      const subgraph = await openSafebox(t);
      await subgraph.signIn();
      const known = await ended(subgraph, state === 'contentDeleted');
      const own = Object.keys(input).map((name) => [name, known[name]] as const);
      const filled = Object.fromEntries(own.filter(([, value]) => value !== undefined));
      const { ask } = subgraph;
      const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { ${field}(input: $input) { problem { code reason path } } }`;
      const { problem } = (await ask(document, { input: { ...input, ...filled, [place]: SEEDED.open } }))[
        field
      ];
      const [code, reason] = expected ?? [];
      assert.deepEqual(problem, expected && { code, reason, path: ['input', place] });
    });
  }
}

/** Closes the open SafeBox, in which somebody has a telephone number. @returns ids of what is in it, by their names */
async function ended({ ask }: SafeboxUnderTest, isDeleted: boolean): Promise<Record<string, unknown>> {
  const id = SEEDED.open;
  const { createSafeBoxParticipant: created } = await ask(
    'mutation ($input: CreateSafeBoxParticipantInput!) { createSafeBoxParticipant(input: $input) { participant { participantId guestOptions { contactMethods { id } } } } }',
    {
      input: {
        safeBoxId: id,
        participant: {
          email: 'has-number@ext.example',
          contactMethods: [{ destination: '+15145550001', destinationType: 'CELL_PHONE' }],
        },
      },
    },
  );
  const { safeBox } = await ask<Answer>('query ($id: ID!) { safeBox(id: $id) { messages { messageId } } }', {
    id,
  });
  const END = (field: string) => `mutation ($id: ID!) { ${field}(input: { id: $id }) { problem { code } } }`;
  for (const field of isDeleted ? ['closeSafeBox', 'deleteSafeBoxContent'] : ['closeSafeBox'])
    assert.equal((await ask(END(field), { id }))[field].problem, null);
  const { participantId, guestOptions } = created.participant;
  return {
    participantId,
    contactMethodIds: [guestOptions.contactMethods[0].id],
    messageId: listOf(safeBox.messages)[0]?.['messageId'],
  };
}
