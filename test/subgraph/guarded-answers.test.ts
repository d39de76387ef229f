import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getNamedType, isObjectType, isRequiredArgument } from 'graphql';
import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { readExamples } from '../../src/gateway/read-examples.js';
import { simulators } from '../../src/simulators/index.js';
import { declaredScopes } from '../../src/subgraph/scopes.js';
import { subgraphs } from '../../subgraphs/index.js';
import { openSubgraph } from '../support/open-subgraph.js';
import { startSimulator } from '../support/simulators.js';

const counters = z.record(z.string(), z.number());
const examples = readExamples();

for (const module of subgraphs) {
  test(`${module.name}: a mutation whose answer would have to hide a field does nothing, whichever field it is`, async (t) => {
    const definition = simulators.get(module.name);
    assert(definition);
    const simulator = await startSimulator(t, definition);
    const subgraph = await openSubgraph(t, { module, environment: simulator.environment, polls: false });
    const { schema } = module.build();
    let probes = 0;
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      for (const { path, scope } of guardedPaths(field)) {
        if (scopesOf(field).includes(scope)) continue;
        const { document, variables } = asking(module.name, field, path);
        const scopes = [...declaredScopes(schema)].filter((one) => one !== scope);
        const { errors } = await subgraph.run(document, variables, { scopes });
        assert.deepEqual(
          errors?.map(({ extensions, path: at }) => [extensions['code'], at]),
          [['FORBIDDEN', [field.name]]],
          `${field.name}: ${path.join('.')} without ${scope}`,
        );
        probes++;
      }
    }
    const answer: unknown = await (await fetch(`${simulator.controlUrl}/calls`)).json();
    assert.deepEqual(counters.parse(answer), {});
    assert.equal(probes > 0, hasGuardedAnswers(schema));
  });
}

/** The fields below a mutation that need a scope, each by one shortest way. */
function guardedPaths(mutation: GraphQLField<unknown, unknown>) {
  const found: { path: string[]; scope: string }[] = [];
  const seen = new Set<string>();
  const queue: { type: GraphQLObjectType; path: string[] }[] = [];
  const visit = ({ type }: GraphQLField<unknown, unknown>, path: string[]): void => {
    const named = getNamedType(type);
    if (!isObjectType(named) || seen.has(named.name)) return;
    seen.add(named.name);
    queue.push({ type: named, path });
  };
  visit(mutation, []);
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const field of Object.values(next.type.getFields())) {
      if (field.args.some(isRequiredArgument)) continue;
      const path = [...next.path, field.name];
      for (const scope of scopesOf(field)) found.push({ path, scope });
      visit(field, path);
    }
  }
  return found;
}

function scopesOf({ astNode }: GraphQLField<unknown, unknown>): string[] {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'requiresScopes');
  const value = directive?.arguments?.[0]?.value;
  if (value?.kind !== 'ListValue') return [];
  return value.values.flatMap((all) =>
    all.kind === 'ListValue'
      ? all.values.flatMap((one) => (one.kind === 'StringValue' ? [one.value] : []))
      : [],
  );
}

/** Asks for the field by another name, in a fragment. */
function asking(provider: string, mutation: GraphQLField<unknown, unknown>, path: readonly string[]) {
  const example = examples.find(
    ({ name, document }) =>
      name.startsWith(`${provider}/`) && new RegExp(`\\b${mutation.name}\\b[({ ]`).test(document),
  );
  assert(example, mutation.name);
  const input = mutation.args[0];
  const given = example.document.includes('$input');
  const payload = getNamedType(mutation.type).name;
  const [first = '', ...rest] = path;
  const inner = rest.reduceRight((selection, name) => ` { ${name}${selection} }`, leafOf(mutation, path));
  return {
    document: `mutation${given && input ? ` ($input: ${input.type.toString()})` : ''} { ${mutation.name}${given ? '(input: $input)' : ''} { ...Wanted } } fragment Wanted on ${payload} { other: ${first}${inner} }`,
    variables: { ...example.variables },
  };
}

function leafOf(mutation: GraphQLField<unknown, unknown>, path: readonly string[]): string {
  let type = getNamedType(mutation.type);
  for (const name of path) {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    assert(field);
    type = getNamedType(field.type);
  }
  return isObjectType(type) ? ' { __typename }' : '';
}

function hasGuardedAnswers(schema: GraphQLSchema): boolean {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  return mutations.some((field) => guardedPaths(field).some(({ scope }) => !scopesOf(field).includes(scope)));
}
