import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packagePath } from '../package-path.js';

const alternatives = z.array(z.array(z.string()));

/** The scopes that fields of the published graph need. */
export function knownScopes(): ReadonlySet<string> {
  const sdl = readFileSync(packagePath('schema/supergraph.graphql'), 'utf8');
  const needed = [...sdl.matchAll(/@requiresScopes\(scopes: (\[\[[^\]]*\](?:, \[[^\]]*\])*\])\)/g)];
  return new Set(needed.flatMap(([, scopes = '[]']) => alternatives.parse(JSON.parse(scopes)).flat()));
}
