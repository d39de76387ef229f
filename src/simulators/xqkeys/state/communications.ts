import { namedRecipients } from './recipients.js';
import { settleAll } from './keys.js';
import { normal, type KeyRecord, type TokenRecord } from './records.js';
import type { World } from './world.js';

/** Numbers of the states a communication can have; a key that was read away counts as revoked (assumed). */
const STATUS = { available: 0, revoked: 1, consumed: 1, expired: 2 } as const;

/** Whether the dashboard of this token shows the key: its team's, its user's own, or one granted to its user. */
export function isShown(key: KeyRecord, { subjects, teamId }: TokenRecord): boolean {
  if (teamId !== undefined && key.teamId === teamId) return true;
  return subjects.some(
    (subject) =>
      normal(subject) === normal(key.owner) || key.grants.some(({ address }) => address === normal(subject)),
  );
}

/** Everything a dashboard shows, last changed first. */
export function shownKeys(world: World, token: TokenRecord): KeyRecord[] {
  settleAll(world);
  return [...world.keys.values()]
    .filter((key) => isShown(key, token))
    .sort((one, other) => other.updatedAt - one.updatedAt);
}

/** A key as the dashboard shows it (dossier section 3.23). */
export function communicationOf({ dialect }: World, key: KeyRecord) {
  const { locator, owner, state, type, meta, updatedAt, createdAt, expiresAt, labels } = key;
  return {
    token: locator,
    user: owner,
    status: STATUS[state],
    type,
    meta: dialect.metaAsText ? JSON.stringify(meta) : meta,
    updated: updatedAt,
    recipients: namedRecipients(key),
    created: createdAt,
    expires: expiresAt,
    threat: 1,
    labels,
  };
}

export type Communication = ReturnType<typeof communicationOf>;
