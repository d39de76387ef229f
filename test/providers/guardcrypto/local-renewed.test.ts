import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { generateKey, PacketList, reformatKey, type BasePacket } from 'openpgp';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { ManualClock } from '../../support/manual-clock.js';

const DAY_MS = 86_400_000;
const CREATED = Date.UTC(2026, 0, 1);
const crypto = createLocalCrypto({ clock: new ManualClock(CREATED + 400 * DAY_MS), budgetMs: 120_000 });
after(() => crypto.close());

const userIDs = Array.from({ length: 12 }, (_, index) => ({ email: `anton${index}@example.com` }));
const { privateKey } = await generateKey({
  ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs, date: new Date(CREATED), format: 'object' },
} as const);
const DAYS = Array.from({ length: 20 }, (_, index) => 20 * (index + 1));
/** Each moves the end on to thirty days from then. */
const renewed = await Promise.all(
  DAYS.map(async (days) => {
    const date = new Date(CREATED + days * DAY_MS);
    const keyExpirationTime = (days + 30) * 86_400;
    return (await reformatKey({ privateKey, userIDs, date, keyExpirationTime, format: 'object' })).publicKey;
  }),
);

const latest = renewed.slice(-6);

/** The key with all signatures of its renewals. */
function withAll(order: typeof renewed): Uint8Array {
  const packets = new PacketList<BasePacket>();
  packets.push(privateKey.toPublic().keyPacket);
  for (const [index, { userID }] of privateKey.users.entries()) {
    if (userID) packets.push(userID, ...order.flatMap(({ users }) => users[index]?.selfCertifications ?? []));
  }
  for (const [index, { keyPacket }] of privateKey.toPublic().subkeys.entries())
    packets.push(keyPacket, ...order.flatMap(({ subkeys }) => subkeys[index]?.bindingSignatures ?? []));
  return packets.write();
}

for (const [name, order] of [
  ['oldest first', renewed],
  ['newest first', renewed.toReversed()],
  ['newest first, each three times', [...latest, ...latest, ...latest].toReversed()],
] as const)
  test(`a key of many names that was renewed often, ${name}, is what its newest signatures say`, async () => {
    const facts = await crypto.inspectPgpKey(withAll(order));
    assert.deepEqual(
      facts.userIds.map(({ email, isSelfSigned }) => ({ email, isSelfSigned })),
      userIDs.map(({ email }) => ({ email, isSelfSigned: true })),
    );
    const { isSelfSigned, canEncryptNow, expiresAt, isExpired, subkeys } = facts;
    assert.deepEqual(
      { isSelfSigned, canEncryptNow, expiresAt, isExpired, isBound: subkeys[0]?.isBound },
      {
        ...{ isSelfSigned: true, canEncryptNow: true, isBound: true, isExpired: false },
        expiresAt: CREATED + 430 * DAY_MS,
      },
    );
  });

test('a key that very many others have certified is inspected, and they are counted', async () => {
  const { publicKey } = await generateKey({
    ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: [{ email: 'dora@example.com' }], format: 'object' },
    date: new Date(CREATED),
  } as const);
  const certified = await publicKey.signPrimaryUser([privateKey], new Date(CREATED));
  const [user] = certified.users;
  const [other] = user?.otherCertifications ?? [];
  assert(user?.userID && other);
  const packets = new PacketList<BasePacket>();
  packets.push(publicKey.keyPacket, user.userID, ...user.selfCertifications);
  packets.push(...Array.from({ length: 3_500 }, () => other));
  const facts = await crypto.inspectPgpKey(packets.write());
  assert.deepEqual(
    facts.userIds.map(({ isSelfSigned, certificationCount }) => [isSelfSigned, certificationCount]),
    [[true, 3_500]],
  );
});

test('a key of more names than are looked at is refused', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ email: `berta${index}@example.com` }));
  const { publicKey } = await generateKey({
    ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: many, date: new Date(CREATED), format: 'binary' },
  } as const);
  await assert.rejects(crypto.inspectPgpKey(publicKey), { code: 'PROCESSING_LIMIT', path: ['key'] });
});
