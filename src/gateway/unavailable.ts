import { GraphQLError } from 'graphql';

/** What a client is told when a subgraph service does not answer. */
export function subgraphUnavailable(subgraph: string): GraphQLError {
  return new GraphQLError('A part of the graph cannot be reached; try again later.', {
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph, retryable: true },
  });
}
