import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packagePath } from '../package-path.js';

const packageFile = z.object({ version: z.string() });

export interface VersionFacts {
  /** Of the package. */
  readonly version: string;
  /** The first characters of the hash of the supergraph that this version ships. */
  readonly graph: string;
}

/** What runs here. */
export function versionFacts(): VersionFacts {
  const { version } = packageFile.parse(JSON.parse(readFileSync(packagePath('package.json'), 'utf8')));
  const supergraph = readFileSync(packagePath('schema/supergraph.graphql'));
  return { version, graph: createHash('sha256').update(supergraph).digest('hex').slice(0, 12) };
}
