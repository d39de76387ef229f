import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { execute, getNamedType, isObjectType, parse, subscribe } from 'graphql';
import type { ExecutionResult, GraphQLField } from 'graphql';
import { readExamples } from '../../src/gateway/read-examples.js';
import { declaredScopes } from '../../src/subgraph/scopes.js';
import { subgraphs } from '../../subgraphs/index.js';
import { anyFields, SEED } from '../input/any-input.js';
import { documentFor, selectionOf } from '../input/selection.js';
import { LOCAL, OWN } from '../support/answered-here.js';

for (const module of subgraphs) {
  const subgraph = module.absent({});
  const { schema } = subgraph;
  const caller = { subject: 'anna', tenant: 'acme', scopes: declaredScopes(schema) };
  const contextValue = subgraph.contextFor({ caller, requestId: 'test' });
  const run = async (document: string, variableValues = {}): Promise<ExecutionResult> =>
    execute({ schema, document: parse(document), variableValues, contextValue });
  const argumentsFor = ({ args }: GraphQLField<unknown, unknown>): Record<string, unknown> =>
    fc.sample(anyFields(args), { seed: SEED, numRuns: 1 })[0] ?? {};
  const codes = ({ errors = [] }: ExecutionResult) => errors.map(({ extensions }) => extensions['code']);

  const assertSaysSo = (result: ExecutionResult, field: string): void => {
    assert.deepEqual(codes(result), [], field);
    const answer = JSON.stringify(result.data?.[field]);
    assert.match(answer, new RegExp(`"problem":\\{[^}]*"NOT_CONFIGURED".*"${module.name.toUpperCase()}"`));
  };

  test(`${module.name}: without its provider, its part of the graph is the published one`, () => {
    assert.equal(subgraph.sdl, module.build().sdl);
  });

  test(`${module.name}: without its provider, every query answers null or a problem`, async () => {
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      if ([...OWN, ...LOCAL].includes(field.name)) continue;
      const result = await run(documentFor('query', field), argumentsFor(field));
      const type = getNamedType(field.type);
      if (isObjectType(type) && 'problem' in type.getFields()) {
        assertSaysSo(result, field.name);
        continue;
      }
      assert.deepEqual(codes(result), ['NOT_CONFIGURED'], field.name);
      assert.equal(result.data?.[field.name], null);
    }
  });

  test(`${module.name}: without its provider, every mutation answers a problem, whatever is asked of it`, async () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      if (LOCAL.includes(field.name)) continue;
      const result = await run(documentFor('mutation', field), argumentsFor(field));
      assertSaysSo(result, field.name);
    }
  });

  const examples = readExamples().filter(({ document }) =>
    LOCAL.some((field) => document.includes(` ${field}(`)),
  );
  for (const { name, document, variables = {} } of examples.filter((one) =>
    one.name.startsWith(`${module.name}/`),
  ))
    test(`${name} is done without its provider`, async () => {
      const { data, errors } = await run(document, variables);
      assert.equal(errors, undefined);
      const [answer] = Object.values(data ?? {});
      const { problem, ...done } = Object(answer) as Record<string, { code: string } | null>;
      // A process that stores nothing has no tickets, and says so.
      const expected = name.endsWith('-large') ? ['NOT_CONFIGURED', 0] : [undefined, 1];
      assert.deepEqual([problem?.code, Object.values(done).filter((part) => part !== null).length], expected);
    });

  test(`${module.name}: without its provider, every subscription ends at once with NOT_CONFIGURED`, async () => {
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
      const document = parse(documentFor('subscription', field));
      const variableValues = argumentsFor(field);
      const result = await subscribe({ schema, document, variableValues, contextValue });
      assert.ok(!(Symbol.asyncIterator in result));
      assert.deepEqual(codes(result), ['NOT_CONFIGURED'], field.name);
    }
  });

  test(`${module.name}: without its provider, a person and the viewer are known as far as they need none`, async () => {
    for (const [root, own] of [
      ['person(email: "A@example.com")', { email: 'a@example.com' }],
      ['viewer', { subject: 'anna', tenant: 'acme' }],
    ] as const) {
      const name = root.startsWith('person') ? 'Person' : 'Viewer';
      const type = schema.getType(name);
      assert(isObjectType(type));
      const { data, errors = [] } = await run(`{ it: ${root} ${selectionOf(type, 1)} }`);
      for (const [field, value] of Object.entries(own)) assert.equal(Object(data?.['it'])[field], value);
      for (const { extensions } of errors) assert.equal(extensions['code'], 'NOT_CONFIGURED');
    }
  });
}
