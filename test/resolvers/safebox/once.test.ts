import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failingRecords } from '../../support/failing-records.js';
import { providerCallsEnded } from '../../support/provider-calls.js';
import { listOf, openSafebox, SEEDED } from './open.js';
import type { Answer, SafeboxUnderTest } from './open.js';
import type { Teardown } from '../../support/simulators.js';

const CONTENT = { subject: 'Opened once', message: 'Please sign', recipients: [{ email: 'bo@ext.example' }] };

/** A command whose answer can get lost. */
interface Command {
  readonly field: string;
  /** As the simulator counts it. */
  readonly operation: string;
  readonly input: (subgraph: SafeboxUnderTest) => Promise<Record<string, unknown>> | Record<string, unknown>;
  /** What the answer shows of what was done. */
  readonly select: string;
  /** How often it has happened, from the provider's side. */
  readonly count: (subgraph: SafeboxUnderTest) => Promise<number>;
}

const opened = async ({ simulator }: SafeboxUnderTest): Promise<number> =>
  simulator.control.boxes().filter(({ subject }) => subject === CONTENT.subject).length;
const asked =
  (document: string, count: (safeBox: Answer) => number) =>
  async ({ ask }: SafeboxUnderTest): Promise<number> => {
    const { safeBox } = await ask(`query ($id: ID!) { safeBox(id: $id) { ${document} } }`, {
      id: SEEDED.open,
    });
    return count(safeBox);
  };
const named = (email: string) => ({ email, firstName: 'New' });

const FOUND: readonly Command[] = [
  {
    field: 'submitSafeBox',
    operation: 'commitSafebox',
    input: () => CONTENT,
    select: 'safeBoxId safeBox { status }',
    count: opened,
  },
  {
    field: 'commitSafeBox',
    operation: 'commitSafebox',
    input: async ({ ask }) => {
      const { initializeSafeBox } = await ask('mutation { initializeSafeBox(input: {}) { draft { id } } }');
      return { ...CONTENT, draftId: initializeSafeBox.draft.id };
    },
    select: 'safeBoxId safeBox { status }',
    count: opened,
  },
  {
    field: 'replyToSafeBox',
    operation: 'reply',
    input: () => ({ id: SEEDED.open, message: 'Once' }),
    select: 'safeBox { status }',
    count: asked(
      'messages { note }',
      ({ messages }) => listOf(messages).filter(({ note }) => note === 'Once').length,
    ),
  },
  {
    field: 'closeSafeBox',
    operation: 'closeSafebox',
    input: () => ({ id: SEEDED.open }),
    select: 'safeBox { status }',
    count: asked('status', ({ status }) => (status === 'CLOSED' ? 1 : 0)),
  },
  {
    field: 'deleteSafeBoxContent',
    operation: 'deleteSafeboxContent',
    input: async ({ ask }) => {
      await ask('mutation ($id: ID!) { closeSafeBox(input: { id: $id }) { problem { code } } }', {
        id: SEEDED.open,
      });
      return { id: SEEDED.open };
    },
    select: 'safeBox { status }',
    count: asked('status', ({ status }) => (status === 'CONTENT_DELETED' ? 1 : 0)),
  },
  {
    field: 'markSafeBoxAsRead',
    operation: 'markAsRead',
    input: () => ({ id: SEEDED.open }),
    select: 'safeBox { unreadCount }',
    count: asked('unreadCount', ({ unreadCount }) => (unreadCount === 0 ? 1 : 0)),
  },
  {
    field: 'markSafeBoxAsUnread',
    operation: 'markAsUnread',
    input: () => ({ id: SEEDED.open }),
    select: 'safeBox { unreadCount }',
    count: asked('messages { isRead }', ({ messages }) =>
      listOf(messages).some(({ isRead }) => isRead) ? 0 : 1,
    ),
  },
  {
    field: 'createSafeBoxParticipant',
    operation: 'createParticipant',
    input: () => ({ safeBoxId: SEEDED.open, participant: named('new@ext.example') }),
    select: 'participant { email }',
    count: asked('participants { email }', ({ participants }) => listOf(participants).filter(isNew).length),
  },
  {
    field: 'createSafeBoxFavorite',
    operation: 'createFavorite',
    input: () => ({ favorite: named('New@ext.example') }),
    select: 'favorite { email }',
    count: async ({ ask }) =>
      listOf((await ask('{ safeBoxFavorites { email } }')).safeBoxFavorites).filter(isNew).length,
  },
  {
    field: 'deleteSafeBoxFavorite',
    operation: 'deleteFavorite',
    input: async ({ ask }) => ({ id: (await ask('{ safeBoxFavorites { id } }')).safeBoxFavorites[0].id }),
    select: 'deletedId',
    count: async ({ ask }) => 2 - (await ask('{ safeBoxFavorites { id } }')).safeBoxFavorites.length,
  },
];

