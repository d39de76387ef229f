import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { getNullableType, isInputObjectType, isListType, isScalarType } from 'graphql';
import type { GraphQLArgument, GraphQLInputType } from 'graphql';
import { compose } from '../../src/gateway/compose.js';
import { subgraphs } from '../../subgraphs/index.js';
import { post } from '../support/gateway/post.js';
import { startGateway } from '../support/gateway/start.js';
import { anyInput, SEED } from './any-input.js';
import { documentFor } from './selection.js';

/** What is not a value of a scalar. Of numbers, a client's JSON may hold far more than the scalar takes. */
const BAD: Readonly<Record<string, readonly unknown[]>> = {
  String: [1, true, {}, ['a', 'b']],
  ID: [1.5, true, {}],
  Boolean: ['true', 1, {}],
  Int: [1.5, 1e18, 2 ** 31, '1', true, {}],
  Float: ['1', true, {}],
  SafeInt: [1.5, 1e18, '1', true, {}],
  DateTime: ['tomorrow', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', 1e18, true, {}],
};

/** Where scalars are in an argument, one place in each list. */
function* scalarsIn(
  type: GraphQLInputType,
  path: readonly string[],
): Generator<[path: string[], type: string]> {
  const nullable = getNullableType(type);
  if (isListType(nullable)) yield* scalarsIn(nullable.ofType, [...path, '0']);
  else if (isInputObjectType(nullable))
    for (const field of Object.values(nullable.getFields()))
      yield* scalarsIn(field.type, [...path, field.name]);
  else if (isScalarType(nullable)) yield [[...path], nullable.name];
}

test('a bad scalar anywhere in an input is BAD_USER_INPUT at its place', async (t) => {
  const { apiSchema } = compose(subgraphs.map((module) => module.build()));
  const { endpoint, log } = await startGateway(t, {
    subgraphs: subgraphs
      .map((module) => module.absent({}))
      .map((local) => ({ name: local.name, sdl: local.sdl, local })),
  });
  const [query, mutation] = [apiSchema.getQueryType(), apiSchema.getMutationType()];
  const wrong: string[] = [];
  for (const [operation, type] of [
    ['query', query],
    ['mutation', mutation],
  ] as const) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const document = documentFor(operation, field, 0);
      for (const arg of field.args) {
        for (const [path, scalar] of scalarsIn(arg.type, [arg.name])) {
          const bad = BAD[scalar];
          assert(bad, `nothing is bad for a ${scalar}`);
          for (const value of bad) {
            const variables = withAt(goodFor(field.args), path, value);
            const { body } = await post(endpoint, document, { variables });
            const isTold = body.errors?.some(
              ({ extensions: { code, input } = {} }) =>
                code === 'BAD_USER_INPUT' && JSON.stringify(input) === JSON.stringify(path),
            );
            if (!isTold)
              wrong.push(`${field.name} ${path.join('.')} ${JSON.stringify(value)}: ${JSON.stringify(body)}`);
          }
        }
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    log.lines.filter(({ level }) => level === 'error'),
    [],
  );
});

function goodFor(args: readonly GraphQLArgument[]): Record<string, unknown> {
  return Object.fromEntries(
    args.map(({ name, type }) => [name, fc.sample(anyInput(type), { seed: SEED, numRuns: 1 })[0]]),
  );
}

/** The same with another value at a path; whatever is missing on the way there is made. */
function withAt(given: unknown, [step, ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  const base = Object(given) as Record<string, unknown>;
  if (step === undefined) return base;
  const inner: unknown = rest.length === 0 ? value : at(base[step], rest, value);
  return { ...base, [step]: inner };
}

function at(given: unknown, path: readonly string[], value: unknown): unknown {
  const [step = '', ...rest] = path;
  if (step !== '0') return withAt(given, path, value);
  const [first, ...others]: unknown[] = Array.isArray(given) ? given : [];
  return [rest.length === 0 ? value : at(first, rest, value), ...others];
}
