import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSchema, parse } from 'graphql';
import { findPrices } from '../src/gateway/prices.js';
import { readExamples } from '../src/gateway/read-examples.js';
import { subgraphs } from '../subgraphs/index.js';
import { readAnswers, renewed, shortAnswer, writeAnswers } from './coverage/answers-file.js';
import { checkCoverage } from './coverage/check-coverage.js';
import { readCoverage, unlisted } from './coverage/coverage-file.js';
import { createWorlds } from './coverage/world.js';

// npm run check:coverage -- safebox: one provider alone. With --write, answers that are out of date are recorded anew.
const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean' } },
  allowPositionals: true,
});
const [only] = positionals;
const { operations, attributes } = readCoverage();
const isMeant = (provider: string): boolean => only === undefined || provider === only;

const worlds = await createWorlds();
const result = await checkCoverage({
  coverage: {
    operations: operations.filter(({ provider }) => isMeant(provider)),
    attributes: attributes.filter(({ provider }) => isMeant(provider)),
  },
  examples: readExamples(),
  run: ({ name }) => only === undefined || name.startsWith(`${only}/`),
  schema: buildSchema(readFileSync('schema/api.graphql', 'utf8')),
  prices: findPrices(parse(readFileSync('schema/supergraph.graphql', 'utf8'))),
  providers: subgraphs.map(({ name }) => name),
  openWorld: (providers) => worlds.open(providers),
}).finally(() => worlds.close());

const meant = only === undefined ? subgraphs.map(({ name }) => name) : [only];
const problems = [...unlisted(meant, operations), ...result.problems];
for (const folder of new Set([...result.answers.keys()].map(folderOf))) {
  const own = [...result.answers].filter(([name]) => folderOf(name) === folder);
  const live = Object.fromEntries(own.map(([name, data]) => [name, shortAnswer(data)]));
  const { answers, outdated } = renewed(readAnswers(folder), live);
  if (values.write) writeAnswers(folder, answers);
  else
    for (const name of outdated)
      problems.push(`${name}: does not answer what is recorded: run \`npm run fix:answers\`.`);
}
for (const problem of problems) console.log(problem);
console.log(`${result.operations} operations, ${result.attributes} attributes`);
process.exitCode = problems.length === 0 ? 0 : 1;

function folderOf(example: string): string {
  return example.split('/')[0] ?? '';
}
