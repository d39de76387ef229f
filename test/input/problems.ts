import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getNamedType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLInputType } from 'graphql';
import { PROBLEM_REASONS } from '../../src/problem-reason.js';
import { subgraphs } from '../../subgraphs/index.js';
import { examplesOf } from '../once/once.js';
import { onStage } from '../once/stage.js';
import { resolves } from './resolves.js';
import { wrongInputs } from './wrong-inputs.js';

interface Told {
  readonly code: string;
  readonly reason: string | null;
  readonly path: readonly string[] | null;
  readonly provider: string | null;
}

/** Tests of every mutation of a provider that what it refuses is named as the caller names it. */
export function testProblems(provider: string): void {
  const module = subgraphs.find(({ name }) => name === provider);
  const mutations = module?.build().schema.getMutationType();
  const fields = Object.values(mutations?.getFields() ?? {}).filter(({ args }) => args.length > 0);
  for (const field of fields) {
    test(`${field.name}: every problem names a field of the input that was sent, and a reason`, async () => {
      const [input] = field.args;
      assert(input);
      const [example = ''] = examplesOf(provider, field.name);
      const wrong: string[] = [];
      await onStage(example, field.name, async (stage) => {
        for (const { what, value } of wrongInputs(input.type, stage.variables['input'])) {
          const { problem, problems } = await send(stage.ask, field, value);
          for (const told of problems ?? (problem ? [problem] : [])) {
            const isNamed = told.path === null || isOf(told.path, input.type, value);
            const isReasoned = told.code !== 'INVALID_INPUT' || (told.reason ?? '') in PROBLEM_REASONS;
            const isPlaced = told.code !== 'INVALID_INPUT' || told.provider !== null || told.path !== null;
            if (!isNamed || !isReasoned || !isPlaced) wrong.push(`${what}: ${JSON.stringify(told)}`);
          }
        }
      });
      assert.deepEqual(wrong, []);
    });
  }
}

function isOf([first, ...rest]: readonly string[], type: GraphQLInputType, value: unknown): boolean {
  return first === 'input' && resolves(rest, type, value);
}

async function send(
  ask: (document: string, variables: Record<string, unknown>) => Promise<unknown>,
  { name, type, args }: GraphQLField<unknown, unknown>,
  input: unknown,
): Promise<{ problem: Told | null; problems?: Told[] | null }> {
  const payload = getNamedType(type);
  assert(isObjectType(payload) && args[0]);
  const fields = ['problem', 'problems'].filter((field) => field in payload.getFields());
  const selection = fields.map((field) => `${field} { code reason path provider }`).join(' ');
  const document = `mutation ($input: ${String(args[0].type)}) { ${name}(input: $input) { ${selection} } }`;
  const data = (await ask(document, { input })) as Record<string, { problem: Told | null }>;
  const answer = data[name];
  assert(answer);
  return answer;
}
