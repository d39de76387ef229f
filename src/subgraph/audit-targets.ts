import { getNamedType, GraphQLID, isInputObjectType, isObjectType, valueFromASTUntyped } from 'graphql';
import type {
  FieldNode,
  GraphQLArgument,
  GraphQLField,
  GraphQLInputType,
  GraphQLObjectType,
  GraphQLResolveInfo,
} from 'graphql';
import { z } from 'zod';
import type { Targets } from '../audit.js';

const MOST_ID_CHARS = 200;
const id = z.union([z.string(), z.int().transform(String)]);

/** Finds the ids that an operation is about, by the types of the graph: whatever is no `ID` is content. */
export class FoundIds {
  readonly #ids = new Map<string, Set<string>>();

  /** The ids among arguments, at any depth. */
  given(args: readonly GraphQLArgument[], values: unknown): this {
    for (const { name, type } of args) this.#givenIn(type, name, memberOf(values, name));
    return this;
  }

  /** The ids among the arguments of a field as they are written, valid or not. */
  written(
    args: readonly GraphQLArgument[],
    { arguments: given = [] }: FieldNode,
    variables: Readonly<Record<string, unknown>>,
  ): this {
    const values = given.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]);
    return this.given(args, Object.fromEntries(values));
  }

  /** The ids that a payload tells, and those of the objects in it; of an object without one, whatever else names it. */
  made(type: GraphQLObjectType, payload: unknown, context: unknown, info: GraphQLResolveInfo): this {
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      for (const value of [memberOf(payload, field.name)].flat()) {
        if (named === GraphQLID) this.#add(field.name, value);
        if (isObjectType(named) && isObject(value)) this.#madeIn(named, field.name, value, context, info);
      }
    }
    return this;
  }

  add(name: string, value: unknown): this {
    this.#add(name, value);
    return this;
  }

  toTargets(): Targets {
    return Object.fromEntries(
      [...this.#ids].map(([name, ids]) => {
        const [only = '', ...others] = ids;
        return [name, others.length > 0 ? [only, ...others] : only];
      }),
    );
  }

  #givenIn(type: GraphQLInputType, name: string, value: unknown): void {
    if (Array.isArray(value)) return value.forEach((item) => this.#givenIn(type, name, item));
    const named = getNamedType(type);
    if (named === GraphQLID) this.#add(name, value);
    if (!isInputObjectType(named) || !isObject(value)) return;
    for (const field of Object.values(named.getFields()))
      this.#givenIn(field.type, field.name, memberOf(value, field.name));
  }

  #madeIn(
    type: GraphQLObjectType,
    name: string,
    source: object,
    context: unknown,
    info: GraphQLResolveInfo,
  ): void {
    const fields = type.getFields();
    if (fields['id']) return this.#add(name, idBy(fields['id'], source, context, info));
    for (const field of Object.values(fields))
      if (getNamedType(field.type) === GraphQLID) this.#add(field.name, memberOf(source, field.name));
  }

  #add(name: string, value: unknown): void {
    const { data } = id.safeParse(value);
    const isKnown = [...this.#ids.values()].some((ids) => data !== undefined && ids.has(data));
    if (data === undefined || data === '' || isKnown) return;
    const ids = this.#ids.get(name) ?? new Set();
    this.#ids.set(name, ids.add(data.slice(0, MOST_ID_CHARS)));
  }
}

/** Values of documents have no prototype. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

/** An `id` is made of what is known; whatever else cannot be told without asking somebody is left out. */
function idBy(
  field: GraphQLField<unknown, unknown>,
  source: object,
  context: unknown,
  info: GraphQLResolveInfo,
): unknown {
  try {
    return field.resolve ? field.resolve(source, {}, context, info) : memberOf(source, field.name);
  } catch {
    return undefined;
  }
}
