import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute, isUnionType, parse } from 'graphql';
import { subgraphs } from '../../subgraphs/index.js';

/** Those that say no more than their key, and what they hold is guarded field by field. */
const OPEN: ReadonlySet<string> = new Set(['Person', 'Viewer']);

for (const module of subgraphs) {
  const { schema } = module.build();
  const union = schema.getType('_Entity');
  assert.ok(isUnionType(union));
  for (const { name } of union.getTypes().filter((type) => !OPEN.has(type.name)))
    test(`${module.name}: ${name} is found by its key for nobody without a scope`, async () => {
      let isAsked = false;
      const services = new Proxy({}, { get: () => (isAsked = true) });
      const { data, errors } = await execute({
        schema,
        document: parse('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }'),
        variableValues: { of: [{ __typename: name, id: 'x' }] },
        contextValue: {
          caller: { tenant: 'acme', subject: 'eve', scopes: new Set() },
          requestId: 'r',
          services,
          begun: new Set(),
        },
      });
      assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
      assert.equal(data?.['_entities'] ?? null, null);
      assert.equal(isAsked, false);
    });
}
