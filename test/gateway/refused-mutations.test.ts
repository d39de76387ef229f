import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { GraphQLError } from 'graphql';
import type { Field } from '../../src/subgraph/selected-fields.js';
import type { Subgraph } from '../../src/subgraph/subgraph.js';
import type { Authenticator } from '../../src/auth/authenticator.js';
import type { AuditRecord } from '../../src/audit.js';
import { isSecretCheckField } from '../../src/subgraph/secret-checks.js';
import { declaredScopes, guardedFields, scopesOf } from '../../src/subgraph/scopes.js';
import { subgraphs } from '../../subgraphs/index.js';
import { callOf } from '../input/least-call.js';
import { post } from '../support/gateway/post.js';
import type { Answered } from '../support/gateway/post.js';
import { remotely, Service } from '../support/gateway/remote.js';
import { startGateway } from '../support/gateway/start.js';
import { subgraphOf } from '../support/gateway/world.js';

interface Guarded {
  readonly field: Field;
  /** Without all of them it is refused. */
  readonly scopes: readonly string[];
  /** An operation may have one of them. */
  readonly checksSecret: boolean;
}

const graphs = subgraphs.map((module) => module.build().schema);
const everyScope = [...new Set(graphs.flatMap((schema) => [...declaredScopes(schema)]))];
const mutations: readonly Guarded[] = graphs.flatMap((schema) =>
  [...guardedFields(schema)]
    .filter(({ type }) => type === schema.getMutationType())
    .map(({ field, directive }) => ({
      field,
      scopes: scopesOf(directive).flat(),
      checksSecret: field.astNode ? isSecretCheckField(field.astNode) : false,
    })),
);

/** Every mutation as the first of two and as the second, the other one behind another scope. */
function pairs(): (readonly [Guarded, Guarded])[] {
  return mutations.flatMap((one, place) => {
    const [other] = [...mutations.slice(place), ...mutations].filter(
      ({ scopes, checksSecret }, ahead) =>
        String(scopes) !== String(one.scopes) && !(checksSecret && one.checksSecret) && ahead >= place % 7,
    );
    assert(other);
    return [[one, other] as const, [other, one] as const];
  });
}

/** Who presents scopes has them. */
const authenticator: Authenticator = {
  authenticate: async (presented = '') => ({
    tenant: 'test',
    subject: 'ann',
    scopes: new Set(presented.replace('Bearer ', '').split(' ')),
  }),
};

/** The gateway over all subgraphs, none of which has a provider: a mutation that was begun says so. */
const PLACES: Readonly<Record<string, (t: TestContext, audited: AuditRecord[]) => Promise<string>>> = {
  'in this process': async (t, audited) => {
    const absent = subgraphs.map((module) => module.absent({ audit: (record) => audited.push(record) }));
    const sources = absent.map((local) => ({ name: local.name, sdl: local.sdl, local }));
    const audit = (record: AuditRecord): void => void audited.push(record);
    return (await startGateway(t, { subgraphs: sources, audit, authenticator })).endpoint;
  },
  'as services': async (t, audited) => {
    const services = await Promise.all(
      subgraphs.map((module) =>
        new Service(module.absent({ audit: (record) => audited.push(record) })).start(),
      ),
    );
    t.after(() => Promise.all(services.map((service) => service.stop())));
    const audit = (record: AuditRecord): void => void audited.push(record);
    const named = new Map(services.map((service) => [service.subgraph.name, service]));
    return (await startGateway(t, { ...remotely(named), audit, authenticator })).endpoint;
  },
};

const codes = ({ body }: Answered): unknown[] =>
  (body.errors ?? []).map(({ path, extensions }) => [path, extensions?.['code']]);

for (const [place, start] of Object.entries(PLACES))
  test(`with subgraphs ${place}, nothing is done of a mutation of which any field is refused, whichever two there are`, async (t) => {
    const audited: AuditRecord[] = [];
    const endpoint = await start(t, audited);
    for (const [first, second] of pairs())
      for (const { scopes: lacking } of [first, second]) {
        const granted = everyScope.filter((scope) => !lacking.includes(scope)).join(' ');
        const document = `mutation { a: ${callOf(first.field)} ... { b: ${callOf(second.field)} } }`;
        const where = `${document} without ${String(lacking)}`;
        audited.length = 0;
        const answer = await post(endpoint, document, {
          headers: { authorization: `Bearer ${granted}` },
        });
        assert.deepEqual(answer.body.data, { a: null, b: null }, where);
        assert.deepEqual(
          codes(answer),
          [
            [['a'], 'FORBIDDEN'],
            [['b'], 'FORBIDDEN'],
          ],
          where,
        );
        assert.ok(
          answer.body.errors?.every(({ message }) => lacking.some((scope) => message.includes(scope))),
          `${where}: ${JSON.stringify(answer.body.errors)}`,
        );
        assert.deepEqual(
          audited.map(({ field, code, subject }) => [field, code, subject]),
          [first, second].map(({ field }) => [`Mutation.${field.name}`, 'FORBIDDEN', 'ann']),
          where,
        );
      }
  });

