import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGuard } from '../resolvers/guardcrypto/open.js';
import { ADA, openSafebox, OTTO, SIGN_IN } from '../resolvers/safebox/open.js';
import { openXq, PIN } from '../resolvers/xqkeys/open.js';
import { providerCallsEnded } from '../support/provider-calls.js';
import type { SubgraphUnderTest } from '../support/open-subgraph.js';
import type { Teardown } from '../support/simulators.js';

/** Somebody who is signed in and about to sign in anew. */
interface SignedIn {
  readonly subgraph: SubgraphUnderTest;
  /** The call at the provider that signs in. */
  readonly operation: string;
  /** The call that ends a session there, if there is one. */
  readonly ends?: string;
  readonly control: {
    injectFault(fault: { operation: string; delayMs: number }): unknown;
    calls(): Readonly<Record<string, number>>;
  };
  /** Signs in anew. */
  again(): Promise<Payload>;
  /** Signs in as somebody else. */
  other(): Promise<unknown>;
  signOut(): Promise<unknown>;
  /** What is known of the session. */
  session(): Promise<unknown>;
}

type Payload = { readonly session?: unknown; readonly problem: { readonly code: string } | null };

const WORLDS: Readonly<Record<string, (test: Teardown) => Promise<SignedIn>>> = {
  async signInToSafeBox(t) {
    const subgraph = await openSafebox(t);
    await subgraph.signIn(ADA);
    return {
      subgraph,
      control: subgraph.simulator.control,
      operation: 'getUserToken',
      again: async () => (await subgraph.ask(SIGN_IN, { input: ADA }))['signInToSafeBox'] as Payload,
      other: () => subgraph.signIn(OTTO),
      signOut: () => subgraph.ask('mutation { signOutOfSafeBox { isSignedOut } }'),
      session: () => subgraph.ask('{ safeBoxAccess { session { username signedInAt } } }'),
    };
  },
  async signInToGuard(t) {
    const subgraph = await openGuard(t);
    await subgraph.signIn('anton');
    const input = { username: 'anton@example.com', password: 'appsuite-pw' };
    return {
      subgraph,
      control: subgraph.simulator.control,
      operation: 'appSuiteLogin',
      ends: 'appSuiteLogout',
      again: async () => (await subgraph.command('signInToGuard', input, 'session { username }')) as Payload,
      other: () => subgraph.signIn('berta'),
      signOut: () => subgraph.ask('mutation { signOutOfGuard { isSignedOut } }'),
      session: () => subgraph.ask('{ guardSession { username signedInAt } }'),
    };
  },
  ...Object.fromEntries(
    [
      ['signInToXqAsAlias', 'authorizeAlias', { user: 'sensor-17' }],
      ['signInToXqAsDevice', 'authorizeDevice', { businessId: '1234', device: 'cam-1' }],
      ['exchangeXqAccess', 'exchangeKey', undefined],
    ].map(([name, operation, given]) => [
      name as string,
      async (t: Teardown): Promise<SignedIn> => {
        const subgraph = await openXq(t);
        await subgraph.done('signInToXqAsAlias', { user: 'before' });
        let input = given as Record<string, unknown> | undefined;
        if (!input) {
          const asked = await subgraph.done(
            'requestXqAccess',
            { user: 'ana@example.com' },
            'authorization { id }',
          );
          input = { authorizationId: asked['authorization'].id };
          await subgraph.done('confirmXqAccess', { ...input, pin: PIN });
        }
        return {
          subgraph,
          control: subgraph.simulator.control,
          operation: operation as string,
          ends: 'deleteAuthorization',
          again: async () => (await subgraph.command(name as string, input, 'session { id }')) as Payload,
          other: () => subgraph.done('signInToXqAsAlias', { user: 'meanwhile' }),
          signOut: () => subgraph.done('signOutOfXq', {}),
          session: () => subgraph.ask('{ viewer { xqSession { state } } xqSession { id user } }'),
        };
      },
    ]),
  ),
};

for (const [name, open] of Object.entries(WORLDS))
  for (const act of ['other', 'signOut'] as const)
    test(`${name}, answered late, changes nothing after ${act === 'other' ? 'another sign-in' : 'signing out'}`, async (t) => {
      const world = await open(t);
      const { control, operation, subgraph } = world;
      const before = control.calls()[operation] ?? 0;
      control.injectFault({ operation, delayMs: 2_000 });
      const endings = () => (world.ends === undefined ? 0 : (control.calls()[world.ends] ?? 0));
      const late = world.again();
      while ((control.calls()[operation] ?? 0) === before)
        await new Promise((resolve) => setImmediate(resolve));
      await world[act]();
      const session = await world.session();
      const ended = endings();
      await subgraph.clock.advance(2_000);
      await providerCallsEnded();
      const answer = await late;
      assert.equal(answer.session, null);
      assert.equal(answer.problem?.code, 'CONFLICT');
      assert.deepEqual(await world.session(), session);
      assert.equal(endings() - ended, world.ends === undefined ? 0 : 1, 'ended at the provider');
    });
