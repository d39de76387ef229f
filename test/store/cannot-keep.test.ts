import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { systemClock } from '../../src/clock.js';
import type { Embedded } from '../../src/live/embedded/open-embedded.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { StoreUnavailableError } from '../../src/provider-error.js';
import { answerOf } from '../../src/redis/answer-of.js';
import { eventually } from '../live/redis-world.js';
import { anEvent, aWatch } from '../live/conformance/watches.js';
import { damage, openFileStore, writeOut } from '../support/file-store.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';

type Ports = Pick<Embedded, 'records' | 'store' | 'scheduler'> & { ready(): boolean | Promise<boolean> };

const OWNER = 'acme/alice';
// More than what is left of any page.
const LARGE = 'x'.repeat(9_000);
const clock = systemClock;
const place = { collection: 'things', owner: OWNER, createdAt: 1 };
const known = aWatch(clock, { key: 'known' });

interface Write {
  readonly name: string;
  /** Whether it needs more room than there was before. */
  readonly grows: boolean;
  run(ports: Ports): Promise<unknown>;
}

const writes: readonly Write[] = [
  {
    name: 'insert a record',
    grows: true,
    run: ({ records }) => records.insert({ ...place, id: 'new', value: LARGE }),
  },
  {
    name: 'put a record',
    grows: true,
    run: ({ records }) => records.put({ ...place, id: 'new', value: LARGE }),
  },
  {
    name: 'change a record',
    grows: true,
    run: ({ records }) => records.put({ ...place, id: 'known', value: LARGE }, 'v'),
  },
  {
    name: 'make a watch',
    grows: true,
    run: ({ store }) => store.ensure(aWatch(clock, { key: LARGE }), anEvent('a')),
  },
  {
    name: 'tell an event',
    grows: true,
    run: ({ store }) => store.commit({ id: known.id, fence: 9, expectedSequence: 1, event: anEvent(LARGE) }),
  },
  { name: 'count', grows: false, run: ({ records }) => records.increment('attempts', 60_000) },
  { name: 'begin a read', grows: false, run: ({ store }) => store.begin(known.id) },
  {
    name: 'declare interest',
    grows: false,
    run: ({ store }) => store.keepInterest(known.id, clock.now() + 1_000),
  },
  {
    name: 'plan a poll',
    grows: false,
    run: ({ scheduler }) => scheduler.schedule('test', known.id, clock.now()),
  },
];

/** What every store promises while it answers but cannot keep: `break` brings that about, `heal` ends it. */
async function refusesWhatItCannotKeep(
  ports: Ports,
  fault: { readonly grows: boolean; break(): unknown; heal(): unknown },
): Promise<void> {
  await ports.records.insert({ ...place, id: 'known', value: 'v' });
  await ports.store.ensure(known, anEvent('first'));
  await ports.scheduler.schedule('test', known.id, clock.now() + 60_000);
  assert.equal(await ports.ready(), true);
  await fault.break();
  for (const { name, run } of writes.filter(({ grows }) => grows || !fault.grows))
    await assert.rejects(run(ports), StoreUnavailableError, name);
  if (!fault.grows) await assert.rejects(async () => ports.ready(), StoreUnavailableError);
  await fault.heal();
  await eventually('it is ready', async () => {
    try {
      return await ports.ready();
    } catch {
      return false;
    }
  });
  assert.equal(await ports.records.get('things', OWNER, 'new'), undefined);
  assert.equal((await ports.records.get('things', OWNER, 'known'))?.value, 'v');
  assert.equal((await ports.store.read(known.id))?.latest?.state, 'first');
  for (const { name, run } of writes) assert.notEqual(await run(ports), false, name);
}

interface ServerFault {
  readonly break: string[][];
  readonly heal: string[][];
  /** More of the command line. */
  readonly settings?: readonly string[];
  /** What INFO says once it is broken. */
  readonly sign?: string;
}

// Where even the superuser cannot write.
const NO_FOLDER_TO_WRITE = process.platform === 'darwin' ? '/System' : '/proc';

