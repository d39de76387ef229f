import { readFileSync, writeFileSync } from 'node:fs';
import { reportProblems } from './report-problems.js';
import { clientTypes } from './schema/client-types.js';

const apiSdl = readFileSync('schema/api.graphql', 'utf8');
const written = await Promise.all(
  ['examples/web-client', 'examples/node-client', 'console/graph', 'client/react'].map(async (folder) => ({
    file: `${folder}/generated.ts`,
    text: await clientTypes(apiSdl, readFileSync(`${folder}/operations.graphql`, 'utf8')),
  })),
);

if (process.argv.includes('--check')) {
  const outdated = written.filter(({ file, text }) => readFileSync(file, 'utf8') !== text);
  reportProblems(
    outdated.map(({ file }) => `${file} does not fit the graph any more: run \`npm run fix:clients\`.`),
    'The clients have the types of the graph.',
  );
} else {
  for (const { file, text } of written) writeFileSync(file, text);
}
