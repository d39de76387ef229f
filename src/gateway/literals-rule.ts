import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
  Kind,
} from 'graphql';
import type {
  ASTVisitor,
  GraphQLInputObjectType,
  ObjectValueNode,
  ValidationContext,
  ValueNode,
  VariableDefinitionNode,
} from 'graphql';

/** The rule "values of correct type", with messages that name place, type and rule, and never hold a value. */
export function literalsOfCorrectType(context: ValidationContext): ASTVisitor {
  let variables: readonly VariableDefinitionNode[] = [];
  const report = (node: ValueNode, rule: string): void => {
    const argument = context.getArgument();
    const place = argument ? `A value in the argument "${argument.name}"` : 'A default value';
    context.reportError(new GraphQLError(`${place} ${rule}`, { nodes: node }));
  };
  const checkLeaf = (node: ValueNode): false => {
    const type = context.getInputType();
    if (type && !fits(getNamedType(type), node)) report(node, `does not fit its type "${String(type)}".`);
    return false;
  };
  return {
    OperationDefinition(node) {
      variables = node.variableDefinitions ?? [];
    },
    ListValue(node) {
      const type = getNullableType(context.getParentInputType());
      return isListType(type) ? undefined : checkLeaf(node);
    },
    ObjectValue(node) {
      const type = context.getInputType() && getNamedType(context.getInputType());
      if (!isInputObjectType(type)) return checkLeaf(node);
      for (const rule of brokenRules(type, node, variables)) report(node, rule);
      return undefined;
    },
    ObjectField(node) {
      const parent = context.getParentInputType() && getNamedType(context.getParentInputType());
      if (!context.getInputType() && isInputObjectType(parent))
        report(
          node.value,
          `has a field that its type "${String(parent)}" does not have: "${node.name.value}".`,
        );
    },
    NullValue(node) {
      const type = context.getInputType();
      if (isNonNullType(type)) report(node, `is required: its type is "${String(type)}".`);
    },
    EnumValue: checkLeaf,
    IntValue: checkLeaf,
    FloatValue: checkLeaf,
    StringValue: checkLeaf,
    BooleanValue: checkLeaf,
  };
}

function* brokenRules(
  type: GraphQLInputObjectType,
  { fields }: ObjectValueNode,
  variables: readonly VariableDefinitionNode[],
): Iterable<string> {
  const given = new Set(fields.map(({ name }) => name.value));
  for (const field of Object.values(type.getFields()))
    if (isRequiredInputField(field) && !given.has(field.name))
      yield `lacks the field "${field.name}", which its type "${String(type)}" requires.`;
  if (type.isOneOf && (fields.length !== 1 || fields.some(({ value }) => mayBeNull(value, variables))))
    yield `must have exactly one field with a value: its type is "${String(type)}".`;
}

function mayBeNull(value: ValueNode, variables: readonly VariableDefinitionNode[]): boolean {
  if (value.kind !== Kind.VARIABLE) return value.kind === Kind.NULL;
  const definition = variables.find(({ variable }) => variable.name.value === value.name.value);
  return definition?.type.kind !== Kind.NON_NULL_TYPE;
}

function fits(type: unknown, node: ValueNode): boolean {
  if (isEnumType(type)) return node.kind === Kind.ENUM && type.getValue(node.value) !== undefined;
  try {
    return isScalarType(type) && type.parseLiteral(node) !== undefined;
  } catch {
    return false;
  }
}
