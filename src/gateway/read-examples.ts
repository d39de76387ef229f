import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packagePath } from '../package-path.js';
import type { Example } from './example.js';

const variablesFile = z.record(z.string(), z.unknown());

/**
 * The operations kept in `schema/operations`, in the order of their names, for example `messaging2fa/send`;
 * `<name>.variables.json` beside a document holds its variables.
 */
export function readExamples(directory = packagePath('schema/operations')): Example[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql'))
    .sort()
    .map((path) => {
      const name = path.replace(/\.graphql$/, '');
      const variables = join(directory, `${name}.variables.json`);
      return {
        name,
        document: readFileSync(join(directory, path), 'utf8'),
        ...(existsSync(variables) && {
          variables: variablesFile.parse(JSON.parse(readFileSync(variables, 'utf8'))),
        }),
      };
    });
}
