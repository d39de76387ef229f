import { getNamedType, isInputObjectType, Kind } from 'graphql';
import type { FieldNode, GraphQLField, GraphQLInputObjectType, GraphQLInputType, ValueNode } from 'graphql';
import { sum } from './cost.js';
import type { Cost } from './cost.js';
import type { Prices } from './prices.js';

/** Reckons what is given to fields: a field of an input that has a price costs it each time it is given. */
export class GivenCosts {
  readonly #prices: Prices;
  readonly #arePriced = new Map<GraphQLInputObjectType, boolean>();

  constructor(prices: Prices) {
    this.#prices = prices;
  }

  /** @param node a use of the field */
  of({ arguments: given = [] }: FieldNode, { args }: GraphQLField<unknown, unknown>): Cost {
    return sum(
      given.map(({ name, value }) => {
        const type = args.find((one) => one.name === name.value)?.type;
        return type ? this.#ofNode(type, value) : 0;
      }),
    );
  }

  #ofNode(type: GraphQLInputType, node: ValueNode): Cost {
    const input = this.#priced(type);
    if (!input) return 0;
    if (node.kind === Kind.VARIABLE) {
      const { value: name } = node.name;
      return (variables) => this.#ofValue(input, variables[name]);
    }
    if (node.kind === Kind.LIST) return sum(node.values.map((one) => this.#ofNode(input, one)));
    if (node.kind !== Kind.OBJECT) return 0;
    return sum(
      node.fields.map(({ name, value }): Cost => {
        const field = input.getFields()[name.value];
        if (!field || value.kind === Kind.NULL) return 0;
        return sum([this.#weight(input, field.name), this.#ofNode(field.type, value)]);
      }),
    );
  }

  /** @param value as JSON has it */
  #ofValue(type: GraphQLInputType, value: unknown): number {
    const input = this.#priced(type);
    if (!input || typeof value !== 'object' || value === null) return 0;
    if (Array.isArray(value)) return value.reduce<number>((all, one) => all + this.#ofValue(input, one), 0);
    return Object.entries(value).reduce((all, [name, given]) => {
      const field = input.getFields()[name];
      if (!field || given === null || given === undefined) return all;
      return all + this.#weight(input, name) + this.#ofValue(field.type, given);
    }, 0);
  }

  #weight({ name }: GraphQLInputObjectType, field: string): number {
    return this.#prices[`${name}.${field}`]?.weight ?? 0;
  }

  /** The input that is meant, when anything in it has a price. */
  #priced(type: GraphQLInputType): GraphQLInputObjectType | undefined {
    const named = getNamedType(type);
    return isInputObjectType(named) && this.#isPriced(named) ? named : undefined;
  }

  #isPriced(input: GraphQLInputObjectType): boolean {
    const known = this.#arePriced.get(input) ?? this.#holdsPriced(input, new Set());
    this.#arePriced.set(input, known);
    return known;
  }

  #holdsPriced(input: GraphQLInputObjectType, around: ReadonlySet<GraphQLInputObjectType>): boolean {
    if (around.has(input)) return false;
    const inside = new Set([...around, input]);
    return Object.values(input.getFields()).some(({ name, type }) => {
      const named = getNamedType(type);
      return this.#weight(input, name) > 0 || (isInputObjectType(named) && this.#holdsPriced(named, inside));
    });
  }
}
