import { isAbstractType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, FieldNode, GraphQLSchema } from 'graphql';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The document itself, or one that also asks for the type of everything whose type its place leaves open. */
export function withTypenames(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet(node) {
        if (!isAbstractType(types.getParentType())) return undefined;
        if (
          node.selections.some(
            (one) =>
              one.kind === Kind.FIELD &&
              one.name.value === '__typename' &&
              !one.alias &&
              !one.directives?.length,
          )
        )
          return undefined;
        return { ...node, selections: [TYPENAME, ...node.selections] };
      },
    }),
  );
}
