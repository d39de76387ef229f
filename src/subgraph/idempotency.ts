import { randomUUID } from 'node:crypto';
import { checkFilled } from '../check-given.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { ownerKey } from '../owner.js';
import type { Owner } from '../owner.js';
import { invalidInput, ProviderError, StoreUnavailableError } from '../provider-error.js';
import type { ProblemCode } from '../provider-error.js';
import type { Lease, Liveness } from '../store/liveness.js';
import type { RecordStore, StoredRecord } from '../store/record-store.js';
import type { Vault } from '../vault/vault.js';
import type { KeepLater } from './keep-later.js';
import { openEntry, sealOutcome, writeClaim } from './idempotency-entry.js';
import type { Outcome } from './idempotency-entry.js';

/** A command that a client may send again without its happening again. */
export interface Command {
  readonly owner: Owner;
  /** Name of the mutation: keys of different mutations have nothing to do with each other. */
  readonly operation: string;
  /** The client's `idempotencyKey`; without one the work is done each time. */
  readonly key: string | null | undefined;
  /** What the client asked for, as JSON. */
  readonly input: unknown;
}

/** Makes the same key and input give the first result for 24 hours, however often and wherever it is asked for. */
export interface Idempotency {
  /**
   * Nothing is begun that could not be written down before, with a key or without: a store that cannot keep what is
   * about to happen refuses it. `work` is begun once per key at the most, unless it threw an error of `NOTHING_HAPPENED`: then the key is free again.
   * A work of several steps must therefore throw OUTCOME_UNKNOWN once a step has had an effect it cannot take back.
   * Its result must be the same after a turn through JSON.
   * @param ask finds out what has become of an earlier work of this key whose outcome is unknown. It answers the result, or
   * undefined when it has not happened: then `work` is done. It throws as long as nobody can tell.
   * @throws ProviderError STORE_UNAVAILABLE, INVALID_INPUT (key), IDEMPOTENCY_MISMATCH, OUTCOME_UNKNOWN (the first one was cut off), or
   * what the first one threw
   */
  run<Result>(
    command: Command,
    work: () => Promise<Result>,
    ask?: () => Promise<{ readonly result: Result } | undefined>,
  ): Promise<Result>;
}

export interface IdempotencyOptions {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Keeps a result once the store is back: until then, whoever repeats the command waits for it. */
  readonly later: KeepLater;
  /** Milliseconds after which a command without a result counts as cut off; longer than the longest work. Default 60 000. */
  readonly leaseMs?: number;
  /** Default: nothing is known of processes, and a lease ends by its time. */
  readonly liveness?: Liveness | undefined;
}

/** Errors after which it is certain that nothing has happened and another try may end otherwise. */
export const NOTHING_HAPPENED: ReadonlySet<ProblemCode> = new Set([
  'INVALID_INPUT',
  'NOT_CONFIGURED',
  'FORBIDDEN',
  'PROVIDER_UNAUTHENTICATED',
  'CREDENTIAL_EXPIRED',
  'SIGN_IN_REQUIRED',
  'LOCKED',
  'RATE_LIMITED',
  'QUOTA_EXCEEDED',
  'NOT_SUPPORTED',
  'TOO_LARGE',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_UNTRUSTED',
  'STORE_UNAVAILABLE',
]);

/** What says in the store that a command is under way, and what tells how long others shall believe it. */
interface Held {
  readonly claim: StoredRecord;
  readonly lease: Lease | undefined;
}

const COLLECTION = 'idempotency';
/** More are not held in memory: the store has then been away for long. */
const MOST_UNKEPT = 10_000;
const KEPT_MS = 24 * 60 * 60 * 1000;
const LOOK_AGAIN_MS = 100;
const KEY_PATH = ['idempotencyKey'];

