import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describeSettings } from '../src/config/describe-settings.js';
import { providers } from '../src/providers/index.js';
import { renderConfiguration } from './docs/render-configuration.js';
import { renderEnvExample } from './docs/render-env-example.js';
import { renderErrors } from './docs/render-errors.js';
import { reportProblems } from './report-problems.js';

const settings = describeSettings(providers);
const written = [
  { file: '.env.example', text: renderEnvExample(settings) },
  { file: 'docs/configuration.md', text: await formatted(renderConfiguration(settings)) },
  { file: 'docs/errors.md', text: await formatted(renderErrors()) },
];

if (process.argv.includes('--check')) {
  const outdated = written.filter(({ file, text }) => readFileSync(file, 'utf8') !== text);
  reportProblems(
    outdated.map(({ file }) => `${file} does not say what the code declares: run \`npm run fix:docs\`.`),
    'The pages made from the code say what it declares.',
  );
} else {
  for (const { file, text } of written) writeFileSync(file, text);
}

async function formatted(text: string): Promise<string> {
  return format(text, { ...(await resolveConfig('docs/errors.md')), parser: 'markdown' });
}
