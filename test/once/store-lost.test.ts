import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulators } from '../../src/simulators/index.js';
import { subgraphs } from '../../subgraphs/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { openSubgraph } from '../support/open-subgraph.js';
import type { SubgraphUnderTest, TestCaller } from '../support/open-subgraph.js';
import { providerCallsEnded } from '../support/provider-calls.js';
import { startSimulator } from '../support/simulators.js';

type Data = Readonly<Record<string, unknown>>;

const ANNA: TestCaller = { subject: 'anna' };
const EVE: TestCaller = { subject: 'eve' };

interface Row {
  readonly what: string;
  readonly provider: string;
  /** Signs a caller in where that is needed: each is somebody else at the provider. */
  readonly signIn?: (subgraph: SubgraphUnderTest, caller: TestCaller) => Promise<unknown>;
  /** Makes it, and answers what the provider calls it. */
  readonly make: (subgraph: SubgraphUnderTest) => Promise<string> | string;
  readonly follow: string;
}

interface Followable extends Row {
  /** What the first event shows. */
  readonly shows: RegExp;
  /** Changes it, after which there is another event. */
  readonly change?: string;
  /** Whether everybody with the scope may follow it, as anybody may ask for it. Default false. */
  readonly isEverybodys?: boolean;
}

const followable: readonly Followable[] = [
  {
    what: 'a SafeBox',
    provider: 'safebox',
    signIn: (subgraph, caller) =>
      done(
        subgraph,
        caller === EVE
          ? 'mutation { signInToSafeBox(input: { username: "otto", password: "otto-demo-password", oneTimePassword: "000000" }) { problem { code } } }'
          : 'mutation { signInToSafeBox(input: { username: "ada", password: "ada-demo-password" }) { problem { code } } }',
        caller,
      ),
    make: () => '0a11ce00000000000000000000000001',
    follow: 'safeBoxChanged(id: $id) { terminal safeBox { status } }',
    shows: /"status":"IN_PROGRESS"/,
    change: 'closeSafeBox(input: { id: $id }) { problem { code } }',
  },
  {
    what: 'a key of XQ',
    provider: 'xqkeys',
    signIn: signInToXq,
    async make(subgraph) {
      const input = '{ key: ".1c0ffee", recipients: ["bo@example.com"] }';
      const { xqKey } = await done(
        subgraph,
        `mutation { createXqKey(input: ${input}) { xqKey { locator } problem { code } } }`,
      );
      return String((xqKey as Data)['locator']);
    },
    follow: 'xqKeyChanged(locator: $id) { terminal xqKey { status } }',
    shows: /"status":"AVAILABLE"/,
    change: 'revokeXqKey(input: { locator: $id }) { problem { code } }',
  },
  {
    what: 'a session of Guard and its token',
    provider: 'guardcrypto',
    signIn: (subgraph, caller) =>
      done(
        subgraph,
        `mutation { signInToGuard(input: { username: "${caller === EVE ? 'berta' : 'anton'}@example.com", password: "appsuite-pw" }) { problem { code } } }`,
        caller,
      ),
    make: () => 'current',
    follow: 'guardSessionChanged { terminal token { isAttached } }',
    shows: /"isAttached":false/,
    isEverybodys: true,
  },
  {
    what: 'a user of VIP',
    provider: 'vipidentity',
    make: () => 'gina@example.com',
    follow: 'vipUserChanged(userId: $id) { terminal vipUser { status } }',
    shows: /"status":"ACTIVE"/,
    isEverybodys: true,
  },
];

for (const row of followable)
  test(`${row.what} is followed again, by what the provider calls it, after the store has lost everything`, async (t) => {
    const { before, after } = await lost(t, row.provider);
    await row.signIn?.(before, ANNA);
    const id = await row.make(before);
    assert.match(JSON.stringify(await firstOf(before, row, id)), row.shows);
    if (row.signIn) assert.match(JSON.stringify(await firstOf(after, row, id)), /SIGN_IN_REQUIRED/);
    await row.signIn?.(after, ANNA);
    const events = await after.follow(subscriptionOf(row), variablesOf(row, id), ANNA);
    assert.match(JSON.stringify(await next(after, events)), row.shows);
    if (row.change !== undefined) {
      await done(after, `mutation ($id: ID!) { ${row.change} }`, ANNA, { id });
      assert.doesNotMatch(JSON.stringify(await next(after, events)), row.shows);
    }
    await events.return?.();
    if (row.isEverybodys) return;
    await row.signIn?.(after, EVE);
    assert.match(JSON.stringify(await firstOf(after, row, id, EVE)), /NOT_FOUND|FORBIDDEN/);
  });

