import { GraphQLError } from 'graphql';
import { PROBLEM_CODES } from '../provider-error.js';

/** What a client is told when a subgraph service does not answer. */
export function subgraphUnavailable(subgraph: string): GraphQLError {
  return new GraphQLError('A part of the graph cannot be reached; try again later.', {
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph, isRetryable: true },
  });
}

/** What a client is told when the answer of a subgraph service to a mutation was lost: trying again could do it twice. */
export function outcomeUnknown(subgraph: string): GraphQLError {
  return new GraphQLError(PROBLEM_CODES.OUTCOME_UNKNOWN, {
    extensions: { code: 'OUTCOME_UNKNOWN', subgraph, isRetryable: false },
  });
}
