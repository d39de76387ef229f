import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { z } from 'zod';
import { packagePath } from '../package-path.js';
import { fieldPrice } from './prices.js';
import type { Composition, SubgraphSdl } from './compose.js';

const keptFile = z.object({
  /** Fingerprint of the subgraphs it was composed of. */
  subgraphs: z.string(),
  /** Fingerprint of the texts it was composed to. */
  graph: z.string(),
  secretChecks: z.array(z.string()),
  prices: z.record(z.string(), fieldPrice),
  scopes: z.record(z.string(), z.array(z.array(z.string()).readonly()).readonly()),
});

/** What is kept of a composition beside its two texts. */
export type KeptGraph = z.infer<typeof keptFile>;

/** Names of the files, in the folder of the package that holds the SDL. */
export const KEPT = { graph: 'composed.json', supergraph: 'supergraph.graphql', api: 'api.graphql' } as const;

/** Says of which subgraphs, and to what, a graph was composed. */
export function keptGraphOf(
  subgraphs: readonly SubgraphSdl[],
  { supergraphSdl, apiSdl, secretChecks, prices, scopes }: Composition,
): KeptGraph {
  return {
    subgraphs: fingerprint(subgraphs.flatMap(({ name, sdl }) => [name, sdl])),
    graph: fingerprint([supergraphSdl, apiSdl]),
    secretChecks: [...secretChecks].sort(),
    prices: sorted(prices),
    scopes: sorted(scopes),
  };
}

function sorted<Value>(byPlace: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(byPlace).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The graph as it was composed before: composing takes a second, for which no start should wait. Undefined when it was
 * of other subgraphs, or its files are not those that were written together.
 */
export function readKeptGraph(
  subgraphs: readonly SubgraphSdl[],
  folder = packagePath('schema'),
): Composition | undefined {
  if (!existsSync(join(folder, KEPT.graph))) return undefined;
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const { secretChecks, prices, scopes, ...kept } = keptFile.parse(JSON.parse(read(KEPT.graph)));
  if (kept.subgraphs !== fingerprint(subgraphs.flatMap(({ name, sdl }) => [name, sdl]))) return undefined;
  const supergraphSdl = read(KEPT.supergraph);
  const apiSdl = read(KEPT.api);
  if (kept.graph !== fingerprint([supergraphSdl, apiSdl])) return undefined;
  const apiSchema = buildSchema(apiSdl, { noLocation: true, assumeValidSDL: true });
  return { supergraphSdl, apiSdl, apiSchema, secretChecks: new Set(secretChecks), prices, scopes };
}

function fingerprint(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(JSON.stringify(text.trimEnd()));
  return hash.digest('hex');
}
