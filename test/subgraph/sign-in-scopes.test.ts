import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGuard } from '../resolvers/guardcrypto/open.js';
import { openSafebox } from '../resolvers/safebox/open.js';
import { openXq } from '../resolvers/xqkeys/open.js';
import type { SubgraphUnderTest, TestCaller } from '../support/open-subgraph.js';
import type { Teardown } from '../support/simulators.js';

interface Case {
  readonly provider: string;
  readonly session: string;
  readonly signOut: string;
  open(t: Teardown): Promise<{
    readonly subgraph: SubgraphUnderTest;
    signIn(caller: TestCaller): Promise<void>;
  }>;
}

const CASES: readonly Case[] = [
  {
    provider: 'guardcrypto',
    session: 'guardSession { userId }',
    signOut: 'signOutOfGuard',
    async open(t) {
      const subgraph = await openGuard(t);
      return { subgraph, signIn: (caller) => subgraph.signIn('anton', caller) };
    },
  },
  {
    provider: 'safebox',
    session: 'safeBoxAccess { session { userId } }',
    signOut: 'signOutOfSafeBox',
    async open(t) {
      const subgraph = await openSafebox(t);
      return { subgraph, signIn: (caller) => subgraph.signIn(undefined, caller) };
    },
  },
  {
    provider: 'xqkeys',
    session: 'xqSession { id }',
    signOut: 'signOutOfXq',
    async open(t) {
      const subgraph = await openXq(t);
      return { subgraph, signIn: (caller) => subgraph.signIn(undefined, caller) };
    },
  },
];

for (const { provider, session, signOut, open } of CASES) {
  test(`${provider}: whoever may only read signs in, reads, and signs out`, async (t) => {
    const caller = { scopes: [`${provider}:read`] };
    const { subgraph, signIn } = await open(t);
    await signIn(caller);
    const read = await subgraph.run<Record<string, unknown>>(`{ ${session} }`, {}, caller);
    assert.deepEqual(read.errors, undefined);
    assert.ok(Object.values(read.data)[0]);
    const out = await subgraph.run(`mutation { ${signOut} { problem { code } } }`, {}, caller);
    assert.deepEqual([out.errors, out.data], [undefined, { [signOut]: { problem: null } }]);
  });

  test(`${provider}: whoever may only write signs in too, and whoever may do neither does not`, async (t) => {
    const { signIn } = await open(t);
    await signIn({ scopes: [`${provider}:write`] });
    await assert.rejects(signIn({ scopes: [`${provider}:other`] }), /FORBIDDEN/);
  });
}
