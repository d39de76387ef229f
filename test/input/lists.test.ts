import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getNullableType, isInputObjectType, isListType } from 'graphql';
import type { GraphQLInputType } from 'graphql';
import { subgraphs } from '../../subgraphs/index.js';
import { examplesOf } from '../once/once.js';
import { onStage } from '../once/stage.js';
import { wrongInputs } from './wrong-inputs.js';

interface List {
  readonly path: readonly string[];
  readonly of: GraphQLInputType;
  readonly items: readonly unknown[];
}

/** The lists of an input that hold something. */
function listsIn(type: GraphQLInputType, value: unknown, path: readonly string[] = []): List[] {
  const nullable = getNullableType(type);
  if (isListType(nullable) && Array.isArray(value)) {
    const inner = listsIn(nullable.ofType, value[0], [...path, '0']);
    return value.length > 0 ? [{ path, of: nullable.ofType, items: value }, ...inner] : [];
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, given]) => {
    const field = nullable.getFields()[name];
    return field ? listsIn(field.type, given, [...path, name]) : [];
  });
}

function withAt(given: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = Object.entries(Object(given) as object).find(([name]) => name === step)?.[1] as unknown;
  if (Array.isArray(given)) return given.with(Number(step), withAt(inner, rest, value));
  return { ...Object(given), [step]: withAt(inner, rest, value) };
}

for (const module of subgraphs)
  for (const field of Object.values(module.build().schema.getMutationType()?.getFields() ?? {})) {
    const [input] = field.args;
    const [example] = examplesOf(module.name, field.name);
    if (!input || example === undefined) continue;
    test(`${field.name}: of several entries of a list that are wrong, each is told by its place`, async () => {
      const kept: string[] = [];
      await onStage(example, field.name, async ({ ask, variables }) => {
        const document = `mutation ($input: ${String(input.type)}) { ${field.name}(input: $input) { problems { code path } } }`;
        const right = variables['input'];
        const places = async (list: List, items: readonly unknown[]): Promise<Set<string>> => {
          const data = (await ask(document, { input: withAt(right, list.path, items) })) as Record<
            string,
            { problems: { code: string; path: string[] | null }[] | null }
          >;
          const found = data[field.name]?.problems ?? [];
          const within = ['input', ...list.path].join('.');
          return new Set(
            found.flatMap(({ code, path }) =>
              code === 'INVALID_INPUT' && path?.join('.').startsWith(`${within}.`)
                ? [path[list.path.length + 1] ?? '']
                : [],
            ),
          );
        };
        for (const list of listsIn(input.type, right)) {
          const [item] = list.items;
          for (const { what, value } of wrongInputs(list.of, item, list.path.join('.'))) {
            if (!(await places(list, [value])).has('0')) continue;
            const told = await places(list, [value, item, value]);
            if (!told.has('0') || !told.has('2'))
              kept.push(`${what}: only ${[...told].join(' ')} of 0 and 2`);
          }
        }
      });
      assert.deepEqual(kept, []);
    });
  }