// A subgraph has an entity.
const ENTITY = 'type Thing @key(fields: "id") { id: ID! }';

/** Two subgraphs: one tells a secret, once; the other answers `touch` as it is told to. */
function secretAnd(touch: () => unknown): { readonly told: string[]; readonly all: readonly Subgraph[] } {
  const told: string[] = [];
  const tell = (): object => {
    told.push('4711');
    return { code: '4711' };
  };
  const vault = subgraphOf(
    'vault',
    `type Query { vaults: Int } type Mutation { tell: Secret } type Secret { code: String! } ${ENTITY}`,
    { Mutation: { tell } },
    { Thing: () => [] },
  );
  const other = subgraphOf(
    'other',
    `type Query { others: Int } type Mutation { touch: Touched spoil: Touched }
     type Touched { at: String! hidden: String @requiresScopes(scopes: [["x"]]) } ${ENTITY}`,
    { Mutation: { touch, spoil: touch } },
    { Thing: () => [] },
  );
  return { told, all: [vault, other] };
}

const REFUSALS: Readonly<Record<string, () => unknown>> = {
  'an error with a code': () => {
    throw new GraphQLError('No.', { extensions: { code: 'CONFLICT' } });
  },
  'an error without one': () => {
    throw new Error('broken');
  },
  'an answer without what it promises': () => ({ at: null }),
};

const WAYS: Readonly<Record<string, (t: TestContext, all: readonly Subgraph[]) => Promise<Way>>> = {
  'in this process': async (t, all) => ({
    endpoint: (
      await startGateway(t, { subgraphs: all.map((local) => ({ name: local.name, sdl: local.sdl, local })) })
    ).endpoint,
    services: [],
  }),
  'as services': async (t, all) => {
    const services = await Promise.all(all.map((subgraph) => new Service(subgraph).start()));
    t.after(() => Promise.all(services.map((service) => service.stop())));
    const named = new Map(services.map((service) => [service.subgraph.name, service]));
    return { endpoint: (await startGateway(t, remotely(named))).endpoint, services };
  },
};

interface Way {
  readonly endpoint: string;
  readonly services: readonly Service[];
}

for (const [place, start] of Object.entries(WAYS)) {
  for (const [what, touch] of Object.entries(REFUSALS))
    test(`with subgraphs ${place}, ${what} leaves what another field of the mutation has answered`, async (t) => {
      const { told, all } = secretAnd(touch);
      const { endpoint } = await start(t, all);
      const { body } = await post(
        endpoint,
        'mutation { a: tell { code } b: touch { at } c: tell { code } d: spoil { at } }',
      );
      const secret = { code: '4711' };
      assert.deepEqual(body.data, { a: secret, b: null, c: secret, d: null });
      assert.equal(told.length, 2);
      assert.deepEqual(body.errors?.map(({ path }) => path?.[0]).sort(), ['b', 'd']);
    });

  test(`with subgraphs ${place}, what an answer of another subgraph may not show is refused before anything is done`, async (t) => {
    const { told, all } = secretAnd(() => ({ at: 'now', hidden: 'h' }));
    const { endpoint } = await start(t, all);
    const document =
      'mutation ($no: Boolean = false) { tell { code } touch { at ...Rest @skip(if: $no) } __typename } fragment Rest on Touched { hidden }';
    const refused = await post(endpoint, document);
    assert.deepEqual(refused.body.data, { tell: null, touch: null, __typename: 'Mutation' });
    assert.deepEqual(codes(refused), [
      [['tell'], 'FORBIDDEN'],
      [['touch'], 'FORBIDDEN'],
    ]);
    assert.equal(told.length, 0);
    const without = await post(endpoint, document, { variables: { no: true } });
    assert.deepEqual(without.body.data, {
      tell: { code: '4711' },
      touch: { at: 'now' },
      __typename: 'Mutation',
    });
    const granted = await post(endpoint, document, { headers: { authorization: 'Bearer ann:x' } });
    assert.deepEqual(granted.body.data?.['touch'], { at: 'now', hidden: 'h' });
  });
}

test('a service that is down leaves what another field of the mutation has answered', async (t) => {
  const { told, all } = secretAnd(() => ({ at: 'now' }));
  const { endpoint, services } = (await WAYS['as services']?.(t, all)) ?? assert.fail();
  await services[1]?.stop();
  const answer = await post(endpoint, 'mutation { tell { code } touch { at } }');
  assert.deepEqual(answer.body.data, { tell: { code: '4711' }, touch: null });
  assert.deepEqual(codes(answer), [[['touch'], 'SUBGRAPH_UNAVAILABLE']]);
  assert.equal(told.length, 1);
});
