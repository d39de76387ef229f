import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { readExamples } from '../src/gateway/read-examples.js';
import { subgraphs } from '../subgraphs/index.js';
import { checkCoverage } from './coverage/check-coverage.js';
import { readCoverage, unlisted } from './coverage/coverage-file.js';
import { createWorlds } from './coverage/world.js';

// npm run check:coverage -- safebox: one provider alone.
const [only] = process.argv.slice(2);
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
  providers: subgraphs.map(({ name }) => name),
  openWorld: (providers) => worlds.open(providers),
}).finally(() => worlds.close());

const meant = only === undefined ? subgraphs.map(({ name }) => name) : [only];
const problems = [...unlisted(meant, operations), ...result.problems];
for (const problem of problems) console.log(problem);
console.log(`${result.operations} operations, ${result.attributes} attributes`);
process.exitCode = problems.length === 0 ? 0 : 1;
