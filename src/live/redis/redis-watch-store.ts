import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.js';
import { ownerKey } from '../../owner.js';
import { answerOf } from '../../redis/answer-of.js';
import type { Keys } from '../../redis/keys.js';
import type { RedisClient } from '../../redis/redis-client.js';
import {
  decodeEvent,
  decodeKnown,
  decodeSpec,
  encodeEvent,
  encodeSpec,
  eventFingerprint,
} from '../event-codec.js';
import type {
  Begun,
  Commit,
  CommitOutcome,
  Known,
  WatchEvent,
  WatchHistory,
  WatchSpec,
  WatchStore,
} from '../ports.js';
import {
  beginScript,
  beginTurnScript,
  commitScript,
  endTurnScript,
  ensureScript,
  forgetScript,
  keepInterestScript,
  keepTurnScript,
  readScript,
} from './watch-scripts.js';

export interface RedisWatchStoreOptions {
  readonly clock: Clock;
  /** How many of its newest events each watch keeps. Default 128. */
  readonly retainedEvents?: number;
  /** Milliseconds a finished watch, or one that rests because nobody is subscribed, is kept. Default 24 hours. */
  readonly retentionMs?: number;
}

const placed = z.tuple([z.string(), z.tuple([z.literal('e'), z.string()])]);
const entry = placed.transform(([place, [, text]]) => decodeEvent(Number.parseInt(place, 10), text));
const knownEntry = placed.transform(([place, [, text]]) => decodeKnown(Number.parseInt(place, 10), text));
const latestEntry = z.array(entry).transform(([latest]) => (latest ? { latest } : {}));
const spec = z.string().transform(decodeSpec);

const begun = z
  .tuple([z.number(), spec, latestEntry])
  .transform(([fence, watch, latest]) => ({ fence, spec: watch, ...latest }));
const turn = z.union([begun, z.number().transform((heldForMs) => ({ heldForMs }))]);
const history = z.tuple([spec, latestEntry, z.array(entry)]).nullable();
const committed = z.union([
  z.tuple([z.literal('NEW'), z.number(), spec, z.number()]),
  z.tuple([z.enum(['SAME', 'MISSING', 'STALE', 'CONFLICT', 'ENDED', 'UNKNOWN'])]),
]);

// Looked at when a watch is added to the index of its owner: more than are added, so that what is over leaves sooner.
const TIDIED = 2;
// An index entry this young may belong to a watch that is just being made.
const SETTLED_AFTER_MS = 60_000;

/**
 * Watches and their logs in Redis. State, log and wake-up change in one script. Which watches are active stands in an
 * index per provider and one per owner, in other slots: they are written before the watch and cleared after its end, so
 * a crash in between leaves an entry too much, never one too few; whoever comes upon one removes it.
 */
export class RedisWatchStore implements WatchStore {
  readonly #redis: RedisClient;
  readonly #keys: Keys;
  readonly #clock: Clock;
  readonly #retainedEvents: number;
  readonly #retentionMs: number;

  constructor(redis: RedisClient, keys: Keys, options: RedisWatchStoreOptions) {
    this.#redis = redis;
    this.#keys = keys;
    this.#clock = options.clock;
    this.#retainedEvents = options.retainedEvents ?? 128;
    this.#retentionMs = options.retentionMs ?? 24 * 60 * 60_000;
  }

  async ensure(watch: WatchSpec, first?: Omit<WatchEvent, 'sequence'>): Promise<'created' | 'existing'> {
    // What is over from the beginning is active nowhere.
    const isOver = first?.terminal === true;
    if (!isOver) await this.#activate(watch);
    const found = await ensureScript.run(this.#redis, this.#keysOf(watch.id), [
      encodeSpec(watch),
      watch.onlyWhileSubscribed ? watch.createdAt + this.#retentionMs : '',
      ...(first ? this.#eventArguments(first) : ['', '', '', this.#retainedEvents, this.#retentionMs]),
    ]);
    const isCreated = found === 'created';
    if (found === 'ended' && !isOver) await this.#deactivate(watch);
    // A watch that rests is forgotten by Redis, which does not know of the indexes.
    else if (isCreated && watch.onlyWhileSubscribed) await this.#tidy(watch);
    return isCreated ? 'created' : 'existing';
  }