function isNew({ email }: Answer): boolean {
  return /^new@ext\.example$/i.test(String(email));
}

/** Sends a command as often as it is asked for. */
async function prepare(subgraph: SafeboxUnderTest, { field, input, select }: Command) {
  await subgraph.signIn();
  const given = { ...(await input(subgraph)), idempotencyKey: 'once' };
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${select} problem { code } } }`;
  subgraph.simulator.control.resetCalls();
  return async (change: object = {}): Promise<Answer> =>
    (await subgraph.ask(document, { input: { ...given, ...change } }))[field];
}

for (const command of FOUND) {
  test(`${command.field}: when its answer was lost, the same key finds out what has become of it`, async (t) => {
    const subgraph = await openSafebox(t);
    const send = await prepare(subgraph, command);
    subgraph.simulator.control.injectFault({ operation: command.operation, hangUp: true, effect: true });
    const lost = await send();
    assert.equal(lost['problem'].code, 'OUTCOME_UNKNOWN');
    const found = await send();
    assert.equal(found['problem'], null);
    assert.deepEqual(await send(), found, 'what was found out is kept');
    assert.equal(subgraph.simulator.control.calls()[command.operation], 1);
    assert.equal(await command.count(subgraph), 1);
    if ('safeBoxId' in lost) assert.equal(lost['safeBoxId'], found['safeBoxId']);
  });

  test(`${command.field}: as long as the provider cannot be asked, the outcome stays unknown`, async (t) => {
    const subgraph = await openSafebox(t);
    const send = await prepare(subgraph, command);
    const { control } = subgraph.simulator;
    control.injectFault({ operation: command.operation, status: 503, effect: true });
    assert.equal((await send())['problem'].code, 'OUTCOME_UNKNOWN');
    control.injectFault({ status: 500, count: 2 });
    assert.equal((await send())['problem'].code, 'OUTCOME_UNKNOWN');
    control.clearFaults();
    assert.equal((await send())['problem'], null);
    assert.equal(control.calls()[command.operation], 1);
  });

  test(`${command.field}: whichever call to the store fails, the same key does it once at the most`, async (t) => {
    const records = failingRecords();
    const subgraph = await openSafebox(t, { through: records.through });
    const { control } = subgraph.simulator;
    for (let calls = 0; ; calls++) {
      control.reset();
      const send = await prepare(subgraph, command);
      const before = await command.count(subgraph);
      const key = { idempotencyKey: `store-${calls}` };
      records.failAfter(calls);
      await send(key);
      if (!records.hasFailed) break;
      const again = await later(send(key), subgraph);
      assert.equal(again['problem'], null, `call ${calls}`);
      assert.equal(control.calls()[command.operation], 1, `call ${calls}`);
      assert.equal(await command.count(subgraph), before + 1, `call ${calls}`);
    }
  });
}

/** Lets time pass until there is an answer: a command that was cut off is waited for. */
async function later<Result>(answer: Promise<Result>, { clock }: SafeboxUnderTest): Promise<Result> {
  let isThere = false;
  const waiting = answer.finally(() => (isThere = true));
  while (!isThere) {
    await providerCallsEnded();
    await clock.advance(1_000);
  }
  return waiting;
}

test('a SafeBox whose opening was refused for the moment is opened by the same key, under the same id', async (t) => {
  const subgraph = await openSafebox(t);
  for (const field of ['submitSafeBox', 'commitSafeBox']) {
    const command = FOUND.find((one) => one.field === field);
    assert(command);
    subgraph.simulator.control.reset();
    const send = await prepare(subgraph, command);
    subgraph.simulator.control.injectFault({ operation: 'commitSafebox', status: 503 });
    const unknown = await send();
    assert.equal(unknown['problem'].code, 'OUTCOME_UNKNOWN');
    const opened = await send();
    assert.equal(opened['problem'], null);
    assert.equal(opened['safeBoxId'], unknown['safeBoxId']);
    assert.equal(await command.count(subgraph), 1);
    assert.ok((subgraph.simulator.control.calls()['initializeSafebox'] ?? 0) <= 1);
  }
});

test('what may still be on its way, and what no reading shows, is never sent again', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  const cases: [field: string, operation: string, input: object][] = [
    ['replyToSafeBox', 'reply', { message: 'Once' }],
    ['addTimeToSafeBox', 'addTime', { value: 1, unit: 'DAYS' }],
    ['followSafeBox', 'follow', {}],
  ];
  for (const [field, operation, rest] of cases) {
    simulator.control.injectFault({ operation, status: 503 });
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { problem { code } } }`;
    const input = { id: SEEDED.open, idempotencyKey: 'once', ...rest };
    for (let time = 0; time < 3; time++)
      assert.equal((await ask(document, { input }))[field].problem.code, 'OUTCOME_UNKNOWN');
    assert.equal(simulator.control.calls()[operation], 1);
  }
});

