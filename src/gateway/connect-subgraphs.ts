import type { Executor } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import type { Audit } from '../audit.js';
import type { Subgraph } from '../subgraph/subgraph.js';
import type { Composition } from './compose.js';
import type { GraphExecutor } from './executor.js';
import { checkScalars } from './leaf-types.js';
import { localExecutor } from './local-executor.js';
import { RemoteExecutor } from './remote-executor.js';
import { NODES, nodesExecutor } from './nodes.js';
import type { RemoteOptions } from './remote-executor.js';
import { StartError } from './start-error.js';

/** A subgraph of this process, or one that is a service of its own. */
export type SubgraphSource =
  | { readonly name: string; readonly sdl: string; readonly local: Subgraph }
  | {
      readonly name: string;
      readonly sdl: string;
      readonly url: string;
      /** Its schema, for the values that its scalars allow. Left out: those are checked by the service alone. */
      readonly schema?: GraphQLSchema;
    };

/**
 * Executes the graph by the subgraphs' own resolvers when all of them live in this process, by plans otherwise. Makes
 * the API schema of the composition know the values that scalars allow.
 * @param services of the subgraphs that do not live in this process, by name
 * @param audit where what the gateway refuses leaves a record
 */
export async function connectSubgraphs(
  composition: Composition,
  subgraphs: readonly SubgraphSource[],
  services: ReadonlyMap<string, RemoteExecutor>,
  audit: Audit | undefined,
): Promise<GraphExecutor> {
  const local = subgraphs.flatMap((subgraph) => ('local' in subgraph ? [subgraph.local] : []));
  if (local.length === subgraphs.length) {
    const { mergeSchema } = await import('./merged/merge-schema.js');
    const schema = mergeSchema(composition.apiSchema, local, audit);
    if (schema) {
      const { mergedExecutor } = await import('./merged/merged-executor.js');
      return mergedExecutor(schema);
    }
  }
  checkScalars(
    composition.apiSchema,
    subgraphs.flatMap((subgraph) => ('local' in subgraph ? subgraph.local.schema : (subgraph.schema ?? []))),
  );
  const executors = new Map<string, Executor>(
    local.map((subgraph) => [subgraph.name, localExecutor(subgraph)]),
  );
  for (const [name, { execute }] of services) executors.set(name, execute);
  executors.set(NODES, nodesExecutor(subgraphs, executors, audit));
  // The planner is large, and needed by nobody else.
  const { plannedExecutor } = await import('./planned-executor.js');
  return plannedExecutor(composition, executors);
}

/**
 * The services of the subgraphs that do not live in this process, by name. None is asked yet.
 * @param options undefined: there is no key to sign calls to services with
 * @throws StartError when there is a service, and no key
 */
export function remoteExecutors(
  subgraphs: readonly SubgraphSource[],
  options: RemoteOptions | undefined,
): ReadonlyMap<string, RemoteExecutor> {
  const services = new Map<string, RemoteExecutor>();
  for (const subgraph of subgraphs) {
    if (!('url' in subgraph)) continue;
    if (!options)
      throw new StartError(`Subgraph "${subgraph.name}" is remote, and there is no key to sign calls to it.`);
    services.set(subgraph.name, new RemoteExecutor(subgraph, options));
  }
  return services;
}
