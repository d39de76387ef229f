import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { findPrices } from '../../src/gateway/prices.js';
import { readExamples } from '../../src/gateway/read-examples.js';
import { checkCoverage, type CoverageResult } from '../../scripts/coverage/check-coverage.js';
import { readCoverage, type Coverage } from '../../scripts/coverage/coverage-file.js';
import { createWorlds, type Worlds } from '../../scripts/coverage/world.js';
import { subgraphs } from '../../subgraphs/index.js';

let worlds: Worlds;
before(async () => {
  worlds = await createWorlds();
});
after(() => worlds.close());

test('what the providers have is all listed: 128 operations and 196 attributes', () => {
  const { operations, attributes } = readCoverage();
  assert.deepEqual([operations.length, attributes.length], [128, 196]);
});

test('every example across providers can be pasted and run', async () => {
  const { problems } = await check({ operations: [], attributes: [] }, 'persons');
  assert.deepEqual(problems, []);
});

test('an operation counts only where its example runs, uses its field and reaches the provider', async () => {
  const at = { field: 'Mutation.sendTwoFactorMessage', example: 'messaging2fa/send', calls: 'sendMessage' };
  const operations = [
    { name: 'covered', at },
    { name: 'absent', at: undefined },
    { name: 'without example', at: { ...at, example: 'messaging2fa/nothing' } },
    { name: 'of another field', at: { ...at, field: 'Mutation.cancelTwoFactorMessage' } },
    { name: 'not reached', at: { ...at, calls: 'cancelMessage' } },
  ].map((operation) => ({ provider: 'messaging2fa', ...operation }));
  const attributes = [
    { provider: 'messaging2fa', name: 'used', at: 'TwoFactorMessage.secureId' },
    { provider: 'messaging2fa', name: 'given', at: 'SendTwoFactorMessageInput.subject' },
    { provider: 'messaging2fa', name: 'unused', at: 'TwoFactorMessage.nothing' },
  ];
  const result = await check({ operations, attributes }, 'messaging2fa');
  assert.equal(result.operations, '1/5');
  assert.equal(result.attributes, '2/3');
  assert.deepEqual(
    result.problems.map((problem) => problem.split(':')[0]),
    ['absent', 'without example', 'of another field', 'not reached', 'unused'].map(
      (name) => `messaging2fa ${name}`,
    ),
  );
});

function check(coverage: Coverage, folder: string): Promise<CoverageResult> {
  return checkCoverage({
    coverage,
    examples: readExamples(),
    run: ({ name }) => name.startsWith(`${folder}/`),
    schema: buildSchema(readFileSync('schema/api.graphql', 'utf8')),
    prices: findPrices(parse(readFileSync('schema/supergraph.graphql', 'utf8'))),
    providers: subgraphs.map(({ name }) => name),
    openWorld: (providers) => worlds.open(providers),
  });
}