  async begin(id: string): Promise<Begun | undefined> {
    const found = await beginScript.run(this.#redis, this.#keysOf(id), []);
    return begun.nullable().parse(found) ?? undefined;
  }

  async beginTurn(id: string, forMs: number): Promise<Begun | { heldForMs: number } | undefined> {
    const found = await beginTurnScript.run(this.#redis, this.#keysOf(id), [forMs]);
    return turn.nullable().parse(found) ?? undefined;
  }

  async keepTurn(id: string, fence: number, forMs: number): Promise<void> {
    await keepTurnScript.run(this.#redis, this.#keysOf(id), [fence, forMs]);
  }

  async endTurn(id: string, fence: number): Promise<void> {
    await endTurnScript.run(this.#redis, this.#keysOf(id), [fence]);
  }

  async commit(commit: Commit): Promise<CommitOutcome> {
    const answer = committed.parse(
      await commitScript.run(this.#redis, this.#keysOf(commit.id), [
        commit.fence,
        commit.expectedSequence,
        commit.patienceMs ?? 0,
        ...this.#eventArguments(commit.event),
      ]),
    );
    if (answer[0] !== 'NEW') return { outcome: answer[0] };
    const [, sequence, watch, hadEnded] = answer;
    if (commit.event.terminal) await this.#deactivate(watch);
    else if (hadEnded === 1) await this.#activate(watch);
    return { outcome: 'NEW', sequence };
  }

  async read(id: string, afterSequence?: number): Promise<WatchHistory | undefined> {
    const found = history.parse(await readScript.run(this.#redis, this.#keysOf(id), [afterSequence ?? '']));
    if (!found) return undefined;
    const [watch, latest, since] = found;
    const isBehind = afterSequence !== undefined && afterSequence !== (latest.latest?.sequence ?? 0);
    const truncated = isBehind && since[0]?.sequence !== afterSequence + 1;
    return { spec: watch, ...latest, since: truncated ? [] : since, truncated };
  }

  readMany(ids: readonly string[]): Promise<(Known | undefined)[]> {
    return Promise.all(
      ids.map(async (id) => {
        const newest = await answerOf(this.#redis.xrevrange(this.#keys.log(id), '+', '-', 'COUNT', 1));
        return z.array(knownEntry).parse(newest)[0];
      }),
    );
  }

  active(provider: string): AsyncIterable<WatchSpec> {
    return this.#activeIn(this.#keys.active(provider));
  }

  activeOf(provider: string, owner: string): AsyncIterable<WatchSpec> {
    return this.#activeIn(this.#keys.activeOf(provider, owner));
  }

  activeCount(provider: string): Promise<number> {
    return answerOf(this.#redis.zcard(this.#keys.active(provider)));
  }

  async keepInterest(id: string, untilMs: number): Promise<void> {
    await keepInterestScript.run(this.#redis, this.#keysOf(id), [untilMs]);
  }

  async interestUntil(id: string): Promise<number> {
    return Number((await answerOf(this.#redis.hget(this.#keys.watch(id), 'interest'))) ?? 0);
  }

  /** Leaves the connection open: that belongs to whoever opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async *#activeIn(index: string): AsyncIterable<WatchSpec> {
    const seen = new Set<string>();
    for (let cursor = '0', isFirst = true; isFirst || cursor !== '0'; isFirst = false) {
      const [next, pairs] = await answerOf(this.#redis.zscan(index, cursor, 'COUNT', 500));
      cursor = next;
      const found = await Promise.all(
        pairsOf(pairs).map(async ([id, score]) => {
          if (seen.has(id)) return undefined;
          seen.add(id);
          return this.#ifActive(index, id, score);
        }),
      );
      yield* found.flatMap((watch) => watch ?? []);
    }
  }

  /** Removes from the index of the watch's owner what is found to be over among a few entries taken at random. */
  async #tidy(watch: WatchSpec): Promise<void> {
    const index = this.#keys.activeOf(watch.provider, ownerKey(watch.owner));
    const pairs = pairsOf(await answerOf(this.#redis.zrandmember(index, TIDIED, 'WITHSCORES')));
    await Promise.all(pairs.map(([id, score]) => this.#ifActive(index, id, score)));
  }

  #indexesOf({ provider, owner }: WatchSpec): [string, string] {
    return [this.#keys.active(provider), this.#keys.activeOf(provider, ownerKey(owner))];
  }

  #keysOf(id: string): [string, string] {
    return [this.#keys.watch(id), this.#keys.log(id)];
  }

  #eventArguments(event: Omit<WatchEvent, 'sequence'>): (string | number)[] {
    const print = createHash('sha256').update(eventFingerprint(event)).digest('base64');
    const endReason = event.terminal ? (event.endReason ?? 'FINISHED') : '';
    return [encodeEvent(event), print, endReason, this.#retainedEvents, this.#retentionMs];
  }

  async #ifActive(index: string, id: string, score: string): Promise<WatchSpec | undefined> {
    const [text, terminal] = await answerOf(this.#redis.hmget(this.#keys.watch(id), 'spec', 'terminal'));
    if (typeof text === 'string' && terminal === null) return decodeSpec(text);
    if (Number(score) <= this.#clock.now() - SETTLED_AFTER_MS)
      await forgetScript.run(this.#redis, [index], [id, score]);
    return undefined;
  }

  async #activate(watch: WatchSpec): Promise<void> {
    const now = this.#clock.now();
    await Promise.all(
      this.#indexesOf(watch).map((index) => answerOf(this.#redis.zadd(index, now, watch.id))),
    );
  }

  async #deactivate(watch: WatchSpec): Promise<void> {
    // The watch has ended all the same; what stays behind is removed when it is come upon.
    await Promise.allSettled(this.#indexesOf(watch).map((index) => this.#redis.zrem(index, watch.id)));
  }
}

/** Members with their scores, as Redis answers them: one after the other. */
function pairsOf(flat: readonly string[]): [string, string][] {
  return flat.flatMap((member, at) => (at % 2 === 0 ? [[member, flat[at + 1] ?? '']] : []));
}
