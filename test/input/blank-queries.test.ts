import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getNamedType, getNullableType, GraphQLID, isEnumType, isRequiredArgument } from 'graphql';
import type { GraphQLArgument, GraphQLField } from 'graphql';
import { subgraphs } from '../../subgraphs/index.js';
import { examplesOf } from '../once/once.js';
import { onStage } from '../once/stage.js';

for (const module of subgraphs) {
  const { schema } = module.build();
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
    args.some(isId),
  );
  for (const text of ['', ' ', '\t '])
    test(`${module.name}: no query takes ${JSON.stringify(text)} for an id`, async () => {
      const example = Object.keys(schema.getMutationType()?.getFields() ?? {}).find(
        (name) => examplesOf(module.name, name).length > 0,
      );
      assert(example);
      const [name = ''] = examplesOf(module.name, example);
      const taken = await onStage(name, example, async ({ run }) => {
        const found: string[] = [];
        for (const query of queries)
          for (const id of query.args.filter(isId)) {
            const { errors = [] } = await run(documentOf(query, id), { id: text });
            if (errors[0]?.extensions?.['reason'] !== 'BLANK')
              found.push(`${query.name}(${id.name}): ${JSON.stringify(errors)}`);
          }
        return found;
      });
      assert.deepEqual(taken, []);
    });
}

function isId({ type }: GraphQLArgument): boolean {
  return getNullableType(type) === GraphQLID;
}

function documentOf({ name, args, type }: GraphQLField<unknown, unknown>, id: GraphQLArgument): string {
  const others = args
    .filter((one) => one !== id && isRequiredArgument(one))
    .map((one) => `${one.name}: ${sample(one)}`);
  const list = [`${id.name}: $id`, ...others].join(', ');
  const selection =
    'getFields' in getNamedType(type) || 'getTypes' in getNamedType(type) ? '{ __typename }' : '';
  return `query ($id: ${String(id.type)}) { ${name}(${list}) ${selection} }`;
}

function sample({ type }: GraphQLArgument): string {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name ?? '';
  return { Int: '1', Boolean: 'true', ID: '"1"' }[named.name] ?? '"sample@ext.example"';
}