const SERVER_FAULTS: Record<string, ServerFault> = {
  'cannot write to its disk': {
    settings: ['--dir', NO_FOLDER_TO_WRITE],
    break: [['CONFIG', 'SET', 'save', '3600 1000000'], ['BGSAVE']],
    sign: 'rdb_last_bgsave_status:err',
    heal: [['CONFIG', 'SET', 'save', '']],
  },
  'is out of memory': {
    break: [['CONFIG', 'SET', 'maxmemory', '1']],
    heal: [['CONFIG', 'SET', 'maxmemory', '0']],
  },
  'has become a replica': {
    break: [['REPLICAOF', '127.0.0.1', '1']],
    heal: [['REPLICAOF', 'NO', 'ONE']],
  },
  'misses the replicas it needs': {
    break: [['CONFIG', 'SET', 'min-replicas-to-write', '1']],
    heal: [['CONFIG', 'SET', 'min-replicas-to-write', '0']],
  },
};

for (const [state, fault] of Object.entries(SERVER_FAULTS))
  test(`A Redis that ${state} keeps nothing by halves, is not ready, and says so in one error.`, async (t) => {
    const { settings = [], sign = '' } = fault;
    const server = await RedisServer.start({ settings });
    t.after(() => server.stop());
    const ports = await openRedis({ urls: [server.url], clock, logger: memoryLogger() });
    t.after(() => ports.close());
    const tell = (commands: string[][]) => () =>
      server.with(async (redis) => {
        for (const [command = '', ...rest] of commands) await redis.call(command, ...rest);
      });
    const breakIt = async (): Promise<void> => {
      await tell(fault.break)();
      await server.with((redis) =>
        eventually(`INFO says ${sign}`, async () => (await redis.info()).includes(sign)),
      );
    };
    await refusesWhatItCannotKeep(ports, { grows: false, break: breakIt, heal: tell(fault.heal) });
  });

test('What an older Redis says out of a script means the same.', async () => {
  const said = (text: string) => {
    const error = new Error(text);
    error.name = 'ReplyError';
    return answerOf(Promise.reject(error));
  };
  const inScript = 'ERR Error running script (call to f_0a1b): @user_script:3: @user_script: 3: ';
  for (const reply of [
    "-OOM command not allowed when used memory > 'maxmemory'.",
    "-READONLY You can't write against a read only replica.",
    '-MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.',
  ]) {
    await assert.rejects(said(inScript + reply), StoreUnavailableError);
    await assert.rejects(said(reply.slice(1)), StoreUnavailableError);
  }
  await assert.rejects(said(`${inScript}Unknown Redis command`), { name: 'ReplyError' });
  await assert.rejects(said('ERR value is not an integer or out of range of OOM'), { name: 'ReplyError' });
});

test('A full embedded file keeps nothing by halves, and goes on when there is room.', async (t) => {
  const { database, ports } = await openFileStore(t, clock);
  await refusesWhatItCannotKeep(ports, {
    grows: true,
    // Less than there is now means: no more than there is now.
    break: () => database.all(z.unknown(), 'PRAGMA max_page_count = 1'),
    heal: () => database.all(z.unknown(), 'PRAGMA max_page_count = 1000000'),
  });
});

test('A read-only embedded file keeps nothing, is not ready, and goes on when it may be written.', async (t) => {
  const { database, ports } = await openFileStore(t, clock);
  await refusesWhatItCannotKeep(ports, {
    grows: false,
    break: () => database.run('PRAGMA query_only = ON'),
    heal: () => database.run('PRAGMA query_only = OFF'),
  });
});

test('An embedded file found to be damaged serves no more: it is not ready from then on.', async (t) => {
  const { path, database, ports } = await openFileStore(t, clock);
  for (let n = 0; n < 200; n++)
    await ports.records.insert({ ...place, id: `r${n}`, value: LARGE.slice(0, 2_000) });
  writeOut(database);
  damage(path, (pages) => Math.floor(pages / 2));
  assert.equal(ports.ready(), true);
  await assert.rejects(async () => {
    for (let n = 0; n < 200; n++) {
      await ports.records.get('things', OWNER, `r${n}`);
      await ports.records.put({ ...place, id: `r${n}`, value: 'v' });
    }
  }, StoreUnavailableError);
  assert.throws(() => ports.ready(), StoreUnavailableError);
});
