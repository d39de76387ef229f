import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { Redis } from 'ioredis';
import { openAuditFile } from '../../src/operate/audit-file.js';
import { openAuditStream } from '../../src/operate/audit-stream.js';
import { RedisStream } from '../../src/redis/redis-stream.js';
import type { Audit } from '../../src/audit.js';
import { simulators } from '../../src/simulators/index.js';
import { subgraphs } from '../../subgraphs/index.js';
import { callOf } from '../input/least-call.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { openSubgraph } from '../support/open-subgraph.js';
import { RedisServer } from '../support/redis-server.js';
import { startSimulator } from '../support/simulators.js';

let server: RedisServer;
const ends: (() => Promise<unknown>)[] = [];
before(async () => {
  server = await RedisServer.start();
  ends.push(() => server.stop());
});
after(async () => {
  for (const end of ends.toReversed()) await end();
});

async function places() {
  const directory = await mkdtemp(join(tmpdir(), 'sealgraph-audit-'));
  ends.push(() => rm(directory, { recursive: true }));
  const redis = new Redis(server.url);
  ends.push(() => redis.quit());
  return { directory, redis };
}

for (const module of subgraphs)
  suite(`${module.name}: what is denied`, () => {
    test('every mutation and every guarded query leaves one record, with who asked and no content', async (t) => {
      const definition = simulators.get(module.name);
      assert(definition);
      const { environment } = await startSimulator(t, definition);
      const { directory, redis } = await places();
      const path = join(directory, `${module.name}.jsonl`);
      const stream = new RedisStream(redis, `${module.name}:audit`, 1_000);
      const logs = [
        openAuditFile(path, new ManualClock(), memoryLogger()),
        openAuditStream(stream, new ManualClock(), memoryLogger()),
      ];
      const audit: Audit = (record) => logs.forEach((log) => log(record));
      const subgraph = await openSubgraph(t, { module, environment, polls: false, audit });
      const { schema } = module.build();
      let tried = 0;
      for (const type of [schema.getMutationType(), schema.getQueryType()]) {
        for (const field of Object.values(type?.getFields() ?? {})) {
          const before = subgraph.audited.length;
          const document = `${type?.name === 'Mutation' ? 'mutation' : 'query'} { ${callOf(field)} }`;
          const { errors } = await subgraph.run(document, {}, { scopes: [], subject: 'eve' });
          const isDenied = errors?.some(({ extensions }) => extensions['code'] === 'FORBIDDEN') ?? false;
          if (type?.name === 'Mutation') assert.ok(errors, field.name);
          if (!isDenied && type?.name === 'Query') continue;
          tried += 1;
          const left = subgraph.audited.slice(before);
          assert.equal(left.length, 1, `${field.name}: ${JSON.stringify(errors)}`);
          const [record] = left;
          assert.equal(record?.field, `${type?.name}.${field.name}`);
          assert.equal(record.code, isDenied ? 'FORBIDDEN' : errors?.[0]?.extensions['code']);
          assert.deepEqual(
            [record.tenant, record.subject, record.requestId],
            ['acme', 'eve', 'test-request'],
          );
          assert.doesNotMatch(JSON.stringify({ ...record, targets: {} }), /canary/);
        }
      }
      assert.ok(tried > 3);
      // What was told is what is kept, at each place there is.
      const told = subgraph.audited.map((record) => ({ at: '1970-01-01', ...record }));
      const kept = (lines: readonly string[]): unknown =>
        lines.map((line) => ({ ...(JSON.parse(line) as object), at: '1970-01-01' }));
      assert.deepEqual(kept((await readFile(path, 'utf8')).trimEnd().split('\n')), told);
      await stream.settled();
      const entries = await redis.xrange(`${module.name}:audit`, '-', '+');
      assert.deepEqual(kept(entries.map(([, fields]) => fields[1] ?? '')), told);
    });
  });

test('The audit log is a file that only its owner reads, a line of JSON per record, and keeps what was there.', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-audit-'));
  t.after(() => rm(dir, { recursive: true }));
  const path = join(dir, 'audit.jsonl');
  const record = {
    ...{ requestId: 'r', tenant: 'acme', subject: 'anna', field: 'Mutation.do' },
    ...{ targets: { id: '1' }, code: 'OK' },
  };
  for (let run = 0; run < 2; run++) openAuditFile(path, new ManualClock(), memoryLogger())(record);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  assert.equal(lines.length, 2);
  for (const line of lines) {
    const { at, ...rest } = JSON.parse(line) as { at: string };
    assert.ok(Date.parse(at) > 0);
    assert.deepEqual(rest, record);
  }
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.throws(() => openAuditFile(join(dir, 'no', 'file'), new ManualClock(), memoryLogger()), {
    message: 'AUDIT_FILE names a file that cannot be appended to.',
  });
});

test('A record that Redis does not take is in the log of the process, without its content.', async (t) => {
  const own = await RedisServer.start();
  t.after(() => own.stop());
  const redis = new Redis(own.url, { enableOfflineQueue: false, retryStrategy: () => null });
  await once(redis, 'ready');
  redis.on('error', () => undefined);
  await own.kill();
  const logger = memoryLogger();
  const stream = new RedisStream(redis, 'audit', 10);
  const log = openAuditStream(stream, new ManualClock(), logger);
  log({
    ...{ requestId: 'r', tenant: 'acme', subject: 'anna', field: 'Mutation.do' },
    ...{ targets: { id: 'canary' }, code: 'OK' },
  });
  await stream.settled();
  const [line] = logger.lines;
  assert.match(line?.message ?? '', /could not be written/);
  const { err: _, ...facts } = line?.facts ?? {};
  assert.deepEqual(facts, {
    ...{ event: 'audit', requestId: 'r', tenant: 'acme', subject: 'anna' },
    ...{ operation: 'Mutation.do', code: 'OK' },
  });
});
