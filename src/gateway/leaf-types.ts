import { addResolversToSchema } from '@graphql-tools/schema';
import { isEnumType, isScalarType, isSpecifiedScalarType, valueFromASTUntyped } from 'graphql';
import type { GraphQLEnumType, GraphQLScalarType, GraphQLSchema } from 'graphql';

/** Makes scalars and enums mean what they mean to the resolvers of the schemas they came from. */
export function adoptLeafTypes(api: GraphQLSchema, schemas: readonly GraphQLSchema[]): void {
  const types = schemas.flatMap((schema) => Object.values(schema.getTypeMap()));
  const enums = types
    .filter(isEnumType)
    .filter(({ name }) => !name.startsWith('__') && api.getType(name))
    .map((type) => [type.name, internalValues(type)] as const);
  const scalars = customScalars(api, schemas).map((type) => [type.name, type] as const);
  const told = Object.values(api.getTypeMap())
    .filter(isScalarType)
    .map((type) => ({ type, description: type.description, specifiedByURL: type.specifiedByURL }));
  addResolversToSchema({
    schema: api,
    resolvers: Object.fromEntries<object>([...enums, ...scalars]),
    updateResolversInPlace: true,
  });
  // What clients are told of them is the composition's word, not that of the one whose meaning was taken.
  for (const { type, ...words } of told) Object.assign(type, words);
}

/** Makes scalars refuse what the schemas they came from would refuse, and pass on everything else as it is. */
export function checkScalars(api: GraphQLSchema, schemas: readonly GraphQLSchema[]): void {
  for (const original of customScalars(api, schemas)) {
    const scalar = api.getType(original.name);
    if (!isScalarType(scalar)) continue;
    scalar.parseValue = (value) => {
      original.parseValue(value);
      return value;
    };
    scalar.parseLiteral = (node, variables) => {
      original.parseLiteral(node, variables);
      return valueFromASTUntyped(node, variables);
    };
  }
}

function customScalars(api: GraphQLSchema, schemas: readonly GraphQLSchema[]): readonly GraphQLScalarType[] {
  return schemas
    .flatMap((schema) => Object.values(schema.getTypeMap()))
    .filter(isScalarType)
    .filter((type) => !isSpecifiedScalarType(type) && api.getType(type.name));
}

function internalValues(type: GraphQLEnumType): Record<string, unknown> {
  return Object.fromEntries(type.getValues().map(({ name, value }): [string, unknown] => [name, value]));
}
