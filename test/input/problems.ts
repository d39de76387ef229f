import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphQLInputType } from 'graphql';
import { PROBLEM_REASONS } from '../../src/problem-reason.js';
import { subgraphs } from '../../subgraphs/index.js';
import { examplesOf } from '../once/once.js';
import { onStage } from '../once/stage.js';
import { askProblems } from './ask-problems.js';
import type { Told } from './ask-problems.js';
import { resolves } from './resolves.js';
import { wrongInputs } from './wrong-inputs.js';

/** Tests of every mutation of a provider that what it refuses is named as the caller names it. */
export function testProblems(provider: string): void {
  const module = subgraphs.find(({ name }) => name === provider);
  const mutations = module?.build().schema.getMutationType();
  const fields = Object.values(mutations?.getFields() ?? {}).filter(({ args }) => args.length > 0);
  for (const field of fields) {
    test(`${field.name}: every problem names a field of the input that was sent, and a reason; of several, none is kept back`, async () => {
      const [input] = field.args;
      assert(input);
      const [example = ''] = examplesOf(provider, field.name);
      const wrong: string[] = [];
      await onStage(example, field.name, async (stage) => {
        const right = stage.variables['input'];
        const refused = new Map<string, Refused>();
        for (const { what, value } of wrongInputs(input.type, right)) {
          const { problem, problems } = await askProblems(stage.ask, field, value);
          assert.deepEqual(problems?.[0] ?? null, problem, what);
          for (const told of problems ?? []) {
            const isNamed = told.path === null || isOf(told.path, input.type, value);
            const isReasoned = told.code !== 'INVALID_INPUT' || (told.reason ?? '') in PROBLEM_REASONS;
            const isPlaced = told.code !== 'INVALID_INPUT' || told.provider !== null || told.path !== null;
            if (!isNamed || !isReasoned || !isPlaced) wrong.push(`${what}: ${JSON.stringify(told)}`);
          }
          const [told, ...others] = problems ?? [];
          const at = changedField(right, value);
          if (told && !refused.has(at) && others.length === 0 && isOfValue(told) && told.path?.[1] === at)
            refused.set(at, { value: valueOf(value, at), path: told.path });
        }
        const all = Object.fromEntries([...refused].map(([name, { value }]) => [name, value]));
        const { problems } = await askProblems(stage.ask, field, { ...Object(right), ...all });
        const paths = (problems ?? []).map(({ path }) => JSON.stringify(path));
        for (const { path } of refused.values())
          if (!paths.includes(JSON.stringify(path)))
            wrong.push(`together: ${JSON.stringify(path)} is missing from ${paths.join(' ')}`);
      });
      assert.deepEqual(wrong, []);
    });
  }
}

/** A field that is refused, whatever the others are. */
interface Refused {
  readonly value: unknown;
  readonly path: readonly string[];
}

/** Reasons that lie in a value alone. */
const OF_VALUES = ['BLANK', 'TOO_SHORT', 'TOO_LONG', 'MALFORMED', 'OUT_OF_RANGE', 'NOT_ALLOWED'];

function isOfValue({ code, reason, provider }: Told): boolean {
  return code === 'INVALID_INPUT' && provider === null && OF_VALUES.includes(reason ?? '');
}

/** The field of an input that is another than it should be. */
function changedField(right: unknown, wrong: unknown): string {
  const names = Object.keys(Object(wrong) as object);
  return (
    names.find((name) => JSON.stringify(valueOf(right, name)) !== JSON.stringify(valueOf(wrong, name))) ?? ''
  );
}

function valueOf(input: unknown, name: string): unknown {
  return Object.entries(Object(input) as object).find(([field]) => field === name)?.[1];
}

function isOf([first, ...rest]: readonly string[], type: GraphQLInputType, value: unknown): boolean {
  return first === 'input' && resolves(rest, type, value);
}
