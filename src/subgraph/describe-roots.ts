import { OperationTypeNode } from 'graphql';
import type { GraphQLSchema } from 'graphql';

// The same in every subgraph, so that composition has nothing to choose from.
const DESCRIPTIONS = new Map([
  [OperationTypeNode.QUERY, 'What can be read: at each provider, and through `person` at all of them.'],
  [
    OperationTypeNode.MUTATION,
    'What can be done. An expected no is the `problem` of a payload, not an error.',
  ],
  [
    OperationTypeNode.SUBSCRIPTION,
    'What can be followed: the current state at once, then every observed change; `after` resumes behind a cursor.',
  ],
]);

/** Gives the root types their descriptions, which type-graphql has no place for. */
export function describeRoots(schema: GraphQLSchema): void {
  for (const [operation, description] of DESCRIPTIONS) {
    const root = schema.getRootType(operation);
    if (root) root.description = description;
  }
}
