import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphQLField } from 'graphql';
import { subgraphs } from '../../subgraphs/index.js';
import { examplesOf } from '../once/once.js';
import { onStage } from '../once/stage.js';
import { askProblems } from './ask-problems.js';
import { scalarPlaces, withAt } from './at-path.js';

/** What may be blank and still is refused for another reason, and why that is right. By field, or mutation and path. */
const NOT_BLANK: Readonly<Record<string, string>> = {
  password: 'blanks may be one',
  oldPassword: 'blanks may be one',
  newPassword: 'blanks may be one; the provider wants more of them',
  filePassword: 'a file may have been sealed with none',
  'content.text': 'content is told of as one, however it is given',
  'mail.text': 'a mail is told of as one, however it is given',
  'files.contentType': 'of an unknown sort, beside bytes that are none here',
  'files.contentBase64': 'a file may be empty, beside a sort that is none here',
};

const TEXTS = ['String', 'ID'];

for (const module of subgraphs) {
  const mutations = module.build().schema.getMutationType()?.getFields() ?? {};
  for (const field of Object.values(mutations).filter(({ args }) => args.length > 0))
    test(`${field.name}: a text that may not be empty is told to be BLANK where it stands`, async () => {
      assert.deepEqual(await unlike(module.name, field), []);
    });
}

/** What is told otherwise of texts that are empty, or blank. */
async function unlike(provider: string, field: GraphQLField<unknown, unknown>): Promise<string[]> {
  const [input] = field.args;
  assert(input);
  const [example = ''] = examplesOf(provider, field.name);
  const found: string[] = [];
  let left: { readonly path: readonly string[]; readonly text: string }[] | undefined;
  do {
    await onStage(example, field.name, async ({ ask, variables }) => {
      const right = variables['input'];
      left ??= scalarPlaces(input.type, right)
        .filter(({ scalar }) => TEXTS.includes(scalar))
        .flatMap(({ path }) => ['', '  '].map((text) => ({ path, text })));
      for (let next = left.shift(); next; next = left.shift()) {
        const { path, text } = next;
        const wrong = withAt(input.type, right, path, text, () => 'sample@ext.example');
        const { problems } = await askProblems(ask, field, wrong);
        // What was done cannot always be done again.
        if (!problems?.length) return;
        const place = ['input', ...path].join('.');
        // Another way of saying the same is given already.
        if (problems.some(({ reason }) => reason === 'CONTRADICTORY')) continue;
        const isTold = problems.some(
          (told) => told.reason === 'BLANK' && told.path?.join('.') === place && told.provider === null,
        );
        const name = path.filter((step) => !/^\d+$/.test(step)).join('.');
        if (!isTold && !(name in NOT_BLANK) && !(`${field.name}.${name}` in NOT_BLANK))
          found.push(`${path.join('.')} ${JSON.stringify(text)}: ${JSON.stringify(problems)}`);
      }
    });
  } while (left?.length);
  return found;
}
