// Decorators need it before the first decorated class is loaded.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import type { XQKeysControl } from '../../../src/simulators/xqkeys/control.js';
import { xqkeysSimulator } from '../../../src/simulators/xqkeys/simulator.js';
import type { WatchStore } from '../../../src/live/ports.js';
import type { RecordStore } from '../../../src/store/record-store.js';
import { xqkeys } from '../../../subgraphs/xqkeys.js';
import { ManualClock } from '../../support/manual-clock.js';
import { openSubgraph } from '../../support/open-subgraph.js';
import type { SubgraphUnderTest, TestCaller } from '../../support/open-subgraph.js';
import { providerCallsEnded } from '../../support/provider-calls.js';
import { startSimulator } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

/** Data whose shape the test's own document decides. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every test asserts what it reads
export type Answer = Record<string, any>;

export const ANA = 'ana@example.com';
export const BO = 'bo@example.com';
/** The caller who is signed in as Bo; everybody else is Ana. */
export const BO_CALLER: TestCaller = { subject: 'bob' };
export const PIN = '123456';

export interface XqUnderTest extends SubgraphUnderTest {
  readonly simulator: Simulator<XQKeysControl>;
  /** Runs a document that must succeed. */
  ask(document: string, variables?: Record<string, unknown>, caller?: TestCaller): Promise<Answer>;
  /** Runs a mutation of one input and answers its payload: problem and `fields`. */
  command(
    name: string,
    input: Record<string, unknown>,
    fields?: string,
    caller?: TestCaller,
  ): Promise<Answer>;
  /** The same where it must be done. */
  done(name: string, input: Record<string, unknown>, fields?: string, caller?: TestCaller): Promise<Answer>;
  /** Signs a person in, by PIN. */
  signIn(user?: string, caller?: TestCaller): Promise<void>;
  /** Stores a key; answers its locator. */
  createKey(input?: Record<string, unknown>): Promise<string>;
}

/** The subgraph against its simulator, both on one clock that stands still. */
export async function openXq(
  test: Teardown,
  {
    environment = {},
    ...between
  }: {
    environment?: Record<string, string>;
    through?: (records: RecordStore) => RecordStore;
    throughWatches?: (store: WatchStore) => WatchStore;
  } = {},
): Promise<XqUnderTest> {
  const clock = new ManualClock();
  const simulator = await startSimulator(test, xqkeysSimulator, { clock });
  const subgraph = await openSubgraph(test, {
    module: xqkeys,
    environment: { ...simulator.environment, ...environment },
    clock,
    ...between,
  });
  const ask: XqUnderTest['ask'] = async (document, variables = {}, caller = {}) => {
    const { data, errors } = await subgraph.run<Answer>(document, variables, caller);
    assert.deepEqual(errors, undefined);
    return data;
  };
  const command: XqUnderTest['command'] = async (name, input, fields = '', caller = {}) => {
    const type = INPUT_TYPES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { problem { code path provider providerCode message } ${fields} } }`;
    return (await ask(document, { input }, caller))[name] as Answer;
  };
  const done: XqUnderTest['done'] = async (...request) => {
    const answer = await command(...request);
    assert.equal(answer['problem'], null);
    return answer;
  };
  return {
    ...subgraph,
    simulator,
    ask,
    command,
    done,
    async signIn(user = ANA, caller = {}) {
      const requested = await done('requestXqAccess', { user }, 'authorization { id }', caller);
      const authorizationId = requested['authorization'].id as string;
      await done('confirmXqAccess', { authorizationId, pin: PIN }, '', caller);
      await done('exchangeXqAccess', { authorizationId }, '', caller);
    },
    async createKey(input = {}) {
      const created = await done(
        'createXqKey',
        { key: '.1c0ffee', recipients: [BO], ...input },
        'xqKey { locator }',
      );
      return created['xqKey'].locator as string;
    },
  };
}

/** A list in an answer. */
export function listOf(value: unknown): Answer[] {
  assert(Array.isArray(value));
  return value;
}

export type Events = AsyncIterator<{ readonly data: Answer }>;

/** The next event of a subscription, without its root field. */
export async function next(events: Events): Promise<Answer> {
  const { value, done } = await events.next();
  assert(!done, 'the subscription has completed');
  return Object.values(value.data)[0] as Answer;
}

/** Lets time pass, `stepMs` at a time, until the next event. */
export async function later(events: Events, { clock }: XqUnderTest, stepMs = 1_000): Promise<Answer> {
  let settled = false;
  const waiting = next(events).finally(() => (settled = true));
  for (let step = 0; !settled && step < 3_000; step++) {
    await clock.advance(stepMs);
    await providerCallsEnded();
  }
  return waiting;
}

/** Lets time pass, half a minute at a time, with the polls that fall due. */
export async function pass({ clock }: XqUnderTest, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    await clock.advance(Math.min(left, 30_000));
    await providerCallsEnded();
  }
}

/** How often the simulator was asked in all. */
export function upstreamCalls({ simulator }: XqUnderTest): number {
  return Object.values(simulator.control.calls()).reduce((sum, count) => sum + count, 0);
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  signOutOfXq: 'XqSessionCommandInput',
  delegateXqSession: 'XqSessionCommandInput',
  grantXqKey: 'XqKeyRecipientsInput',
  revokeXqKeyRecipients: 'XqKeyRecipientsInput',
  revokeXqKey: 'XqKeyInput',
  revokeXqKeys: 'XqKeysInput',
  readXqKey: 'XqKeyInput',
  readXqKeys: 'XqKeysInput',
};
