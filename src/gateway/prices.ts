import { Kind, valueFromASTUntyped, visit } from 'graphql';
import type {
  ConstDirectiveNode,
  DocumentNode,
  FieldDefinitionNode,
  InputObjectTypeDefinitionNode,
  InputValueDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql';
import { z } from 'zod';

/** What the SDL says of one field, by `@cost` and `@listSize`. */
export const fieldPrice = z.object({
  /** Calls to providers that it makes by itself; of a field of an input, that giving it makes. */
  weight: z.int().optional(),
  listSize: z
    .object({
      assumedSize: z.int().optional(),
      /** Arguments of which the greatest says how many items there are. */
      slicingArguments: z.array(z.string()).default([]),
      /** The lists inside the answer that are meant. Default: the answer itself. */
      sizedFields: z.array(z.string()).optional(),
    })
    .optional(),
});

export type FieldPrice = z.infer<typeof fieldPrice>;

/** By coordinate, such as `SafeBox.participants`, or `SafeBoxFileInput.contentBase64`. */
export type Prices = Readonly<Record<string, FieldPrice>>;

/** @param supergraph where the annotations of all subgraphs are */
export function findPrices(supergraph: DocumentNode): Prices {
  const found: Record<string, FieldPrice> = {};
  const note = (type: ObjectTypeDefinitionNode | InputObjectTypeDefinitionNode): false => {
    for (const field of type.fields ?? []) {
      const price = priceOf(field);
      if (price.weight !== undefined || price.listSize)
        found[`${type.name.value}.${field.name.value}`] = price;
    }
    return false;
  };
  visit(supergraph, { ObjectTypeDefinition: note, InputObjectTypeDefinition: note });
  return found;
}

function priceOf({ directives = [] }: FieldDefinitionNode | InputValueDefinitionNode): FieldPrice {
  const named = (name: string): unknown => {
    const directive = directives.find((one) => one.name.value === name);
    return directive && argumentsOf(directive);
  };
  return fieldPrice.parse({ ...weight.parse(named('cost') ?? {}), listSize: named('listSize') });
}

const weight = z.object({ weight: z.coerce.number().int().optional() });

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [
      name.value,
      value.kind === Kind.NULL ? undefined : valueFromASTUntyped(value),
    ]),
  );
}
