import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  typeFromAST,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLInterfaceType,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { combined, sum } from './cost.js';
import type { Cost, Values } from './cost.js';
import { GivenCosts } from './given-cost.js';
import type { FieldPrice, Prices } from './prices.js';

type ListSize = NonNullable<FieldPrice['listSize']>;

interface SizedFields {
  readonly fields: readonly string[];
  readonly size: Cost;
}

/** Items of a list of which nothing is said. */
const ASSUMED_SIZE = 10;
/** Calls to providers of a field of a root type. */
const ROOT_WEIGHT = 1;

/**
 * Reckons how many calls to providers an operation makes at the most, before it runs. Each operation is looked at once;
 * after that only what variables say is reckoned: the sizes of lists, and what is given.
 */
export class OperationCosts {
  readonly #schema: GraphQLSchema;
  readonly #prices: Prices;
  readonly #given: GivenCosts;
  readonly #known = new WeakMap<OperationDefinitionNode, Cost>();

  constructor(schema: GraphQLSchema, prices: Prices) {
    this.#schema = schema;
    this.#prices = prices;
    this.#given = new GivenCosts(prices);
  }

  /** @param operation of a valid document */
  of(document: DocumentNode, operation: OperationDefinitionNode, variables: Values): number {
    let cost = this.#known.get(operation);
    if (cost === undefined) {
      cost = new Reckoning(this.#schema, this.#prices, this.#given, document).of(operation);
      this.#known.set(operation, cost);
    }
    return typeof cost === 'number' ? cost : cost(variables);
  }
}

/** The answer to an operation that is too dear. */
export function tooCostly(cost: number, limit: number): GraphQLError {
  return new GraphQLError(
    `The operation may make ${cost} calls to providers; at most ${limit} are allowed. Ask for shorter lists, or less of each item.`,
    { extensions: { code: 'LIMIT_EXCEEDED', http: { status: 400, spec: true } } },
  );
}

class Reckoning {
  readonly #schema: GraphQLSchema;
  readonly #prices: Prices;
  readonly #given: GivenCosts;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #ofFragments = new Map<string, Cost>();

  constructor(schema: GraphQLSchema, prices: Prices, given: GivenCosts, document: DocumentNode) {
    this.#schema = schema;
    this.#prices = prices;
    this.#given = given;
    this.#fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    );
  }

  of({ operation, selectionSet }: OperationDefinitionNode): Cost {
    return this.#set(selectionSet, this.#schema.getRootType(operation) ?? undefined);
  }

  /** @param sizes of the lists among the fields, where the field around them says it */
  #set({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined, sizes?: SizedFields): Cost {
    return sum(
      selections.map((selection): Cost => {
        if (selection.kind === Kind.FIELD)
          return this.#field(
            selection,
            parent,
            sizes?.fields.includes(selection.name.value) ? sizes.size : undefined,
          );
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const type = selection.typeCondition && typeFromAST(this.#schema, selection.typeCondition);
          return this.#set(selection.selectionSet, type ?? parent, sizes);
        }
        return this.#fragment(selection.name.value, sizes);
      }),
    );
  }

  #fragment(name: string, sizes: SizedFields | undefined): Cost {
    const known = sizes ? undefined : this.#ofFragments.get(name);
    const fragment = this.#fragments.get(name);
    if (known !== undefined || !fragment) return known ?? 0;
    const cost = this.#set(fragment.selectionSet, typeFromAST(this.#schema, fragment.typeCondition), sizes);
    if (!sizes) this.#ofFragments.set(name, cost);
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined, given: Cost | undefined): Cost {
    const field = hasFields(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!parent || !field) return 0;
    const { weight: own = this.#isRoot(parent) ? ROOT_WEIGHT : 0, listSize } =
      this.#prices[`${parent.name}.${field.name}`] ?? {};
    const weight = sum([own, this.#given.of(node, field)]);
    if (!node.selectionSet) return weight;
    const size = listSize && sizeOf(node, field, listSize);
    const type = getNamedType(field.type);
    if (size !== undefined && listSize?.sizedFields)
      return sum([weight, this.#set(node.selectionSet, type, { fields: listSize.sizedFields, size })]);
    const items = given ?? size ?? (isListType(getNullableType(field.type)) ? ASSUMED_SIZE : 1);
    return sum([weight, times(items, this.#set(node.selectionSet, type))]);
  }

  #isRoot(type: GraphQLNamedType): boolean {
    return [
      this.#schema.getQueryType(),
      this.#schema.getMutationType(),
      this.#schema.getSubscriptionType(),
    ].some((root) => root === type);
  }
}

function hasFields(type: GraphQLNamedType | undefined): type is GraphQLObjectType | GraphQLInterfaceType {
  return isObjectType(type) || isInterfaceType(type);
}

function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { assumedSize = ASSUMED_SIZE, slicingArguments }: ListSize,
): Cost {
  const sizes = slicingArguments.flatMap((name): Cost[] => {
    const fallback = countOf(field.args.find((one) => one.name === name)?.defaultValue, assumedSize);
    const value = node.arguments?.find((one) => one.name.value === name)?.value;
    if (!value) return [fallback];
    if (value.kind === Kind.INT) return [Math.max(0, Number(value.value))];
    if (value.kind !== Kind.VARIABLE) return [fallback];
    const variable = value.name.value;
    return [(variables) => countOf(variables[variable], fallback)];
  });
  if (sizes.length === 0) return assumedSize;
  return combined(sizes, (counts) => Math.max(...counts));
}

function countOf(value: unknown, fallback: number): number {
  return typeof value === 'number' ? Math.max(0, value) : fallback;
}

function times(a: Cost, b: Cost): Cost {
  if (b === 0) return 0;
  return combined([a, b], ([x = 0, y = 0]) => x * y);
}
