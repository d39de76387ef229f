import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { packagePath } from '../package-path.js';
import { declaredScopes } from '../subgraph/scopes.js';

/** The scopes that fields of the published graph need. */
export function knownScopes(): ReadonlySet<string> {
  const sdl = readFileSync(packagePath('schema/supergraph.graphql'), 'utf8');
  return declaredScopes(buildSchema(sdl, { assumeValidSDL: true }));
}
