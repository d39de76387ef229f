import type { PgpComponentFacts, PgpKeyFacts } from './local/index.js';
import type { PublicKey, PublicRing } from './wire/keys.js';

/** Something the server says of a key which the key itself does not. */
export interface Disagreement {
  /** Decimal. */
  readonly keyId: string;
  /** What is disagreed upon, by the name of the wire. */
  readonly field:
    | 'id'
    | 'fingerPrint'
    | 'expired'
    | 'revoked'
    | 'creationTime'
    | 'validSeconds'
    | 'masterKey'
    | 'encryptionKey'
    | 'userIds';
  /** Null: the server knows nothing of it. */
  readonly server: string | null;
  /** Null: it is not in the key. */
  readonly key: string | null;
}

/** Compares what the server says of a ring with what the ring itself holds. */
export function findDisagreements(ring: PublicRing, facts: PgpKeyFacts): readonly Disagreement[] {
  const inKey = new Map<string, PgpComponentFacts>(
    [facts, ...facts.subkeys].map((component) => [component.keyId, component]),
  );
  const told = new Set(ring.keys.map(({ id }) => id));
  return [
    ...ring.keys.flatMap((key): Disagreement[] => {
      const found = inKey.get(key.id);
      if (!found) return [{ keyId: key.id, field: 'id', server: key.id, key: null }];
      const isMaster = key.id === facts.keyId;
      return [
        ...compare(key, found, isMaster),
        ...(isMaster
          ? differ(key.id, 'userIds', sorted(key.userIds), sorted(facts.userIds.map(({ userId }) => userId)))
          : []),
      ];
    }),
    ...[...inKey.keys()]
      .filter((id) => !told.has(id))
      .map((id): Disagreement => ({ keyId: id, field: 'id', server: null, key: id })),
  ];
}

function compare(key: PublicKey, facts: PgpComponentFacts, isMaster: boolean): Disagreement[] {
  const { id } = key;
  return [
    ...differ(id, 'fingerPrint', key.fingerPrint, facts.fingerprint),
    ...differ(id, 'expired', key.expired, facts.isExpired),
    ...differ(id, 'revoked', key.revoked, facts.isRevoked),
    ...(key.creationTime === null ? [] : differ(id, 'creationTime', key.creationTime, facts.createdAt)),
    ...differ(id, 'validSeconds', Math.max(0, key.validSeconds), secondsOf(facts.createdAt, facts.expiresAt)),
    ...differ(id, 'masterKey', key.masterKey, isMaster),
    ...differ(id, 'encryptionKey', key.encryptionKey, facts.capabilities.includes('ENCRYPT')),
  ];
}

function differ(
  keyId: string,
  field: Disagreement['field'],
  server: string | number | boolean,
  key: string | number | boolean,
): Disagreement[] {
  return server === key ? [] : [{ keyId, field, server: String(server), key: String(key) }];
}

function secondsOf(from: number, until: number | null): number {
  return until === null ? 0 : (until - from) / 1000;
}

function sorted(userIds: readonly string[]): string {
  return [...userIds].sort().join(', ');
}