export function createIdempotency(options: IdempotencyOptions): Idempotency {
  const { records, vault, clock, logger, later, leaseMs = 60_000, liveness } = options;
  // What this process itself is busy with: waiting for that needs no looking again.
  const underWay = new Map<string, Promise<unknown>>();

  // What this process knows and the store does not yet: whoever repeats the command here need not wait for that.
  const unkept = new Map<string, { readonly value: string; readonly outcome: Outcome }>();

  const keep = async (claim: StoredRecord, outcome: Outcome): Promise<unknown> =>
    isOver(outcome)
      ? records.delete(claim.collection, claim.owner, claim.id)
      : records.put({ ...claim, value: sealOutcome(claim, outcome, vault) }, claim.value);

  const settle = async ({ claim, lease }: Held, outcome: Outcome): Promise<void> => {
    try {
      await keep(claim, outcome);
      lease?.end(true);
    } catch (error) {
      lease?.end(false);
      // The client learns what happened all the same.
      logger.error({ event: 'idempotency', err: error }, 'the result of a command could not be kept');
      const { collection, owner, id, value } = claim;
      const flight = flightOf(claim);
      if (unkept.size < MOST_UNKEPT) unkept.set(flight, { value, outcome });
      later.keep(COLLECTION, async () => {
        // Whoever came when its time was over may have taken the key.
        if ((await records.get(collection, owner, id))?.value === value) await keep(claim, outcome);
        if (unkept.get(flight)?.value === value) unkept.delete(flight);
      });
    }
  };

  /** Whether the command was cut off: its process is gone, or has had time enough. */
  const isCutOff = async ({ instance, leaseEndsAt }: ReturnType<typeof openEntry>): Promise<boolean> =>
    leaseEndsAt <= clock.now() ||
    (liveness !== undefined && instance !== undefined && !(await liveness.isAlive(instance)));

  /** Without a key, what is written down before is there for as long as the command takes. */
  const once = async <Result>(claim: StoredRecord, work: () => Promise<Result>): Promise<Result> => {
    await records.claim(claim);
    try {
      return await work();
    } finally {
      await records.delete(claim.collection, claim.owner, claim.id).catch((error: unknown) => {
        logger.warn({ event: 'idempotency', err: error }, 'the claim of a command stays until it expires');
      });
    }
  };

  const first = async <Result>(held: Held, work: () => Promise<Result>): Promise<Result> => {
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      const known =
        error instanceof ProviderError ? error : new ProviderError('OUTCOME_UNKNOWN', { cause: error });
      await settle(held, { error: known });
      throw error;
    }
    await settle(held, { result });
    return result;
  };

  /** Until something is found out, the outcome stays what it was. */
  const asked = async <Result>(
    held: Held,
    error: ProviderError,
    ask: () => Promise<{ readonly result: Result } | undefined>,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    let found: { readonly result: Result } | undefined;
    try {
      found = await ask();
    } catch (cause) {
      logger.info({ event: 'idempotency', err: cause }, 'what has become of a command is still unknown');
      const known = cause instanceof ProviderError && cause.code === 'OUTCOME_UNKNOWN' ? cause : error;
      await settle(held, { error: known });
      throw known;
    }
    if (!found) return first(held, work);
    await settle(held, found);
    return found.result;
  };

  return {
    async run<Result>(
      { owner, operation, key, input }: Command,
      work: () => Promise<Result>,
      ask?: () => Promise<{ readonly result: Result } | undefined>,
    ): Promise<Result> {
      const text = canonical(input);
      const collection = COLLECTION;
      const claimOf = (id: string, keptMs: number, instance?: string): StoredRecord => {
        const createdAt = clock.now();
        const value = writeClaim({
          fingerprint: vault.fingerprint(text),
          leaseEndsAt: createdAt + leaseMs,
          ...(instance !== undefined && { instance }),
        });
        return { collection, owner: ownerKey(owner), id, value, createdAt, expiresAt: createdAt + keptMs };
      };
      // No key holds a line break.
      if (key === null || key === undefined)
        return once(claimOf(`${operation}\n${randomUUID()}`, leaseMs), work);
      checkIdempotencyKey(key);
      const place = { collection, owner: ownerKey(owner), id: `${operation}:${key}` };
      const flight = flightOf(place);
      /** Does it when `take` could write that it is begun. */
      const holding = async (
        take: (claim: StoredRecord) => Promise<boolean>,
        run: (held: Held) => Promise<Result>,
      ): Promise<{ readonly running: Promise<Result> } | undefined> => {
        const lease = await liveness?.begin();
        const claim = claimOf(place.id, KEPT_MS, lease?.instance);
        try {
          if (!(await take(claim))) {
            lease?.end(true);
            return undefined;
          }
        } catch (error) {
          lease?.end(false);
          throw error;
        }
        const running = run({ claim, lease }).finally(() => underWay.delete(flight));
        underWay.set(flight, running);
        return { running };
      };
      for (;;) {
        const begun = await holding(
          (claim) => records.claim(claim),
          (held) => first(held, work),
        );
        if (begun) return begun.running;
        const record = await records.get(place.collection, place.owner, place.id);
        if (record === undefined) continue;
        const entry = openEntry(record);
        if (!vault.matchesFingerprint(text, entry.fingerprint)) {
          throw new ProviderError('IDEMPOTENCY_MISMATCH', { path: KEY_PATH });
        }
        const known = unkept.get(flight);
        if (known?.value === record.value && isOver(known.outcome)) {
          await records.delete(place.collection, place.owner, place.id);
          continue;
        }
        const outcome = known?.value === record.value ? known.outcome : entry.outcome(vault);
        if (outcome && 'result' in outcome) return outcome.result as Result;
        const running = outcome ? undefined : underWay.get(flight);
        if (running) return running as Promise<Result>;
        const error =
          outcome?.error ?? ((await isCutOff(entry)) ? new ProviderError('OUTCOME_UNKNOWN') : null);
        if (error?.code === 'OUTCOME_UNKNOWN' && ask) {
          // Of several who come again at once, one asks.
          const asking = await holding(
            ({ value }) => records.put({ ...record, value }, record.value),
            ({ claim, lease }) =>
              asked({ claim: { ...record, value: claim.value }, lease }, error, ask, work),
          ).catch((cause: unknown) => {
            throw cause instanceof StoreUnavailableError ? error : cause;
          });
          if (asking) return asking.running;
          continue;
        }
        if (error) throw error;
        await new Promise<void>((resolve) => {
          clock.schedule(Math.min(LOOK_AGAIN_MS, entry.leaseEndsAt - clock.now()), resolve);
        });
      }
    },
  };
}

/** Whether it is as if it had never been: the key is free again. */
function isOver(outcome: Outcome): boolean {
  return 'error' in outcome && NOTHING_HAPPENED.has(outcome.error.code);
}

function flightOf({ collection, owner, id }: Pick<StoredRecord, 'collection' | 'owner' | 'id'>): string {
  return JSON.stringify({ collection, owner, id });
}

/** @throws ProviderError INVALID_INPUT for a key that breaks the rule */
export function checkIdempotencyKey(key: string | null | undefined): void {
  if (key === null || key === undefined) return;
  checkFilled(KEY_PATH, key);
  if (/^[\x20-\x7e]{1,128}$/.test(key)) return;
  throw invalidInput(KEY_PATH, 'MALFORMED', 'idempotencyKey must have 1 to 128 printable ASCII characters.');
}

/** One text per input, whatever the order of its fields. */
function canonical(input: unknown): string {
  const sorted = (_name: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(input, sorted) ?? 'null';
}
