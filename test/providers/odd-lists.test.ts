import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/http-server.js';
import { ManualClock } from '../support/manual-clock.js';
import { guardcryptoCalls } from './hostile/guardcrypto.js';
import { messaging2faCalls } from './hostile/messaging2fa.js';
import { safeboxCalls } from './hostile/safebox.js';
import type { HostileProvider } from './hostile/tried.js';
import { xqkeysCalls } from './hostile/xqkeys.js';

type Item = Readonly<Record<string, unknown>>;

interface List {
  readonly operation: string;
  /** The answer with these things in it. */
  readonly around: (items: readonly Item[]) => unknown;
  readonly item: Item;
  /** Without which nobody knows what the thing is, or whether it may be relied on: then it is left out. */
  readonly needs?: readonly string[];
  /** What it is not understood without, as others depend on it. */
  readonly strict?: readonly string[];
}

const ODD: readonly unknown[] = ['2017-05-31 14:45:35 UTC', '', 7.5, {}, [null], undefined, null];
const DATE = '2026-03-01T10:00:00Z';
const AT = 1_772_000_000_000;
const PERSON = { id: 1, email: 'a@x.test', first_name: 'A', company_name: 'X' };
const KEY_FACTS = { expired: false, fingerPrint: 'ab', masterKey: true, revoked: false, creationTime: AT };

const SAFEBOX: readonly List[] = [
  {
    operation: 'getSafeboxes',
    around: (items) => ({ count: 3, safeboxes: items.map((safebox) => ({ safebox })) }),
    item: { guid: 'g', status: 'closed', subject: 's', unread_count: 1, expiration: DATE, created_at: DATE },
    needs: ['guid'],
  },
  {
    operation: 'getFavorites',
    around: (favorites) => ({ favorites }),
    item: { ...PERSON, order_number: 1, created_at: DATE },
    needs: ['id', 'email'],
  },
  {
    operation: 'searchRecipient',
    around: (results) => ({ results }),
    item: { ...PERSON, type: 'favorite' },
    needs: ['id', 'email'],
  },
  {
    operation: 'getSecurityProfiles',
    around: (items) => ({ default: 1, security_profiles: items }),
    item: { id: 1, name: 'n', created_at: DATE, updated_at: DATE },
    needs: ['id', 'name'],
  },
  {
    operation: 'getParticipants',
    around: (participants) => ({ participants }),
    item: { ...PERSON, type: 'guest', role: 'collaborator', message_read_count: 1 },
    needs: ['id'],
  },
  {
    operation: 'getMessages',
    around: (messages) => ({ messages }),
    item: { id: 1, note: 'n', read: true, author_id: 1, created_at: DATE },
    needs: ['id'],
  },
  {
    operation: 'getEventHistory',
    around: (items) => ({ event_history: items }),
    item: { type: 't', date: DATE, message: 'm' },
  },
];

const XQ: readonly List[] = [
  {
    operation: 'GetCommunications',
    around: (communications) => ({ communications }),
    item: { token: 'x'.repeat(43), status: 1, user: 'u', updated: AT, expires: AT, threat: 1 },
    needs: ['token', 'status'],
  },
  ...[(log: readonly Item[]) => ({ log }), (log: readonly Item[]) => log].map((around) => ({
    operation: 'GetEventLogs',
    around,
    item: { action: 'a', id: 1, timestamp: AT, user: 'u', token: 't', threat: 1, ip: '::1' },
    needs: ['action'],
  })),
  ...[(eventTypes: readonly Item[]) => ({ eventTypes }), (eventTypes: readonly Item[]) => eventTypes].map(
    (around) => ({
      operation: 'GetEventTypes',
      around,
      item: { action: 'a', title: 't', id: 1 },
      needs: ['action'],
    }),
  ),
];

const GUARD: readonly List[] = [
  {
    operation: 'getCertificates',
    around: (certificates) => ({ data: { certificates } }),
    item: { serial: '1', certifier: 'c', expires: AT, expired: false, email: 'a@x.test', current: true },
    needs: ['serial', 'expired'],
  },
  {
    operation: 'getKeys',
    around: (keyRings) => ({ data: { keyRings } }),
    item: { userId: 7, contextId: 1, current: true, passwordModificationTimestamp: AT },
    needs: ['userId', 'contextId', 'current'],
  },
  ...['getExternalPublicKeys', 'getContactKeys'].map((operation) => ({
    operation,
    around: (items: readonly Item[]) => ({ data: { externalPublicKeyRings: items } }),
    item: {
      ids: '1',
      shareLevel: 1,
      inline: true,
      publicRing: { ring: 'r', hash: 'h', keys: [{ id: '1', ...KEY_FACTS }] },
    },
    needs: ['ids'],
  })),
  {
    operation: 'getSignatures',
    around: (signatures) => ({ data: { signatures } }),
    item: { signatureType: 1, description: 'd', userId: 'u', keyId: '1', verified: true, creationTime: AT },
    needs: ['signatureType', 'verified'],
  },
];

