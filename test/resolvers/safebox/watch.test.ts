import assert from 'node:assert/strict';
import { test } from 'node:test';
import { providerCallsEnded } from '../../support/provider-calls.js';
import type { Answer } from './open.js';
import { openScripted } from './scripted.js';
import type { ScriptedSafebox } from './scripted.js';

const CHANGED = /* GraphQL */ `
  subscription {
    safeBoxChanged(id: "b1") {
      changes {
        kind
        to
        participantId
      }
    }
  }
`;
const BOX = {
  guid: 'b1',
  status: 'in_progress',
  unread_count: 0,
  updated_at: '2026-03-01T09:00:00.000Z',
  latest_activity: '2026-03-01T09:00:00.000Z',
};
const GUEST = { bounced_email: false, locked: false, verified: false, failed_login_attempts: 0 };

/** The longest that a change without a trace in the list may stay unseen, as documented, milliseconds. */
const DETAILS_MS = 5 * 60_000;
const INTERVAL_MS = 15_000;

/** A provider with one SafeBox, whose list never changes, and one guest. */
async function openStill(t: Parameters<typeof openScripted>[0]) {
  let guest: object = GUEST;
  const scripted = await openScripted(t, ({ line }) =>
    line === 'GET /safeboxes'
      ? { count: 1, safeboxes: [{ safebox: BOX }], next_page_url: null }
      : {
          safebox: {
            ...BOX,
            participants: [{ id: 'p1', email: 'bob@ext.example', guest_options: guest }],
            messages: [],
            download_activity: { guests: [] },
          },
        },
  );
  await scripted.signIn();
  return { ...scripted, change: (change: object) => (guest = { ...GUEST, ...change }) };
}

async function passing({ clock }: ScriptedSafebox, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await clock.advance(1_000);
    await providerCallsEnded();
  }
}

const TRACELESS: readonly [what: string, change: object, kind: string, to: string][] = [
  ['a bounce', { bounced_email: true }, 'PARTICIPANT_BOUNCED', 'true'],
  ['a lock', { locked: true }, 'PARTICIPANT_LOCKED', 'true'],
  ['a failed login', { failed_login_attempts: 2 }, 'PARTICIPANT_FAILED_LOGIN', '2'],
];
for (const [what, change, kind, to] of TRACELESS) {
  test(`${what} that leaves no trace in the list is seen within five minutes and a poll`, async (t) => {
    const subgraph = await openStill(t);
    const events = await subgraph.follow<Answer>(CHANGED);
    await events.next();
    await passing(subgraph, INTERVAL_MS);
    subgraph.change(change);
    let seen: Answer | undefined;
    void events.next().then(({ value }) => (seen = value.data.safeBoxChanged));
    await passing(subgraph, DETAILS_MS + INTERVAL_MS);
    assert.deepEqual(seen?.['changes'], [{ kind, to, participantId: 'p1' }]);
  });
}

test('what does not change costs one reading of its details in five minutes', async (t) => {
  const subgraph = await openStill(t);
  const events = await subgraph.follow<Answer>(CHANGED);
  await events.next();
  await passing(subgraph, INTERVAL_MS);
  subgraph.calls.length = 0;
  await passing(subgraph, 4 * DETAILS_MS);
  const readings = subgraph.calls.filter(({ line }) => line === 'GET /safeboxes/b1').length;
  assert.ok(readings >= 3 && readings <= 4, `${readings} readings`);
});