const ours: readonly Row[] = [
  {
    what: 'a two-factor message',
    provider: 'messaging2fa',
    async make(subgraph) {
      const input = '{ recipients: ["bela@example.test"] }';
      const { twoFactorMessage } = await done(
        subgraph,
        `mutation { sendTwoFactorMessage(input: ${input}) { twoFactorMessage { messageId } problem { code } } }`,
      );
      return String((twoFactorMessage as Data)['messageId']);
    },
    follow: 'twoFactorMessageChanged(id: $id) { terminal }',
  },
  {
    what: 'a push of VIP',
    provider: 'vipidentity',
    async make(subgraph) {
      const input = '{ userId: "cid+pending@example.com" }';
      const { vipPush } = await done(
        subgraph,
        `mutation { pushVipUser(input: ${input}) { vipPush { transactionId } problem { code } } }`,
      );
      return String((vipPush as Data)['transactionId']);
    },
    follow: 'vipPushChanged(transactionId: $id) { terminal }',
  },
  {
    what: 'a request for access to XQ',
    provider: 'xqkeys',
    async make(subgraph) {
      const { authorization } = await done(
        subgraph,
        'mutation { requestXqAccess(input: { user: "ana@example.com" }) { authorization { id } problem { code } } }',
      );
      return String((authorization as Data)['id']);
    },
    follow: 'xqAuthorizationChanged(id: $id) { terminal }',
  },
];

for (const row of ours)
  test(`${row.what}, of which the provider cannot say whose it is, is nobody's after the store has lost everything`, async (t) => {
    const { before, after } = await lost(t, row.provider);
    const id = await row.make(before);
    assert.match(JSON.stringify(await firstOf(before, row, id)), /"terminal":false/);
    for (const caller of [ANNA, EVE])
      assert.match(JSON.stringify(await firstOf(after, row, id, caller)), /NOT_FOUND/);
  });

/** A subgraph, and the same over a store in which there is nothing. */
async function lost(t: Parameters<typeof startSimulator>[0], provider: string) {
  const module = subgraphs.find(({ name }) => name === provider);
  const definition = simulators.get(provider);
  assert(module && definition);
  const clock = new ManualClock();
  const { environment } = await startSimulator(t, definition, { clock, stepMs: 0 });
  // An account of the installation's own would do without anybody's session.
  const { SAFEBOX_API_TOKEN: _own, ...settings } = environment;
  const open = () => openSubgraph(t, { module, environment: settings, clock });
  return { before: await open(), after: await open() };
}

/** Runs a mutation of one field that must be done, and answers its payload. */
async function done(
  subgraph: SubgraphUnderTest,
  document: string,
  caller: TestCaller = ANNA,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const { data, errors } = await subgraph.run<Record<string, Data>>(document, variables, caller);
  assert.deepEqual(errors, undefined);
  const [payload] = Object.values(data);
  assert(payload);
  assert.deepEqual(payload['problem'], null);
  return payload;
}

async function signInToXq(subgraph: SubgraphUnderTest, caller: TestCaller): Promise<void> {
  const user = caller === EVE ? 'eve@example.com' : 'ana@example.com';
  const { authorization } = await done(
    subgraph,
    `mutation { requestXqAccess(input: { user: "${user}" }) { authorization { id } problem { code } } }`,
    caller,
  );
  const { id } = authorization as Data;
  const confirm = 'confirmXqAccess(input: { authorizationId: $id, pin: "123456" }) { problem { code } }';
  await done(subgraph, `mutation ($id: ID!) { ${confirm} }`, caller, { id });
  const exchange = 'exchangeXqAccess(input: { authorizationId: $id }) { problem { code } }';
  await done(subgraph, `mutation ($id: ID!) { ${exchange} }`, caller, { id });
}

function subscriptionOf({ follow }: Row): string {
  return follow.includes('$id') ? `subscription ($id: ID!) { ${follow} }` : `subscription { ${follow} }`;
}

function variablesOf({ follow }: Row, id: string): Record<string, unknown> {
  return follow.includes('$id') ? { id } : {};
}

/** The next event; time passes until it comes. */
async function next({ clock }: SubgraphUnderTest, events: AsyncIterator<unknown>): Promise<unknown> {
  let isThere = false;
  const waiting = events.next().finally(() => (isThere = true));
  waiting.catch(() => undefined);
  for (let step = 0; !isThere && step < 300; step++) {
    await clock.advance(100);
    await providerCallsEnded();
  }
  assert(isThere, 'there is no event');
  return (await waiting).value;
}

/** The first event, or why there is none. */
async function firstOf(
  subgraph: SubgraphUnderTest,
  row: Row,
  id: string,
  caller: TestCaller = ANNA,
): Promise<unknown> {
  try {
    const events = await subgraph.follow(subscriptionOf(row), variablesOf(row, id), caller);
    const value = await next(subgraph, events);
    await events.return?.();
    return value;
  } catch (error) {
    return error;
  }
}
