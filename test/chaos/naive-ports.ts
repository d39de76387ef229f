import { Redis } from 'ioredis';
import type {
  Commit,
  CommitOutcome,
  EventBus,
  WatchEvent,
  WatchHistory,
  WatchSpec,
  WatchStore,
} from '../../src/live/ports.js';
import { ownerKey } from '../../src/owner.js';
import { decodeEvent, decodeSpec, encodeEvent, encodeSpec } from '../../src/live/event-codec.js';

/**
 * The control: what one would write first over Redis. Read, compare, write, publish; no fence, no log, nothing atomic,
 * and nothing read again when a subscription comes back. The run must see through it.
 */
export async function openNaivePorts(url: string): Promise<{ store: WatchStore; bus: EventBus }> {
  const [redis, subscriber] = [new Redis(url), new Redis(url)];
  for (const connection of [redis, subscriber]) connection.on('error', () => undefined);
  return { store: new NaiveStore(redis), bus: new NaiveBus(subscriber) };
}

const ACTIVE = 'naive:active';
const keyOf = (id: string): string => `naive:${id}`;

class NaiveStore implements WatchStore {
  constructor(readonly redis: Redis) {}

  async ensure(spec: WatchSpec, first?: Omit<WatchEvent, 'sequence'>): Promise<'created' | 'existing'> {
    if (await this.redis.exists(keyOf(spec.id))) return 'existing';
    await this.redis.hset(keyOf(spec.id), 'spec', encodeSpec(spec));
    if (first) await this.#write(spec.id, { sequence: 1, ...first });
    await this.redis.sadd(ACTIVE, spec.id);
    return 'created';
  }

  async begin(id: string): ReturnType<WatchStore['begin']> {
    const found = await this.#find(id);
    return found && { fence: 1, ...found };
  }

  beginTurn(id: string): ReturnType<WatchStore['begin']> {
    return this.begin(id);
  }

  async keepTurn(): Promise<void> {}

  async endTurn(): Promise<void> {}

  async commit({ id, event }: Commit): Promise<CommitOutcome> {
    const found = await this.#find(id);
    if (!found) return { outcome: 'UNKNOWN' };
    const { latest } = found;
    if (JSON.stringify(latest?.state) === JSON.stringify(event.state)) return { outcome: 'SAME' };
    const sequence = (latest?.sequence ?? 0) + 1;
    await this.#write(id, { sequence, ...event });
    if (event.terminal) await this.redis.srem(ACTIVE, id);
    return { outcome: 'NEW', sequence };
  }

  async read(id: string, afterSequence?: number): Promise<WatchHistory | undefined> {
    const found = await this.#find(id);
    if (!found) return undefined;
    const { latest } = found;
    const isNew = latest && afterSequence !== undefined && latest.sequence > afterSequence;
    return { ...found, since: isNew ? [latest] : [], truncated: false };
  }

  readMany(ids: readonly string[]): Promise<(WatchEvent | undefined)[]> {
    return Promise.all(ids.map(async (id) => (await this.#find(id))?.latest));
  }

  async *activeOf(_provider: string, owner: string): AsyncIterable<WatchSpec> {
    for await (const spec of this.active()) if (ownerKey(spec.owner) === owner) yield spec;
  }

  async *active(): AsyncIterable<WatchSpec> {
    for (const id of await this.redis.smembers(ACTIVE)) {
      const found = await this.#find(id);
      if (found) yield found.spec;
    }
  }

  activeCount(): Promise<number> {
    return this.redis.scard(ACTIVE);
  }

  async keepInterest(): Promise<void> {}

  async interestUntil(): Promise<number> {
    return 0;
  }

  async close(): Promise<void> {}

  async #find(id: string): Promise<{ spec: WatchSpec; latest?: WatchEvent } | undefined> {
    const { spec, sequence, event } = await this.redis.hgetall(keyOf(id));
    if (spec === undefined) return undefined;
    const latest = event === undefined ? {} : { latest: decodeEvent(Number(sequence), event) };
    return { spec: decodeSpec(spec), ...latest };
  }

  async #write(id: string, event: WatchEvent): Promise<void> {
    await this.redis.hset(keyOf(id), 'sequence', event.sequence, 'event', encodeEvent(event));
    await this.redis.publish(keyOf(id), String(event.sequence));
  }
}

class NaiveBus implements EventBus {
  constructor(readonly redis: Redis) {}

  async listen(id: string, wake: () => void): Promise<() => Promise<void>> {
    const onMessage = (channel: string): void => {
      if (channel === keyOf(id)) wake();
    };
    this.redis.setMaxListeners(0);
    this.redis.on('message', onMessage);
    await this.redis.subscribe(keyOf(id));
    return async () => {
      this.redis.off('message', onMessage);
    };
  }

  onReconnect(): () => void {
    return () => undefined;
  }

  async close(): Promise<void> {}
}
