import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf, openSafebox, SEEDED } from './open.js';
import type { Answer, SafeboxUnderTest } from './open.js';

const NUMBER = { destination: '+15145550009', destinationType: 'CELL_PHONE' };
const HAS_NUMBER = {
  email: 'has-number@ext.example',
  contactMethods: [{ destination: '+15145550001', destinationType: 'HOME_PHONE' }],
};
const NUMBERS = 'contactMethods { id contactMethodId destination destinationType }';

/** Somebody with one telephone number, and how they are changed. */
interface Somebody {
  readonly numbers: readonly Answer[];
  change(input: object): Promise<{ readonly problem: Answer | null; readonly numbers: readonly Answer[] }>;
}

type Of = (subgraph: SafeboxUnderTest) => Promise<Somebody>;

const WHOSE: readonly (readonly [whose: string, Of])[] = [
  [
    'a participant',
    async ({ ask }) => {
      const run = async (field: string, input: object) => {
        const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
        const document = `mutation ($input: ${type}!) { ${field}(input: $input) { participant { participantId guestOptions { ${NUMBERS} } } problem { code reason path } } }`;
        return (await ask(document, { input: { safeBoxId: SEEDED.open, ...input } }))[field];
      };
      const { participant } = await run('createSafeBoxParticipant', { participant: HAS_NUMBER });
      const { participantId, guestOptions } = participant;
      return {
        numbers: listOf(guestOptions.contactMethods),
        async change(input) {
          const answer = await run('updateSafeBoxParticipant', { participantId, ...input });
          return { problem: answer.problem, numbers: answer.participant?.guestOptions.contactMethods ?? [] };
        },
      };
    },
  ],
  [
    'a favorite',
    async ({ ask }) => {
      const run = async (field: string, input: object) => {
        const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
        const document = `mutation ($input: ${type}!) { ${field}(input: $input) { favorite { id ${NUMBERS} } problem { code reason path } } }`;
        return (await ask(document, { input }))[field];
      };
      const { favorite } = await run('createSafeBoxFavorite', { favorite: HAS_NUMBER });
      return {
        numbers: listOf(favorite.contactMethods),
        async change(input) {
          const answer = await run('updateSafeBoxFavorite', { id: favorite.id, ...input });
          return { problem: answer.problem, numbers: answer.favorite?.contactMethods ?? [] };
        },
      };
    },
  ],
];

const REFUSED: readonly (readonly [
  what: string,
  contactMethods: readonly object[],
  code: string,
  reason: string | null,
  ...path: string[],
])[] = [
  ['an unknown id', [{ id: '4711', ...NUMBER }], 'NOT_FOUND', null, 'contactMethods', '0', 'id'],
  ['an id that is no number', [{ id: 'zzz', ...NUMBER }], 'NOT_FOUND', null, 'contactMethods', '0', 'id'],
  [
    'the id of a SafeBox beside a new number',
    [NUMBER, { id: SEEDED.open, ...NUMBER }],
    'NOT_FOUND',
    null,
    'contactMethods',
    '1',
    'id',
  ],
  ['a blank id', [{ id: ' ', ...NUMBER }], 'INVALID_INPUT', 'BLANK', 'contactMethods', '0', 'id'],
  ['an empty id', [{ id: '', ...NUMBER }], 'INVALID_INPUT', 'BLANK', 'contactMethods', '0', 'id'],
  ['no number', [], 'INVALID_INPUT', 'MISSING'],
  ['an id alone', [{ id: '4711' }], 'INVALID_INPUT', 'MISSING', 'contactMethods', '0'],
  [
    'a new number without its sort',
    [{ destination: '+15145550009' }],
    'INVALID_INPUT',
    'MISSING',
    'contactMethods',
    '0',
    'destinationType',
  ],
  [
    'a sort without a number',
    [{ destinationType: 'CELL_PHONE' }],
    'INVALID_INPUT',
    'MISSING',
    'contactMethods',
    '0',
    'destination',
  ],
];

for (const [whose, of] of WHOSE) {
  for (const [what, contactMethods, code, reason, ...path] of REFUSED) {
    test(`${what} is refused where it stands among the telephone numbers of ${whose}, and nothing is changed`, async (t) => {
      const subgraph = await openSafebox(t);
      await subgraph.signIn();
      const somebody = await of(subgraph);
      subgraph.simulator.control.resetCalls();
      const { problem } = await somebody.change({ contactMethods });
      assert.deepEqual(problem, { code, reason, path: ['input', ...path] });
      const calls = Object.keys(subgraph.simulator.control.calls());
      assert.deepEqual(
        calls.filter((call) => call.startsWith('update')),
        [],
      );
    });
  }

  test(`a telephone number of ${whose} is changed by either id, and another is added, at once`, async (t) => {
    const subgraph = await openSafebox(t);
    await subgraph.signIn();
    const { numbers, change } = await of(subgraph);
    const [known] = numbers;
    const byId = await change({
      contactMethods: [{ id: known?.['id'], destination: '+15145550002' }, NUMBER],
    });
    assert.equal(byId.problem, null);
    assert.deepEqual(
      byId.numbers.map(({ destination }) => destination as string),
      ['+15145550002', NUMBER.destination],
    );
    const byOwn = await change({
      contactMethods: [{ id: known?.['contactMethodId'], destinationType: 'OFFICE_PHONE' }],
    });
    assert.equal(byOwn.problem, null);
    assert.deepEqual(
      byOwn.numbers.map(({ destinationType }) => destinationType as string),
      ['OFFICE_PHONE', 'CELL_PHONE'],
    );
  });
}