test('an earlier reply of the same words is not taken for one whose answer was lost', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  const reply = async (idempotencyKey: string) =>
    (await ask(REPLY, { input: { id: SEEDED.open, message: 'ok', idempotencyKey } })).replyToSafeBox.problem;
  assert.equal(await reply('first'), null);
  simulator.control.injectFault({ operation: 'reply', hangUp: true });
  assert.equal((await reply('second')).code, 'OUTCOME_UNKNOWN');
  assert.equal((await reply('second')).code, 'OUTCOME_UNKNOWN');
  assert.equal(await reply('first'), null);
});

const REPLY =
  'mutation ($input: ReplyToSafeBoxInput!) { replyToSafeBox(input: $input) { problem { code } } }';

async function replying(t: Teardown) {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  const reply = async (idempotencyKey?: string): Promise<string | null> => {
    const input = { id: SEEDED.open, message: 'ok', ...(idempotencyKey && { idempotencyKey }) };
    return (await ask(REPLY, { input })).replyToSafeBox.problem?.code ?? null;
  };
  return { reply, control: simulator.control };
}

test('one reply is never taken for those of two keys, whichever of them it is', async (t) => {
  for (const effects of [
    [true, false],
    [false, true],
    [false, false],
  ]) {
    const { reply, control } = await replying(t);
    for (const effect of effects) control.injectFault({ operation: 'reply', hangUp: true, effect });
    const lost = await Promise.all([reply('first'), reply('second')]);
    assert.deepEqual(lost, ['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
    const found = await Promise.all([reply('first'), reply('second')]);
    const happened = effects.filter((effect) => effect).length;
    assert.equal(found.filter((code) => code === null).length, happened);
    assert.equal(found.filter((code) => code === 'OUTCOME_UNKNOWN').length, 2 - happened);
    assert.deepEqual(await Promise.all([reply('first'), reply('second')]), found);
    assert.equal(control.calls()['reply'], 2);
  }
});

test('a reply of the same words that was sent later, by hand, is not taken for one that was lost', async (t) => {
  for (const effect of [false, true]) {
    const { reply, control } = await replying(t);
    control.injectFault({ operation: 'reply', hangUp: true, effect });
    assert.equal(await reply('first'), 'OUTCOME_UNKNOWN');
    assert.equal(await reply(), null);
    for (let time = 0; time < 2; time++)
      assert.equal(await reply('first'), effect ? null : 'OUTCOME_UNKNOWN');
    assert.equal(control.calls()['reply'], 2);
  }
});

test('the key of the participants is told even when the store fails right after the opening', async (t) => {
  const records = failingRecords();
  const { ask, signIn, simulator } = await openSafebox(t, { through: records.through });
  await signIn();
  const COMMIT = /* GraphQL */ `
    mutation ($input: CommitSafeBoxInput!) {
      commitSafeBox(input: $input) {
        encryptionKey
        problem {
          code
        }
      }
    }
  `;
  const bo = {
    email: 'bo@ext.example',
    contactMethods: [{ destination: '+15145550000', destinationType: 'CELL_PHONE' }],
  };
  for (let calls = 0, isOpened = false; !isOpened || records.hasFailed; calls++) {
    const { initializeSafeBox } = await ask('mutation { initializeSafeBox(input: {}) { draft { id } } }');
    const { id: draftId } = initializeSafeBox.draft;
    simulator.control.resetCalls();
    records.failAfter(calls);
    const input = { ...CONTENT, recipients: [bo], securityProfileId: '11', draftId };
    const { commitSafeBox } = await ask(COMMIT, { input });
    isOpened = simulator.control.calls()['commitSafebox'] === 1;
    assert.equal(commitSafeBox.problem?.code ?? null, isOpened ? null : 'STORE_UNAVAILABLE', `call ${calls}`);
    assert.equal(commitSafeBox.encryptionKey?.length ?? 0, isOpened ? 64 : 0, `call ${calls}`);
  }
});
