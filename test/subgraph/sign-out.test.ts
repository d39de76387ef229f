import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGuard } from '../resolvers/guardcrypto/open.js';
import type { Answer } from '../resolvers/guardcrypto/open.js';
import { openSafebox } from '../resolvers/safebox/open.js';
import { openXq } from '../resolvers/xqkeys/open.js';
import type { SubgraphUnderTest } from '../support/open-subgraph.js';
import { providerCallsEnded } from '../support/provider-calls.js';
import type { Teardown } from '../support/simulators.js';

/** A subgraph in which somebody is signed in, and what can be followed with that session. */
const WORLDS: Readonly<
  Record<
    string,
    readonly [open: (test: Teardown) => Promise<SubgraphUnderTest>, follow: string, endReason: string]
  >
> = {
  Guard: [
    async (t) => {
      const guard = await openGuard(t);
      await guard.signIn('anton');
      return guard;
    },
    'guardSessionChanged',
    'CREDENTIAL_EXPIRED',
  ],
  Xq: [
    async (t) => {
      const xq = await openXq(t);
      await xq.signIn();
      return xq;
    },
    'xqSessionChanged',
    'FINISHED',
  ],
  SafeBox: [
    async (t) => {
      const safebox = await openSafebox(t);
      await safebox.signIn();
      return safebox;
    },
    'safeBoxInboxChanged',
    'CREDENTIAL_EXPIRED',
  ],
};

for (const [name, [open, follow, endReason]] of Object.entries(WORLDS))
  test(`signing out of ${name} ends what is followed with the session at once`, async (t) => {
    const { run, follow: subscribe, clock } = await open(t);
    const events = await subscribe<Answer>(`subscription { ${follow} { isTerminal endReason } }`);
    const first = events.next();
    await clock.advance(1);
    await first;
    const { errors } = await run(`mutation { signOutOf${name} { isSignedOut } }`);
    assert.deepEqual(errors, undefined);
    let last: Answer | undefined;
    const ending = events.next().then(({ value }) => (last = value?.data[follow] as Answer));
    // Far less than until the next poll.
    for (let turn = 0; turn < 20 && !last; turn++) {
      await clock.advance(1);
      await providerCallsEnded();
    }
    assert.deepEqual(last, { isTerminal: true, endReason });
    await ending;
  });
