import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphQLField } from 'graphql';
import { globalId, namesIn, typeOfId } from '../../src/subgraph/global-id.js';
import { subgraphs } from '../../subgraphs/index.js';
import { examplesOf } from '../once/once.js';
import { onStage } from '../once/stage.js';
import { askProblems } from './ask-problems.js';
import { at, scalarPlaces, withAt } from './at-path.js';

/** Ids of which nobody can say that they are unknown, and why. By mutation and path, or by field. */
const NEVER_UNKNOWN: Readonly<Record<string, string>> = {
  'addVipCredential.credentialId': 'is to be made known',
  'addVipTrustedDevice.credentialId': 'is to be made known',
  'registerVipService.serviceId': 'is to be made known',
  'createVipUser.userId': 'is to be made',
  eventId: 'the provider says that a value breaks its rules',
  'deleteXqSubscriber.sessionId': 'says aloud what is deleted: any other is refused',
  businessId: 'the provider says that it lets nobody in',
  certificateId: 'which part of a certificate is wrong is not told',
  'readXqKeys.locators': 'what cannot be read is left out',
  'replyToSafeBox.id': 'the files were sent to another one',
};

for (const module of subgraphs) {
  const mutations = module.build().schema.getMutationType()?.getFields() ?? {};
  for (const field of Object.values(mutations).filter(({ args }) => args.length > 0))
    test(`${field.name}: what is not there is NOT_FOUND by the field that names it`, async () => {
      assert.deepEqual(await untold(module.name, field), []);
    });
}

/** What is told otherwise of ids that nothing has. */
async function untold(provider: string, field: GraphQLField<unknown, unknown>): Promise<string[]> {
  const [input] = field.args;
  assert(input);
  const [example = ''] = examplesOf(provider, field.name);
  const found: string[] = [];
  let left: (readonly string[])[] | undefined;
  do {
    await onStage(example, field.name, async ({ ask, variables }) => {
      const right = variables['input'];
      left ??= scalarPlaces(input.type, right)
        .filter(({ path, scalar }) => scalar === 'ID' && typeof at(right, path) === 'string')
        .map(({ path }) => path);
      for (let path = left.shift(); path; path = left.shift()) {
        const name = path.filter((step) => !/^\d+$/.test(step)).join('.');
        if (name in NEVER_UNKNOWN || `${field.name}.${name}` in NEVER_UNKNOWN) continue;
        const unknown = otherThan(String(at(right, path)));
        const wrong = withAt(input.type, right, path, unknown, () => '');
        const { problems } = await askProblems(ask, field, wrong);
        const place = ['input', ...path].join('.');
        const isTold = problems?.some((told) => told.code === 'NOT_FOUND' && told.path?.join('.') === place);
        if (!isTold) found.push(`${path.join('.')} ${unknown}: ${JSON.stringify(problems)}`);
        if (!problems?.length) return;
      }
    });
  } while (left?.length);
  return found;
}

/** An id of the same form that nothing has. */
function otherThan(id: string): string {
  const type = typeOfId(id);
  const names = type === null ? null : namesIn(type, id);
  if (type !== null && names) return globalId(type, ...names.slice(0, -1), otherThan(names.at(-1) ?? ''));
  if (/^-?\d+$/.test(id)) return '9'.repeat(Math.min(id.length + 3, 9));
  return id.replace(/[0-9a-f]/g, (digit) => ((parseInt(digit, 16) + 5) % 16).toString(16));
}
