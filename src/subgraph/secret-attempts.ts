import { ownerKey } from '../owner.js';
import type { Owner } from '../owner.js';
import { hashOf } from './attempt-limit.js';
import type { AttemptCheck } from './attempt-limit.js';
import type { Commands } from './commands.js';

/** Most wrong tries within each window. */
interface WrongTries {
  readonly perMinute: number;
  readonly perHour: number;
  readonly perDay: number;
}

/**
 * How many wrong tries at one secret are let through. Those who have never got it right share one count, whoever and of
 * whichever tenant they are; those who have, share another: so strangers cannot lock them out.
 */
export interface SecretPolicy {
  readonly strangers: WrongTries;
  readonly known: WrongTries;
}

/** A secret that a command tries. */
export interface SecretTry {
  /** Whose, for example provider and user, spelled in one way however a caller may; only its hash is kept. */
  readonly subject: readonly string[];
  /** Default `SECRET_POLICY`. */
  readonly policy?: SecretPolicy;
}

const TRIES: WrongTries = { perMinute: 5, perHour: 10, perDay: 20 };
export const SECRET_POLICY: SecretPolicy = { strangers: TRIES, known: TRIES };

/** How long it is remembered that somebody got a secret right. */
const KNOWN_MS = 30 * 24 * 3_600_000;
const COLLECTION = 'knows-secret';

/** What is counted of tries at secrets, and what is to be remembered when they were right. */
export interface SecretAttempts {
  readonly checks: readonly AttemptCheck[];
  /** Never rejects: where it cannot be kept, they stay strangers. */
  remember(): Promise<void>;
}

export async function secretAttempts(
  { records, clock, account }: Pick<Commands, 'records' | 'clock' | 'account'>,
  caller: Owner,
  tries: readonly SecretTry[],
): Promise<SecretAttempts> {
  const owner = ownerKey(caller);
  const at = account === undefined ? [] : ['account', account];
  const ids = tries.map(({ subject }) => hashOf([...at, ...subject]));
  const found = tries.length === 0 ? [] : await records.getMany(COLLECTION, owner, ids);
  return {
    checks: tries.flatMap(({ subject, policy = SECRET_POLICY }, index) => {
      const who = found[index] ? 'known' : 'strangers';
      return windowsOf(policy[who]).map((window) => ({
        subject: ['secret', who, `${window.windowMs}`, ...at, ...subject],
        policy: window,
        counts: 'WRONG' as const,
        isForgiving: who === 'known',
      }));
    }),
    async remember() {
      const createdAt = clock.now();
      const unknown = ids.filter((_id, index) => !found[index]);
      const record = { collection: COLLECTION, owner, value: '', createdAt, expiresAt: createdAt + KNOWN_MS };
      await Promise.allSettled(unknown.map((id) => records.put({ ...record, id })));
    },
  };
}

function windowsOf({ perMinute, perHour, perDay }: WrongTries): readonly AttemptCheck['policy'][] {
  return [
    { limit: perMinute, windowMs: 60_000 },
    { limit: perHour, windowMs: 3_600_000 },
    { limit: perDay, windowMs: 86_400_000 },
  ];
}
