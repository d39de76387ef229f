import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packagePath } from '../package-path.js';
import type { Example } from './example.js';

const variablesFile = z.record(z.string(), z.unknown());
const firstSteps = z.array(z.string());

/**
 * The operations kept in `schema/operations`, for example `messaging2fa/send`: those of `first-steps.json` first, the
 * others in the order of their names. `<name>.variables.json` beside a document holds its variables.
 */
export function readExamples(directory = packagePath('schema/operations')): Example[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql'))
    .map((path) => path.replace(/\.graphql$/, ''))
    .sort();
  const order = join(directory, 'first-steps.json');
  const first = existsSync(order) ? firstSteps.parse(JSON.parse(readFileSync(order, 'utf8'))) : [];
  return [...first, ...names.filter((name) => !first.includes(name))].map((name) => {
    const variables = join(directory, `${name}.variables.json`);
    return {
      name,
      document: readFileSync(join(directory, `${name}.graphql`), 'utf8'),
      ...(existsSync(variables) && {
        variables: variablesFile.parse(JSON.parse(readFileSync(variables, 'utf8'))),
      }),
    };
  });
}
