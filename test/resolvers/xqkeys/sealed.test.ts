import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { KEY_COLLECTION, KeyBook } from '../../../resolvers/xqkeys/key-book.js';
import { createSessions, signedIn } from '../../../resolvers/xqkeys/sessions.js';
import { openEmbedded } from '../../../src/live/embedded/open-embedded.js';
import { createLive } from '../../../src/live/engine.js';
import { parseKeyRing } from '../../../src/vault/key-ring.js';
import { createVault } from '../../../src/vault/vault.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';

const OWNER = { tenant: 'acme', subject: 'anna' };

test('tokens and addresses lie sealed in the store, and are found again by their owner alone', async (t) => {
  const clock = new ManualClock();
  const logger = memoryLogger();
  const ports = openEmbedded({ path: ':memory:', clock, logger });
  const live = createLive({ ...ports, clock, logger });
  t.after(async () => {
    await live.close();
    await ports.close();
  });
  const { records } = ports;
  const vault = createVault(parseKeyRing(`test:${randomBytes(32).toString('base64')}`, 'VAULT_KEYS'));
  const sessions = createSessions({
    ...{ records, vault, clock, live, logger },
    client: { signIn: { signOut: () => Promise.resolve() } },
  });
  const person = { kind: 'USER' as const, user: 'ana@example.com', token: 'the-token' };
  await sessions.open(OWNER, signedIn(person, clock.now()), null);
  const book = new KeyBook({ records, vault, retentionMs: 1_000 });
  await book.add(OWNER, 'locator', {
    type: 'MESSAGE',
    subject: 'the-subject',
    labels: [],
    isOneTime: false,
    createdAt: clock.now(),
    expiresAt: clock.now() + 1_000,
    revokedAt: null,
    watchedIn: null,
    grants: [{ address: 'bo@example.com', grantedAt: clock.now(), revokedAt: null }],
  });

  const stored = [
    await records.get('xqkeys.session', 'acme/anna', 'current'),
    await records.get(KEY_COLLECTION, 'acme/anna', 'locator'),
  ];
  for (const record of stored) assert.ok(record, 'it is in the store');
  const text = JSON.stringify(stored);
  for (const secret of ['the-token', 'ana@example.com', 'the-subject', 'bo@example.com']) {
    assert.equal(text.includes(secret), false, secret);
  }
  assert.equal((await sessions.find(OWNER))?.token, 'the-token');
  assert.equal(await sessions.find({ ...OWNER, subject: 'eve' }), undefined);
  assert.equal((await book.find(OWNER, 'locator'))?.subject, 'the-subject');
  assert.equal(await book.find({ ...OWNER, tenant: 'other' }, 'locator'), undefined);
});
