import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untoldBreakingChanges } from '../../scripts/schema/breaking-changes.js';

const RELEASED = 'type Query { box(id: ID!): Box  boxes: [Box!]! } type Box { id: ID!  note: String }';
const WITHOUT_NOTE = 'type Query { box(id: ID!): Box  boxes: [Box!]! } type Box { id: ID! }';

const changelog = (unreleased: string): string =>
  `# Changelog\n\n## Unreleased\n\n${unreleased}\n\n## 0.1.0\n\n### Removed\n\n- \`Box.note\`.\n`;

test('a breaking change that the changelog does not name is reported', async () => {
  const problems = await untoldBreakingChanges({
    released: RELEASED,
    current: WITHOUT_NOTE,
    changelog: changelog('### Added\n\n- A note about `Box`.'),
  });
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? '', /'note'.*removed.*does not name `Box\.note` under "Unreleased"/);
});

test('a breaking change that stands under Unreleased passes', async () => {
  const told = changelog('### Removed\n\n- `Box.note`, which nobody could read.');
  assert.deepEqual(
    await untoldBreakingChanges({ released: RELEASED, current: WITHOUT_NOTE, changelog: told }),
    [],
  );
});

test('each of several breaking changes has to be named', async () => {
  const problems = await untoldBreakingChanges({
    released: RELEASED,
    current: 'type Query { box(id: ID!, key: String!): Box } type Box { id: ID!  note: Int }',
    changelog: changelog('### Changed\n\n- `Box.note` is a number.'),
  });
  assert.deepEqual(problems.map((problem) => /name `(.*)` under/.exec(problem)?.[1]).sort(), [
    'Query.box.key',
    'Query.boxes',
  ]);
});

test('what only adds to the graph, or words it otherwise, needs no word', async () => {
  const current = `${RELEASED} "Somebody." type Person { email: String! } extend type Box { owner: Person }`;
  assert.deepEqual(
    await untoldBreakingChanges({ released: RELEASED, current, changelog: changelog('') }),
    [],
  );
});

test('before the first release nothing can break', async () => {
  assert.deepEqual(
    await untoldBreakingChanges({ released: undefined, current: WITHOUT_NOTE, changelog: '' }),
    [],
  );
});
