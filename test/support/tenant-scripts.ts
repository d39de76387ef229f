import assert from 'node:assert/strict';
import type { SubgraphUnderTest } from './open-subgraph.js';
import { providerCallsEnded } from './provider-calls.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every script knows what it asked for
export type Answer = Record<string, any>;

/** Asks as a caller of one tenant; what it asks for must succeed. */
export type Ask = (document: string) => Promise<Answer>;

export interface Script {
  /** Signs in where that is needed, and changes something. @returns what is followed from then on */
  begin(ask: Ask): Promise<string>;
  /** What shows that there is something of before, and what that says when there is nothing. */
  readonly kept?: { readonly document: string; readonly nothing: Answer };
  /** Reads. */
  readonly read: string;
  /** Asks the provider for sure, each time anew. Default `read`. */
  readonly refresh?: (call: number) => string;
  /** How long until what is followed is polled for sure, milliseconds. */
  readonly pollsWithinMs: number;
}

export const problem = 'problem { code message }';

/** By provider. */
export const SCRIPTS: Readonly<Record<string, Script>> = {
  messaging2fa: {
    async begin(ask) {
      const { sent } = await ask(
        `mutation { sent: sendTwoFactorMessage(input: { recipients: ["nobody@example.test"], subject: "x" }) { ${problem} twoFactorMessage { id } } }`,
      );
      return `subscription { twoFactorMessageChanged(id: "${String(sent.twoFactorMessage.id)}") { sequence } }`;
    },
    kept: {
      document: '{ twoFactorMessages { edges { node { id } } } }',
      nothing: { twoFactorMessages: { edges: [] } },
    },
    read: '{ twoFactorMessages { edges { node { id state } } } }',
    refresh: (call) =>
      `mutation { sendTwoFactorMessage(input: { recipients: ["nobody-${call}@example.test"], subject: "x" }) { ${problem} } }`,
    pollsWithinMs: 60_000,
  },
  vipidentity: {
    async begin(ask) {
      await ask(`mutation { done: createVipUser(input: { userId: "zoe@example.com" }) { ${problem} } }`);
      return 'subscription { vipUserChanged(userId: "zoe@example.com") { sequence } }';
    },
    read: '{ vipUser(userId: "zoe@example.com") { userId status } }',
    pollsWithinMs: 600_000,
  },
  xqkeys: {
    async begin(ask) {
      const { asked } = await ask(
        `mutation { asked: requestXqAccess(input: { user: "ana@example.com" }) { ${problem} authorization { id } } }`,
      );
      const id = String(asked.authorization.id);
      await ask(
        `mutation { done: confirmXqAccess(input: { authorizationId: "${id}", pin: "123456" }) { ${problem} } }`,
      );
      await ask(`mutation { done: exchangeXqAccess(input: { authorizationId: "${id}" }) { ${problem} } }`);
      const { made } = await ask(
        `mutation { made: createXqKey(input: { key: ".1c0ffee", recipients: ["bo@example.com"] }) { ${problem} xqKey { locator } } }`,
      );
      return `subscription { xqKeyChanged(locator: "${String(made.xqKey.locator)}") { sequence } }`;
    },
    kept: { document: '{ viewer { xqSession { state } } }', nothing: { viewer: { xqSession: null } } },
    read: '{ xqSession { status } xqSubscriber { email } }',
    pollsWithinMs: 180_000,
  },
  safebox: {
    async begin(ask) {
      await ask(
        `mutation { done: signInToSafeBox(input: { username: "ada", password: "ada-demo-password" }) { ${problem} } }`,
      );
      return 'subscription { safeBoxChanged(id: "0a11ce00000000000000000000000001") { sequence } }';
    },
    kept: {
      document: '{ viewer { safeBoxSession { state } } }',
      nothing: { viewer: { safeBoxSession: null } },
    },
    read: '{ safeBoxes { edges { node { id } } } }',
    pollsWithinMs: 120_000,
  },
  guardcrypto: {
    async begin(ask) {
      await ask(
        `mutation { done: signInToGuard(input: { username: "anton@example.com", password: "appsuite-pw" }) { ${problem} } }`,
      );
      return 'subscription { guardKeysChanged { sequence } }';
    },
    kept: { document: '{ viewer { guardSession { state } } }', nothing: { viewer: { guardSession: null } } },
    read: '{ guardKeyRings { id } }',
    pollsWithinMs: 300_000,
  },
};

type World = Pick<SubgraphUnderTest, 'clock' | 'run' | 'follow'>;

/** What waits between two attempts goes on. */
export async function inTime<Result>({ clock }: World, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const waiting = work.finally(() => (isDone = true));
  while (!isDone) {
    await providerCallsEnded();
    await clock.advance(100);
  }
  return waiting;
}

/** Runs a script; what is followed goes on. @returns the first event */
export async function begin(world: World, tenant: string, script: Script): Promise<Answer> {
  const ask = askAs(world, tenant);
  const events = await inTime(
    world,
    script.begin(ask).then((document) => world.follow<Answer>(document, {}, { tenant })),
  );
  const { value } = await inTime(world, events.next());
  await inTime(world, ask(script.read));
  return value;
}

export function askAs(world: World, tenant: string): Ask {
  return async (document) => {
    const { data, errors } = await world.run<Answer>(document, {}, { tenant });
    assert.equal(errors, undefined, JSON.stringify(errors));
    for (const payload of Object.values(data)) assert.equal(payload?.problem ?? null, null);
    return data;
  };
}
