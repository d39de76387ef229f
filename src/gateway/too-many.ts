import { GraphQLError } from 'graphql';

/** The answer to an operation for which there is no room. */
export function tooMany(where: string, limit: number): GraphQLError {
  return new GraphQLError(`At most ${limit} operations may run ${where} at a time.`, {
    extensions: { code: 'LIMIT_EXCEEDED' },
  });
}
