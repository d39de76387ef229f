import {
  getNamedType,
  isInputObjectType,
  parse,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { GraphQLInputType, GraphQLSchema } from 'graphql';

/** Every `Type.field` that an operation selects, and every `Input.field` to which its variables give a value. */
export function usedFields(
  schema: GraphQLSchema,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Set<string> {
  const used = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      Field(node) {
        used.add(`${info.getParentType()?.name}.${node.name.value}`);
      },
      ObjectField(node) {
        const type = info.getParentInputType();
        if (type) used.add(`${getNamedType(type).name}.${node.name.value}`);
      },
      VariableDefinition(node) {
        const type = typeFromAST(schema, node.type) as GraphQLInputType | undefined;
        addInput(used, type, variables[node.variable.name.value]);
      },
    }),
  );
  return used;
}

function addInput(used: Set<string>, type: GraphQLInputType | undefined, value: unknown): void {
  if (Array.isArray(value)) return value.forEach((one) => addInput(used, type, one));
  const named = type && getNamedType(type);
  if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    used.add(`${named.name}.${name}`);
    addInput(used, named.getFields()[name]?.type, inner);
  }
}
