import { GraphQLError } from 'graphql';

/** What a client is told where a subgraph left out what the schema promises. */
export function missingValue(path?: readonly (string | number)[]): GraphQLError {
  return new GraphQLError('A required value could not be resolved.', {
    ...(path && { path }),
    extensions: { code: 'MISSING_VALUE' },
  });
}
