import { readFileSync, writeFileSync } from 'node:fs';
import { describeSettings } from '../src/config/describe-settings.js';
import { subgraphs } from '../subgraphs/index.js';
import { renderEnvExample } from './render-env-example.js';
import { reportProblems } from './report-problems.js';

const FILE = '.env.example';

const text = renderEnvExample(
  describeSettings(subgraphs.map(({ name, settings }) => ({ name, shape: settings }))),
);
if (process.argv.includes('--check')) {
  const isCurrent = readFileSync(FILE, 'utf8') === text;
  reportProblems(
    isCurrent ? [] : [`${FILE} does not say what the code declares: run \`npm run fix:settings\`.`],
    `${FILE} documents every setting.`,
  );
} else {
  writeFileSync(FILE, text);
}
