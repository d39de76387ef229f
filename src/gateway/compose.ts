import { composeServices } from '@theguild/federation-composition';
import { buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { findNeededScopes } from './mutation-scopes.js';
import type { NeededScopes } from './mutation-scopes.js';
import { NODES, nodesSdl } from './nodes.js';
import { findPrices } from './prices.js';
import type { Prices } from './prices.js';
import { findSecretChecks } from './single-secret-check.js';
import { StartError } from './start-error.js';

/** What composition needs to know about one subgraph. */
export interface SubgraphSdl {
  readonly name: string;
  /** Federation SDL. */
  readonly sdl: string;
  /** Where it answers; left out for one that lives in this process. */
  readonly url?: string;
}

/** One graph made of all subgraphs. */
export interface Composition {
  /** What a planner needs (any federation router can serve it). */
  readonly supergraphSdl: string;
  /** What clients see: sorted, described, without federation machinery. */
  readonly apiSdl: string;
  readonly apiSchema: GraphQLSchema;
  /** Fields that check a secret, such as `Mutation.signIn`: an operation may have one of them. */
  readonly secretChecks: ReadonlySet<string>;
  /** What fields cost. */
  readonly prices: Prices;
  /** Which scopes fields need. */
  readonly scopes: NeededScopes;
}

/**
 * Composes subgraphs into one graph.
 * @throws StartError naming the subgraph or the first contradiction between subgraphs.
 */
export function compose(subgraphs: readonly SubgraphSdl[]): Composition {
  if (subgraphs.length === 0) throw new StartError('There is no subgraph to compose.');
  const own = subgraphs.map(({ name, sdl, url }) => ({ name, url, typeDefs: parseSdl(name, sdl) }));
  const nodes = nodesSdl(own.map(({ typeDefs }) => typeDefs));
  const parsed = nodes ? [...own, { name: NODES, url: undefined, typeDefs: parseSdl(NODES, nodes) }] : own;
  const result = composeServices(
    parsed.map(({ name, url, typeDefs }) => ({
      name,
      url: url ?? `http://${name}.invalid/graphql`,
      typeDefs,
    })),
  );
  if (result.errors) throw new StartError(explain(result.errors.map((error) => error.message)));
  const supergraph = parse(result.supergraphSdl, { noLocation: true });
  const apiSchema = lexicographicSortSchema(buildSchema(result.publicSdl));
  return {
    supergraphSdl: result.supergraphSdl,
    apiSdl: `${printSchema(apiSchema)}\n`,
    apiSchema,
    secretChecks: findSecretChecks(supergraph),
    prices: findPrices(supergraph),
    scopes: findNeededScopes(supergraph),
  };
}

function parseSdl(name: string, sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true });
  } catch (error) {
    throw new StartError(`The SDL of subgraph "${name}" cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function explain(messages: readonly string[]): string {
  const [first = 'no reason was given', ...others] = messages.map((message) =>
    message.replace(/\s+/g, ' ').trim(),
  );
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `The subgraphs cannot be composed: ${first.replace(/\.$/, '')}${more}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
