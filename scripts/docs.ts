import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describeSettings } from '../src/config/describe-settings.js';
import { readExamples } from '../src/gateway/read-examples.js';
import { providers } from '../src/providers/index.js';
import { describeSimulator, simulators } from '../src/simulators/index.js';
import { renderConfiguration } from './docs/render-configuration.js';
import { renderEnvExample } from './docs/render-env-example.js';
import { renderErrors } from './docs/render-errors.js';
import { renderReference } from './docs/render-reference.js';
import { renderSimulator, renderSimulators } from './docs/render-simulators.js';
import { reportProblems } from './report-problems.js';

const settings = describeSettings(providers);
const simulated = [...simulators.keys()].flatMap((name) => describeSimulator(name) ?? []);
const written = [
  { file: '.env.example', text: renderEnvExample(settings) },
  { file: 'docs/configuration.md', text: await formatted(renderConfiguration(settings)) },
  { file: 'docs/errors.md', text: await formatted(renderErrors()) },
  { file: 'docs/simulators.md', text: await formatted(renderSimulators(simulated)) },
  ...(await Promise.all(
    simulated.map(async (one) => ({
      file: `docs/simulators/${one.name}.md`,
      text: await formatted(renderSimulator(one)),
    })),
  )),
  ...(await Promise.all(
    renderReference(readFileSync('schema/api.graphql', 'utf8'), readExamples()).map(
      async ({ file, text }) => ({
        file,
        text: await formatted(text),
      }),
    ),
  )),
];

if (process.argv.includes('--check')) {
  const outdated = written.filter(
    ({ file, text }) => (existsSync(file) ? readFileSync(file, 'utf8') : '') !== text,
  );
  reportProblems(
    outdated.map(({ file }) => `${file} does not say what the code declares: run \`npm run fix:docs\`.`),
    'The pages made from the code say what it declares.',
  );
} else {
  for (const { file, text } of written) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function formatted(text: string): Promise<string> {
  return format(text, { ...(await resolveConfig('docs/errors.md')), parser: 'markdown' });
}
