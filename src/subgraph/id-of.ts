import { defaultFieldResolver, getNamedType, isInputObjectType, Kind } from 'graphql';
import type {
  ConstDirectiveNode,
  GraphQLArgument,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLInputField,
  GraphQLSchema,
} from 'graphql';
import { Directive } from 'type-graphql';
import { providerId } from './global-id.js';

const NAME = 'idOf';

/**
 * Declares that an argument, or a field of an input, names an object: by its `id` in the graph or by the provider's own
 * id. Resolvers are given the provider's own, and an id of anything else as it stands, which is unknown there.
 * @param types of which types the object may be, one of them as a rule
 * @param within arguments beside it, or around it, that hold what stands in the `id` before the provider's own
 */
export function IdOf(
  types: string | readonly string[],
  ...within: readonly string[]
): PropertyDecorator & ParameterDecorator {
  const list = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
  return Directive(`@${NAME}(types: [${list([types].flat())}], within: [${list(within)}])`);
}

/** What an argument names. */
interface Named {
  readonly types: readonly string[];
  readonly within: readonly string[];
}

type Input = GraphQLArgument | GraphQLInputField;
type Values = Readonly<Record<string, unknown>>;
type Field = GraphQLField<unknown, unknown>;

/** Makes every argument that is declared by `IdOf` take both ids, and say so. */
export function acceptIds(schema: GraphQLSchema): void {
  const named = new Map<Input, Named>();
  const read = (input: Input): void => {
    const directive = input.astNode?.directives?.find(({ name }) => name.value === NAME);
    if (!directive || !input.astNode) return;
    named.set(input, { types: textsOf(directive, 'types'), within: textsOf(directive, 'within') });
    const directives = input.astNode.directives?.filter((other) => other !== directive) ?? [];
    input.astNode = { ...input.astNode, directives };
    input.description = [input.description, 'Takes the `id` as well as the own id at the provider.']
      .filter(Boolean)
      .join(' ');
  };
  for (const type of Object.values(schema.getTypeMap()))
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(read);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const root of roots) {
    for (const field of Object.values<Field>(root?.getFields() ?? {})) {
      field.args.forEach(read);
      if (!field.args.some((argument) => mentions(argument, named))) continue;
      const own = (args: Values): Values => ownIds(field.args, args, {}, named);
      if (field.subscribe) field.subscribe = reading(own, field.subscribe);
      else field.resolve = reading(own, field.resolve ?? defaultFieldResolver);
    }
  }
}

function reading(
  own: (args: Values) => Values,
  next: GraphQLFieldResolver<unknown, unknown>,
): GraphQLFieldResolver<unknown, unknown> {
  return (source, args: Values, context, info) => next(source, own(args), context, info);
}

/** The values with ids as the provider has them. Ids that others are found within come first. */
function ownIds(inputs: readonly Input[], given: Values, around: Values, named: Map<Input, Named>): Values {
  let values = given;
  const isWithin = (input: Input): boolean => (named.get(input)?.within.length ?? 0) > 0;
  for (const input of [...inputs.filter((one) => !isWithin(one)), ...inputs.filter(isWithin)]) {
    const value = values[input.name];
    if (value === null || value === undefined) continue;
    const scope = { ...around, ...values };
    values = { ...values, [input.name]: ownId(input, value, scope, named) };
  }
  return values;
}

function ownId(input: Input, value: unknown, scope: Values, named: Map<Input, Named>): unknown {
  if (Array.isArray(value)) return value.map((item) => ownId(input, item, scope, named));
  const type = getNamedType(input.type);
  if (isInputObjectType(type) && isValues(value))
    return ownIds(Object.values(type.getFields()), value, scope, named);
  const { types, within } = named.get(input) ?? { types: [], within: [] };
  const names = within.map((name) => textOf(scope[name]));
  return types.reduce(
    (given, one) => (typeof given === 'string' ? providerId(one, given, ...names) : given),
    value,
  );
}

/** Whether an argument holds an id of an object, at any depth. */
function mentions(input: Input, named: Map<Input, Named>, seen: readonly unknown[] = []): boolean {
  const type = getNamedType(input.type);
  if (!isInputObjectType(type) || seen.includes(type)) return named.has(input);
  return Object.values(type.getFields()).some((field) => mentions(field, named, [...seen, type]));
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(directive: ConstDirectiveNode, argument: string): string[] {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []));
}
