import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { ProviderError } from '../../src/provider-error.js';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { RedisLiveness } from '../../src/store/redis/redis-liveness.js';
import { RedisRecordStore } from '../../src/store/redis/redis-record-store.js';
import { createIdempotency } from '../../src/subgraph/idempotency.js';
import { createKeepLater } from '../../src/subgraph/keep-later.js';
import { parseKeyRing } from '../../src/vault/key-ring.js';
import { createVault } from '../../src/vault/vault.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';
import type { Teardown } from '../support/simulators.js';

const COMMAND = {
  owner: { tenant: 'acme', subject: 'anna' },
  operation: 'send',
  key: 'k-1',
  input: { to: ['bela'] },
};
// Far longer than a test may take: nobody may wait for it.
const LEASE_MS = 3_600_000;
const clock = systemClock;

/** A server, and processes over it that give signs of life in quick succession. */
async function world(t: Teardown) {
  const server = await RedisServer.start();
  t.after(() => server.stop());
  const vault = createVault(parseKeyRing(`k:${randomBytes(32).toString('base64')}`, 'VAULT_KEYS'));
  return {
    tell: (setting: string, value: string) => server.with((redis) => redis.config('SET', setting, value)),
    async process() {
      const logger = memoryLogger();
      const { commands, close } = await connectRedis({ urls: [server.url], clock, logger });
      const keys = new Keys();
      const liveness = new RedisLiveness(commands, keys, { clock, beatEveryMs: 40, expiryMs: 400 });
      await liveness.start();
      const later = createKeepLater({ clock, logger });
      t.after(async () => {
        later.close();
        await liveness.close();
        close();
      });
      const records = new RedisRecordStore(commands, keys, { clock });
      return createIdempotency({ records, vault, clock, logger, later, liveness, leaseMs: LEASE_MS });
    },
  };
}

const codeOf = (error: unknown): unknown => (error instanceof ProviderError ? error.code : error);
const outcomeOf = (result: Promise<string>): Promise<unknown> => result.catch(codeOf);

for (const [title, end, first] of [
  ['it was done', () => Promise.resolve('sent'), 'sent'],
  [
    'nobody heard the answer',
    () => Promise.reject<string>(new ProviderError('OUTCOME_UNKNOWN')),
    'OUTCOME_UNKNOWN',
  ],
] as const)
  test(
    `a command in whose midst memory ran out is not waited for at another process once it is over: ${title}`,
    { timeout: 60_000 },
    async (t) => {
      const { tell, process } = await world(t);
      const [one, other] = [await process(), await process()];
      let times = 0;
      const work = async (): Promise<string> => {
        times++;
        await tell('maxmemory', '1');
        return end();
      };
      assert.equal(await outcomeOf(one.run(COMMAND, work)), first);
      assert.equal(await outcomeOf(one.run(COMMAND, work)), first, 'at the same process');
      assert.equal(await outcomeOf(other.run(COMMAND, work)), 'OUTCOME_UNKNOWN');
      const ask = () => Promise.resolve({ result: 'found' });
      const unwritten = await outcomeOf(other.run(COMMAND, work, ask));
      assert.equal(unwritten, 'OUTCOME_UNKNOWN', 'nobody can write down that they ask');
      await tell('maxmemory', '0');
      assert.match(String(await outcomeOf(other.run(COMMAND, work, ask))), /^(sent|found)$/);
      assert.equal(times, 1);
    },
  );
