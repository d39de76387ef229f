import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { getNamedType, isInputObjectType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLInputType } from 'graphql';
import { openAuditFile } from '../../src/operate/audit-file.js';
import { simulators } from '../../src/simulators/index.js';
import { subgraphs } from '../../subgraphs/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { openSubgraph } from '../support/open-subgraph.js';
import { startSimulator } from '../support/simulators.js';

for (const module of subgraphs)
  suite(`${module.name}: what is denied`, () => {
    test('every mutation and every guarded query leaves one record, with who asked and no content', async (t) => {
      const definition = simulators.get(module.name);
      assert(definition);
      const { environment } = await startSimulator(t, definition);
      const subgraph = await openSubgraph(t, { module, environment, polls: false });
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

/** The field with all it requires. */
function callOf(field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter(({ type }) => isNonNullType(type));
  const list = given.map(({ name, type }) => `${name}: ${literalOf(type)}`).join(', ');
  const selection = isObjectType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${field.name}${list && `(${list})`}${selection}`;
}

function literalOf(type: GraphQLInputType): string {
  const named = getNamedType(type);
  const text = String(type);
  if (text.startsWith('[')) return `[${literalOf(named)}]`;
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields());
    const needed = named.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
    return `{ ${needed.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')} }`;
  }
  if ('getValues' in named) return named.getValues()[0]?.name ?? 'null';
  const values: Record<string, string> = { Float: '1', Boolean: 'true' };
  if (named.name.endsWith('Int')) return '1';
  return (
    values[named.name] ?? (named.name.startsWith('Date') ? '"2026-01-01T00:00:00Z"' : '"canary@example.test"')
  );
}
