import fc from 'fast-check';
import {
  getNullableType,
  GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { GraphQLArgument, GraphQLInputField, GraphQLInputType } from 'graphql';

/** The same inputs in every run. */
export const SEED = 20_261_127;

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '..', '../x', '\u0000', '\ud800', '__proto__', 'a'.repeat(5_000), '%2e%2e'),
  fc.emailAddress(),
  fc.nat().map(String),
  fc.uuid(),
  fc.base64String({ maxLength: 60 }),
);

const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  String: text,
  ID: text,
  Boolean: fc.boolean(),
  Int: fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: -2, max: 200 })),
  Float: fc.double({ noNaN: true, noDefaultInfinity: true }),
  SafeInt: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2, max: 5_000 })),
  DateTime: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(253_402_300_799_000) }),
};

/** Values that an input type allows, whether anybody would mean them or not. */
export function anyInput(type: GraphQLInputType): fc.Arbitrary<unknown> {
  if (!isNonNullType(type)) return fc.option(anyInput(new GraphQLNonNull(type)), { freq: 3 });
  const nullable = getNullableType(type);
  if (isListType(nullable)) return fc.array(anyInput(nullable.ofType), { maxLength: 5 });
  if (isEnumType(nullable)) return fc.constantFrom(...nullable.getValues().map(({ name }) => name));
  if (isInputObjectType(nullable)) return anyFields(Object.values(nullable.getFields()));
  const scalar = SCALARS[nullable.name];
  if (!scalar) throw new Error(`nothing makes a ${nullable.name}`);
  return scalar;
}

/** Values for fields or arguments; those that need none are left out as often as not. */
export function anyFields(
  fields: readonly (GraphQLInputField | GraphQLArgument)[],
): fc.Arbitrary<Record<string, unknown>> {
  const values = Object.fromEntries(fields.map(({ name, type }) => [name, anyInput(type)]));
  const requiredKeys = fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name);
  return fc.record(values, { requiredKeys });
}
