import {
  getNullableType,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';
import type {
  GraphQLInputObjectType,
  GraphQLInputType,
  GraphQLSchema,
  OperationDefinitionNode,
  VariableDefinitionNode,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** Says what is wrong: where, by which type, by which rule. Never what was given: it may be a password. */
type Report = (place: string, rule: string) => void;

/**
 * The values of the variables that an operation declares, as JSON, with its defaults.
 * @param nullForbidden those for which null is wrong although their type allows it
 * @returns errors with code `BAD_USER_INPUT`, at most `maxErrors`, when one does not fit its type
 */
export function readVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Values,
  nullForbidden: ReadonlySet<string>,
  maxErrors: number,
): { readonly values: Values } | { readonly errors: readonly GraphQLError[] } {
  const values: Record<string, unknown> = {};
  const errors: GraphQLError[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const isGiven = Object.hasOwn(given, name) && given[name] !== undefined;
    const report: Report = (place, rule) => {
      if (errors.length < maxErrors) errors.push(inputError(place, rule, definition));
    };
    if (!isGiven && definition.defaultValue) values[name] = valueFromASTUntyped(definition.defaultValue);
    else {
      check(type, given[name], `$${name}`, report);
      if (isGiven) values[name] = given[name];
    }
    if (isGiven && given[name] === null && !isNonNullType(type) && nullForbidden.has(name))
      report(`$${name}`, 'is required: it is used where null is not allowed.');
  }
  return errors.length > 0 ? { errors } : { values };
}

function inputError(place: string, rule: string, definition: VariableDefinitionNode): GraphQLError {
  return new GraphQLError(`Variable "${place}" ${rule}`, {
    nodes: definition,
    extensions: { code: 'BAD_USER_INPUT', input: pathOf(place), http: { status: 400, spec: true } },
  });
}

/** The steps to a place: the variable's name, then fields and places in lists. */
function pathOf(place: string): readonly string[] {
  return place
    .slice(1)
    .split(/[.[\]]+/)
    .filter((step) => step !== '');
}

function check(type: GraphQLInputType, value: unknown, place: string, report: Report): void {
  if (value === null || value === undefined) {
    if (isNonNullType(type)) report(place, `is required: its type is "${String(type)}".`);
    return;
  }
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    if (!Array.isArray(value)) return check(nullable.ofType, value, place, report);
    for (const [index, item] of value.entries()) check(nullable.ofType, item, `${place}[${index}]`, report);
  } else if (isInputObjectType(nullable)) checkObject(nullable, value, place, report);
  else if (!fits(nullable, value)) report(place, `does not fit its type "${String(nullable)}".`);
}

function checkObject(type: GraphQLInputObjectType, value: unknown, place: string, report: Report): void {
  if (!isObject(value)) return report(place, `must be an object: its type is "${String(type)}".`);
  const fields = type.getFields();
  for (const field of Object.values(fields)) {
    const given = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    if (given !== undefined || field.defaultValue === undefined)
      check(field.type, given, `${place}.${field.name}`, report);
  }
  for (const name of Object.keys(value))
    if (!fields[name])
      report(place, `has a field that its type "${String(type)}" does not have${named(name)}.`);
  if (type.isOneOf && Object.values(value).filter((given) => given !== null).length !== 1)
    report(place, `must have exactly one field with a value: its type is "${String(type)}".`);
}

function fits(type: GraphQLInputType, value: unknown): boolean {
  // The messages of graphql-js repeat the value, and look for similar ones.
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
  try {
    return isScalarType(type) && type.parseValue(value) !== undefined;
  } catch {
    return false;
  }
}

function named(name: string): string {
  return /^\w{1,64}$/.test(name) ? `: "${name}"` : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