const inRing = (key: Item): Item => ({
  ...{ userId: 7, contextId: 1, current: true },
  publicRing: { ring: 'r', hash: 'h', keys: [key] },
});

const PARTS: readonly List[] = [
  {
    operation: 'getKeys',
    around: (keys) => ({ data: { keyRings: keys.map(inRing) } }),
    item: {
      id: '1',
      ...KEY_FACTS,
      userIds: ['a'],
      validSeconds: 1,
      hasPrivateKey: true,
      encryptionKey: true,
    },
    needs: ['id', 'expired', 'fingerPrint', 'masterKey', 'revoked'],
  },
];

const SAFEBOX_PARTS: readonly List[] = [
  {
    operation: 'getMessages',
    around: (documents) => ({ messages: documents.map((one) => ({ id: 1, documents: [one] })) }),
    item: { id: 'd', name: 'n', sha: 's', size: 1 },
  },
  {
    operation: 'getParticipants',
    around: (numbers) => ({
      participants: numbers.map((one) => ({ ...PERSON, guest_options: { contact_methods: [one] } })),
    }),
    item: { id: 1, destination: '+1', destination_type: 'cell_phone', verified: true, created_at: DATE },
  },
  {
    operation: 'getSafeboxInfo',
    around: (messages) => ({ safebox: { guid: 'b1', status: 'closed', messages } }),
    item: { id: 1, note: 'n', read: true },
    needs: ['id'],
  },
];

const MESSAGING2FA: readonly List[] = ['send', 'track', 'cancel'].map((operation) => ({
  operation,
  around: (recipients) => ({
    messageId: '@m-1',
    expirationDate: DATE,
    // Two of one person must not contradict each other, so each is somebody else.
    recipients: recipients.map((one, index) => ({
      ...one,
      ...(one['userId'] === 'a@x.test' && { userId: `${index}@x.test` }),
    })),
    secureId: 's',
  }),
  item: { userId: 'a@x.test', status: 'PENDING' },
  needs: ['userId'],
  strict: ['status'],
}));

function testLists<Client extends object>(provider: HostileProvider<Client>, lists: readonly List[]): void {
  for (const { operation, around, item, needs = [], strict = [] } of lists)
    for (const field of Object.keys(item))
      test(`${provider.name}.${operation}: an odd or lacking ${field} costs that alone, or the one thing that is nothing without it`, async (t) => {
        let said: unknown;
        const server = await startServer(t, (request, response) => {
          const before = provider.prelude?.(`${request.method} ${request.url}`, operation, server.url);
          response.end(before ?? JSON.stringify(said));
        });
        const client = await provider.open(server.url, new ManualClock());
        t.after(() => client.close());
        const call = provider.tried[operation]?.call;
        assert(call);
        const count = async (items: readonly Item[]): Promise<number> => {
          said = around(items);
          const found = await call(client);
          const list = Array.isArray(found) ? found : Object.values(found as object).find(Array.isArray);
          assert(list);
          return list.filter((one) => one !== undefined).length;
        };
        assert.equal(await count([item, item, item]), 3);
        for (const value of ODD) {
          const items = [item, { ...item, [field]: value }, item];
          const odd = JSON.stringify(value);
          if (strict.includes(field)) {
            const code = await count(items).catch((error: unknown) => (error as { code: unknown }).code);
            assert.match(String(code), /^(3|PROVIDER_PROTOCOL|OUTCOME_UNKNOWN)$/, odd);
          } else if (needs.includes(field)) assert.ok((await count(items)) >= 2, odd);
          else assert.equal(await count(items), 3, odd);
        }
      });
}

testLists(safeboxCalls, SAFEBOX);
testLists(safeboxCalls, SAFEBOX_PARTS);
testLists(xqkeysCalls, XQ);
testLists(guardcryptoCalls, GUARD);
testLists(guardcryptoCalls, PARTS);
testLists(messaging2faCalls, MESSAGING2FA);
