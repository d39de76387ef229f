import fc from 'fast-check';
import { getNamedType, isAbstractType, isCompositeType, isObjectType } from 'graphql';
import type { GraphQLCompositeType, GraphQLField, GraphQLSchema } from 'graphql';

/** Draws a value from an arbitrary, as `fc.gen` gives it to a property. */
type Draw = <T, Args extends unknown[]>(arbitrary: (...args: Args) => fc.Arbitrary<T>, ...args: Args) => T;

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, boolean>>;
}

/** What operations are made of besides the schema. */
export interface Ingredients {
  /** GraphQL literals for arguments, by name. */
  readonly literals: Readonly<Record<string, readonly string[]>>;
  /** Fields, as `Type.field`, that are never asked for. */
  readonly without: ReadonlySet<string>;
  /** Fields inside fields. */
  readonly depth: number;
}

/** A valid query with aliases, fragments, and fields that variables (with and without values) switch on and off. */
export function generateQuery(
  schema: GraphQLSchema,
  draw: Draw,
  ingredients: Ingredients,
): GeneratedOperation {
  const query = schema.getQueryType();
  if (!query) throw new Error('nothing can be asked');
  const maker = new SelectionMaker(schema, draw, ingredients);
  const variables = draw(fc.record, { yes: fc.boolean(), no: fc.boolean() }, { requiredKeys: [] });
  const selection = maker.selection(query, ingredients.depth);
  // A variable that is declared must be used.
  const declared = ['$yes: Boolean = true', '$no: Boolean = false'].filter((declaration) =>
    selection.includes(`${declaration.split(':', 1)[0]})`),
  );
  const head = declared.length > 0 ? `query (${declared.join(', ')})` : 'query';
  return { query: `${head} ${selection}`, variables };
}

class SelectionMaker {
  #aliases = 0;

  constructor(
    readonly schema: GraphQLSchema,
    readonly draw: Draw,
    readonly ingredients: Ingredients,
  ) {}

  selection(type: GraphQLCompositeType, depth: number): string {
    if (isAbstractType(type)) {
      const parts = this.schema
        .getPossibleTypes(type)
        .map((one) => `... on ${one.name} ${this.selection(one, depth)}`);
      return `{ ${parts.join(' ')} }`;
    }
    const fields = isObjectType(type)
      ? this.#fieldsOf(type.name, Object.values(type.getFields()), depth)
      : [];
    const names = fields.map(({ name }) => name);
    const size = { minLength: Math.min(1, names.length), maxLength: Math.min(4, names.length) };
    const chosen = this.draw(fc.subarray, names, size);
    const parts = fields
      .filter(({ name }) => chosen.includes(name))
      .map((field) => this.#field(field, depth));
    if (this.draw(fc.integer, { min: 0, max: 5 }) === 0) parts.push('__typename');
    if (parts.length === 0) parts.push('__typename');
    return this.draw(fc.integer, { min: 0, max: 4 }) === 0
      ? `{ ...${this.#switch()} { ${parts.join(' ')} } }`
      : `{ ${parts.join(' ')} }`;
  }

  #fieldsOf(
    type: string,
    fields: readonly GraphQLField<unknown, unknown>[],
    depth: number,
  ): GraphQLField<unknown, unknown>[] {
    return fields.filter(
      (field) =>
        !this.ingredients.without.has(`${type}.${field.name}`) &&
        (depth > 0 || !isCompositeType(getNamedType(field.type))),
    );
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const args = field.args.flatMap(({ name }) => {
      const literals = this.ingredients.literals[name] ?? [];
      return literals.length > 0 ? [`${name}: ${this.draw(fc.constantFrom, ...literals)}`] : [];
    });
    // Two fields of one name with other arguments do not go together.
    const alias = args.length > 0 || this.draw(fc.boolean) ? `a${(this.#aliases += 1)}: ` : '';
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` ${this.selection(type, depth - 1)}` : '';
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${this.#switch()}${inner}`;
  }

  #switch(): string {
    return this.draw(
      fc.constantFrom,
      ...[
        '',
        '',
        '',
        '',
        ' @include(if: $yes)',
        ' @skip(if: $no)',
        ' @skip(if: $yes)',
        ' @include(if: true)',
      ],
    );
  }
}
