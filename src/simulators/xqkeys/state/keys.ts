import { keyExpired, keyGone, forbidden, Refusal } from '../wire/refusal.js';
import type { KeyPolicy } from '../wire/packet-request.js';
import { recordEvent } from './events.js';
import { scriptOf } from './key-scripts.js';
import { grantsFor, isGranted, isOwned } from './recipients.js';
import { normal, type KeyRecord, type TokenRecord } from './records.js';
import type { World } from './world.js';

/** A key on its way into the store. */
export interface KeyOrder extends KeyPolicy {
  readonly key: string;
  readonly owner: string;
  readonly teamId: number | undefined;
}

/** Stores a key; its locator is all that leads to it. A lifetime of 0 stores it expired. */
export function storeKey(world: World, { recipients, lifetimeMs, labels, ...order }: KeyOrder): KeyRecord {
  const createdAt = world.now();
  const record: KeyRecord = {
    ...order,
    meta: { ...order.meta },
    labels: [...labels],
    locator: world.secretText(),
    grants: grantsFor(world, recipients, order.teamId),
    createdAt,
    updatedAt: createdAt,
    expiresAt: createdAt + lifetimeMs,
    state: 'available',
    ...scriptOf(labels, createdAt),
  };
  world.keys.set(record.locator, record);
  recordEvent(world, record, { what: 'create', user: record.owner });
  return record;
}

/** Lets happen what time has brought to a key since it was last looked at. */
export function settle(world: World, key: KeyRecord): void {
  const { fetchedAt, revokedAt, expiresAt } = key;
  const end = Math.min(revokedAt ?? Infinity, expiresAt);
  if (key.state !== 'available') return;
  if (fetchedAt !== undefined && fetchedAt <= world.now() && fetchedAt < end) {
    key.fetchedAt = undefined;
    const user = key.grants[0]?.address ?? key.owner;
    recordEvent(world, key, { what: 'fetch', user, timestamp: fetchedAt });
  }
  if (end > world.now()) return;
  const expired = end === expiresAt;
  key.state = expired ? 'expired' : 'revoked';
  key.updatedAt = end;
  const what = expired ? 'expire' : 'revokeKey';
  recordEvent(world, key, { what, user: key.owner, timestamp: end });
}

/** Lets happen what time has brought to all keys: before anybody looks at lists. */
export function settleAll(world: World): void {
  for (const key of world.keys.values()) settle(world, key);
}

/** The key of this locator as it is now. @throws Refusal when there is none, or its labels want a failure */
export function findKey(world: World, locator: string): KeyRecord {
  const key = world.keys.get(locator);
  if (key === undefined) throw keyGone();
  settle(world, key);
  const { failure } = key;
  if (failure !== undefined && failure.left > 0) {
    failure.left -= 1;
    throw new Refusal(failure.status, 'The service is not available');
  }
  return key;
}

/** The text of a key, for its owner and its recipients; a recipient's reading may be the only one. @throws Refusal */
export function readKey(world: World, key: KeyRecord, token: TokenRecord, ip: string): string {
  const owned = isOwned(key, token);
  if (!owned && !isGranted(key, token)) throw forbidden('The user may not read this key');
  if (key.state === 'expired') throw keyExpired();
  if (key.state !== 'available') throw keyGone();
  recordEvent(world, key, { what: 'fetch', user: token.subjects[0] ?? '', ip });
  if (key.deleteOnRead && !owned) {
    key.state = 'consumed';
    key.updatedAt = world.now();
  }
  return key.key;
}

/** Whole seconds left, 0 when expired. @throws Refusal when it ended otherwise */
export function secondsLeft(world: World, key: KeyRecord, token: TokenRecord): number {
  if (!isOwned(key, token) && !isGranted(key, token)) throw forbidden('The user may not see this key');
  if (key.state === 'expired') return 0;
  if (key.state !== 'available') throw keyGone();
  // A key that lives says so: 0 is for the dead.
  return Math.ceil((key.expiresAt - world.now()) / 1000);
}

/** Takes keys from everybody, for good; all of them or none. @throws Refusal unless the token is their owner's */
export function revokeKeys(world: World, keys: ReadonlySet<KeyRecord>, token: TokenRecord, ip: string): void {
  for (const key of keys) {
    ownKey(key, token);
    if (key.state === 'expired') throw keyExpired();
    if (key.state !== 'available') throw keyGone();
  }
  for (const key of keys) endKey(world, key, ip);
}

/** Revokes it without asking who wants it. */
export function endKey(world: World, key: KeyRecord, ip = ''): void {
  key.state = 'revoked';
  key.updatedAt = world.now();
  recordEvent(world, key, { what: 'revokeKey', user: key.owner, ip });
}

/** Admits more recipients. @throws Refusal unless the key is there and the token its owner's */
export function grantKey(world: World, key: KeyRecord, token: TokenRecord, recipients: string[]): void {
  ownKey(key, token);
  if (key.state !== 'available') throw keyGone();
  const known = new Set(key.grants.map(({ address, via }) => `${address} ${via}`));
  const added = grantsFor(world, recipients, key.teamId).filter(
    ({ address, via }) => !known.has(`${address} ${via}`),
  );
  key.grants.push(...added);
  key.updatedAt = world.now();
  recordEvent(world, key, { what: 'grant', user: key.owner, data: recipients.join(',') });
}

/** Takes the key from recipients, known to anybody or not. @throws Refusal unless the token is its owner's */
export function revokeRecipients(
  world: World,
  key: KeyRecord,
  token: TokenRecord,
  recipients: string[],
): void {
  ownKey(key, token);
  if (key.state !== 'available') throw keyGone();
  const gone = new Set(recipients.map(normal));
  key.grants = key.grants.filter(({ address, via }) => !gone.has(address) && !gone.has(via));
  key.updatedAt = world.now();
  recordEvent(world, key, { what: 'revoke', user: key.owner, data: recipients.join(',') });
}

function ownKey(key: KeyRecord, token: TokenRecord): void {
  if (!isOwned(key, token)) throw forbidden('Only the owner of the key may do this');
}
