import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as guardcrypto from '../../resolvers/guardcrypto/sessions.js';
import { Accesses } from '../../resolvers/safebox/accesses.js';
import * as xqkeys from '../../resolvers/xqkeys/sessions.js';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
import { createLive } from '../../src/live/engine.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { newVault } from '../support/open-subgraph.js';
import type { Teardown } from '../support/simulators.js';

const OWNER = { tenant: 'acme', subject: 'anna' };
const LATER = 4_102_444_800_000;

function world(t: Teardown) {
  const clock = new ManualClock();
  const logger = memoryLogger();
  const ports = openEmbedded({ path: ':memory:', clock, logger });
  const live = createLive({ ...ports, clock, logger });
  t.after(async () => {
    await live.close();
    await ports.close();
  });
  const ended: string[] = [];
  let answer: () => Promise<undefined> = () => Promise.resolve(undefined);
  const end = (what: string): Promise<undefined> => {
    ended.push(what);
    return answer();
  };
  const fail = (): void => void (answer = () => Promise.reject(new Error('away')));
  return { tools: { records: ports.records, vault: newVault(), clock, logger, live }, ended, end, fail };
}

type World = ReturnType<typeof world>;

/** How a provider's sign-in that was answered with this is kept; it had begun when there was `seen`. */
type Open = (given: string, seen: string | null) => Promise<{ readonly id: string } | undefined>;

const PROVIDERS: Readonly<Record<string, (world: World) => Open>> = {
  xqkeys({ tools, end }) {
    const sessions = xqkeys.createSessions({ ...tools, client: { signIn: { signOut: end } } });
    const kind = 'ALIAS' as const;
    return (token, seen) =>
      sessions.open(OWNER, xqkeys.signedIn({ kind, user: 'ana', token }, tools.clock.now()), seen);
  },
  guardcrypto({ tools, end }) {
    const accounts = { signOut: ({ session }: { session: string }) => end(session) };
    const sessions = guardcrypto.createSessions({ ...tools, client: { accounts } });
    return (session, seen) => {
      const opened = { session, cookies: {}, userAgent: 'x', userId: 1, contextId: 1 };
      return sessions.open(OWNER, guardcrypto.signedIn(opened, 'anton', tools.clock.now()), seen);
    };
  },
  safebox({ tools }) {
    const { sessions } = new Accesses({ ...tools, enterpriseToken: null });
    return (token, seen) =>
      sessions.open(OWNER, { token, userId: '1', username: 'ada', expiresAt: LATER }, seen);
  },
};

for (const [provider, openOf] of Object.entries(PROVIDERS)) {
  test(`${provider}: two sign-ins at once that are given the same are one session, which nobody ends`, async (t) => {
    const there = world(t);
    const open = openOf(there);
    const [first, second] = [await open('same', null), await open('same', null)];
    assert.ok(first);
    assert.equal(second?.id, first.id);
    assert.equal((await open('same', first.id))?.id, first.id);
    assert.equal((await open('same', 'long gone'))?.id, first.id);
    assert.deepEqual(there.ended, []);
  });

  test(`${provider}: of two that are given different ones the later is ended, and told where that fails`, async (t) => {
    const there = world(t);
    const open = openOf(there);
    assert.ok(await open('one', null));
    assert.equal(await open('other', null), undefined);
    const canEnd = provider !== 'safebox';
    assert.deepEqual(there.ended, canEnd ? ['other'] : []);
    there.fail();
    assert.equal(await open('third', null), undefined);
    const told = there.tools.logger.lines.filter(({ message }) => /could not be ended/.test(message));
    assert.equal(told.length, canEnd ? 1 : 0);
  });
}
