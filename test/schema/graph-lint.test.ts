import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import { packagePath } from '../../src/package-path.js';

const eslint = new ESLint({
  cwd: packagePath('.'),
  overrideConfigFile: packagePath('scripts/schema/graph-lint.config.js'),
});

/** What is wrong with a schema, in the order of the text. */
async function faultsOf(sdl: string): Promise<{ ruleId: string | null; message: string }[]> {
  const results = await eslint.lintText(sdl, { filePath: packagePath('schema/api.graphql') });
  return results.flatMap(({ messages }) => messages);
}

test('whatever has no description is reported, whichever sort of thing it is', async () => {
  const faults = await faultsOf(`
    type Query { box(id: ID!): Box }
    type Box { id: ID! }
    input BoxInput { note: String }
    enum BoxState { OPEN }
    scalar Duration
    union Thing = Box
    interface Named { name: String! }
  `);
  const undescribed = faults.filter(({ ruleId }) => ruleId === '@graphql-eslint/require-description');
  assert.deepEqual(
    undescribed.map(({ message }) => message.replace(/^Description is required for /, '')),
    [
      ...['type "Query"', 'field "box" in type "Query"', 'input value "id" in field "box"'],
      ...['type "Box"', 'field "id" in type "Box"'],
      ...['input "BoxInput"', 'input value "note" in input "BoxInput"'],
      ...['enum "BoxState"', 'enum value "OPEN" in enum "BoxState"'],
      ...['scalar "Duration"', 'union "Thing"', 'interface "Named"', 'field "name" in interface "Named"'],
    ],
  );
});

const FAULTS: [fault: string, sdl: string, rule: string][] = [
  ['a question that is named like a command', 'type Query { getBox: Int }', 'naming-convention'],
  ['a subscription not named after a change', 'type Subscription { box: Int }', 'naming-convention'],
  ['a type with a suffix that says nothing', 'type BoxType { note: String }', 'naming-convention'],
  ['an input not named as one', 'input NewBox { note: String }', 'naming-convention'],
  ['a yes or no that does not read as a statement', 'type Box { open: Boolean }', 'naming-convention'],
  ['such a one that is always known', 'type Box { island: Boolean! }', 'naming-convention'],
  [
    'a yes or no to give that says neither how something is nor what to do',
    'input BoxInput { locked: Boolean! = true }',
    'naming-convention',
  ],
  ['an enum value in lower case', 'enum BoxState { open }', 'naming-convention'],
  ['a mutation that takes something beside its input', 'type Mutation { close(id: ID!): Int }', 'input-name'],
  [
    'a mutation that answers a bare value',
    'type Mutation { close(input: ID!): Boolean }',
    'no-scalar-result-type-on-mutation',
  ],
  ['a deprecation without reason', 'type Box { note: String @deprecated }', 'require-deprecation-reason'],
  ['a connection without page info', 'type BoxConnection { edges: [Int] }', 'relay-connection-types'],
];
for (const [fault, sdl, rule] of FAULTS) {
  test(`${fault} is reported`, async () => {
    const rules = new Set((await faultsOf(sdl)).map(({ ruleId }) => ruleId));
    assert.ok(rules.has(`@graphql-eslint/${rule}`), [...rules].join(', '));
  });
}
