import type { Clock } from '../../clock.js';
import type { Reading, WatchKind } from '../../live/watch-kind.js';
import type { SessionKey } from '../kit/with-session.js';
import { isWhole } from '../kit/odd-parts.js';
import type { KeyRing, PublicKey } from './wire/keys.js';

/** What can happen to a user's rings, and how it is told. */
export const KEY_CHANGES = {
  ADDED: 'A key ring, or a subkey of one, is new.',
  REMOVED: 'A key ring, or a subkey of one, is no longer there.',
  EXPIRED: 'The time of a key is over, or was made longer; to is `true` or `false`.',
  EXPIRY: 'A key ends at another time; from and to are ISO 8601, null: never.',
  REVOKED: 'A key was revoked.',
  CURRENT: 'A ring became the one for new mails, or ceased to be; to is `true` or `false`.',
  USER_IDS: 'A ring has other user ids; from and to are as many as there are.',
  PASSWORD: 'A ring has another password; from and to are ISO 8601.',
} as const;

/** One thing about a key that is different now. */
export type KeyChange = {
  readonly kind: keyof typeof KEY_CHANGES;
  /** Of the ring's master key. */
  readonly ringId: string;
  /** Of the key it is about, which may be a subkey. */
  readonly keyId: string;
  readonly from: string | null;
  readonly to: string | null;
};

/** A ring as far as its changes are told. */
export type RingState = {
  readonly isCurrent: boolean;
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly passwordChangedAt: number | null;
  /** Of the master key first, by id. */
  readonly keys: readonly {
    readonly id: string;
    readonly isExpired: boolean;
    readonly isRevoked: boolean;
    /** Milliseconds since the epoch; null: never. Missing: nobody knows. */
    readonly expiresAt?: number | null;
  }[];
};

/** A user's rings by the id of their master key. */
export type KeysState = {
  readonly rings: { readonly [id: string]: RingState };
  /** There are others, which could not be understood; of what was read alone. */
  readonly isPart?: true;
};

const POLL_MS = 120_000;
const AFTER_END_MS = 1_000;

export function toKeysState(rings: readonly KeyRing[]): KeysState {
  return {
    ...(!isWhole(rings) && { isPart: true }),
    rings: Object.fromEntries(
      rings.flatMap(({ publicRing, current, passwordModificationTimestamp }) => {
        const keys = publicRing?.keys ?? [];
        const master = keys.find(({ masterKey }) => masterKey) ?? keys[0];
        if (!master) return [];
        const state: RingState = {
          isCurrent: current,
          fingerprint: master.fingerPrint,
          userIds: master.userIds,
          passwordChangedAt: passwordModificationTimestamp,
          keys: keys.map((key) => ({
            id: key.id,
            isExpired: key.expired,
            isRevoked: key.revoked,
            ...(isEndKnown(key) && { expiresAt: expiresAt(key) }),
          })),
        };
        return [[master.id, state]];
      }),
    ),
  };
}

/** Milliseconds since the epoch; null: never, or nobody knows. */
export function expiresAt({ creationTime, validSeconds }: PublicKey): number | null {
  return validSeconds > 0 && creationTime !== null ? creationTime + validSeconds * 1000 : null;
}

function isEndKnown({ creationTime, validSeconds }: PublicKey): boolean {
  return validSeconds === 0 || creationTime !== null;
}

/** What a read did not tell is as it was. */
function merged(previous: KeysState | undefined, { isPart, rings }: KeysState): KeysState {
  const known = previous?.rings ?? {};
  const told = Object.entries(rings).map(([id, ring]): [string, RingState] => {
    const keys = ring.keys.map((key) => ({ ...known[id]?.keys.find((one) => one.id === key.id), ...key }));
    return [id, { ...ring, keys }];
  });
  return { rings: { ...(isPart && known), ...Object.fromEntries(told) } };
}

/** Reads key rings for those who watch. */
export interface KeysReader {
  keys(key: SessionKey): Promise<Reading<KeysState>>;
}

/** A user's own PGP rings (dossier section 5): read only while somebody is subscribed. */
export function keysWatch(clock: Clock): WatchKind<SessionKey, KeysState, KeysReader> {
  return {
    name: 'guardcrypto.keys',
    provider: 'guardcrypto',
    read: (reader, keys) => Promise.all(keys.map((key) => reader.keys(key))),
    merge: merged,
    isTerminal: () => false,
    // A key expires without anybody doing anything, at a time that is known.
    pollDelayMs(state) {
      const now = clock.now();
      const ends = Object.values(state.rings)
        .flatMap(({ keys }) => keys)
        .flatMap(({ expiresAt: end }) =>
          typeof end === 'number' && end > now ? [end + AFTER_END_MS - now] : [],
        );
      return Math.max(AFTER_END_MS, Math.min(POLL_MS, ...ends));
    },
    describe: (previous, next) => (previous ? changesOf(previous, next) : []),
  };
}

function changesOf(before: KeysState, after: KeysState): KeyChange[] {
  const gone = Object.keys(before.rings).filter((id) => !Object.hasOwn(after.rings, id));
  return [
    ...Object.entries(after.rings).flatMap(([id, ring]): KeyChange[] => {
      const known = before.rings[id];
      return known
        ? ringChanges(id, known, ring)
        : [{ kind: 'ADDED', ringId: id, keyId: id, from: null, to: null }];
    }),
    ...gone.map((id): KeyChange => ({ kind: 'REMOVED', ringId: id, keyId: id, from: null, to: null })),
  ];
}

function ringChanges(ringId: string, before: RingState, after: RingState): KeyChange[] {
  const known = new Map(before.keys.map((key) => [key.id, key]));
  const change = (kind: KeyChange['kind'], keyId: string, from: Told, to: Told): KeyChange[] =>
    from === to ? [] : [{ kind, ringId, keyId, from: worded(from), to: worded(to) }];
  // None from or to what nobody knows.
  const expiry = (keyId: string, from?: number | null, to?: number | null): KeyChange[] =>
    from === undefined || to === undefined ? [] : change('EXPIRY', keyId, isoOf(from), isoOf(to));
  return [
    ...change('CURRENT', ringId, before.isCurrent, after.isCurrent),
    ...(before.userIds.join('\n') === after.userIds.join('\n')
      ? []
      : [
          {
            kind: 'USER_IDS' as const,
            ringId,
            keyId: ringId,
            from: String(before.userIds.length),
            to: String(after.userIds.length),
          },
        ]),
    ...change('PASSWORD', ringId, isoOf(before.passwordChangedAt), isoOf(after.passwordChangedAt)),
    ...after.keys
      .filter(({ id }) => !known.has(id))
      .map(({ id }): KeyChange => ({ kind: 'ADDED', ringId, keyId: id, from: null, to: null })),
    ...before.keys
      .filter(({ id }) => !after.keys.some((key) => key.id === id))
      .map(({ id }): KeyChange => ({ kind: 'REMOVED', ringId, keyId: id, from: null, to: null })),
    ...after.keys.flatMap(({ id, isExpired, isRevoked, expiresAt: end }) => [
      ...expiry(id, known.get(id)?.expiresAt, end),
      ...change('EXPIRED', id, known.get(id)?.isExpired ?? false, isExpired),
      ...change('REVOKED', id, known.get(id)?.isRevoked ?? false, isRevoked),
    ]),
  ];
}

type Told = string | boolean | null;

function worded(value: Told): string | null {
  return value === null ? null : String(value);
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
