import { getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { GraphQLInputType } from 'graphql';

/** A place in an input that holds one scalar, and the name of that scalar. */
export interface ScalarPlace {
  readonly path: readonly string[];
  readonly scalar: string;
}

/** Where the scalars of an input are, of every list its last item and of what is left out what it could hold. */
export function scalarPlaces(
  type: GraphQLInputType,
  value: unknown,
  path: readonly string[] = [],
): ScalarPlace[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const last = Array.isArray(value) ? Math.max(value.length - 1, 0) : 0;
    return scalarPlaces(nullable.ofType, at(value, [String(last)]), [...path, String(last)]);
  }
  if (isInputObjectType(nullable))
    return Object.values(nullable.getFields()).flatMap((field) =>
      scalarPlaces(field.type, at(value, [field.name]), [...path, field.name]),
    );
  return isEnumType(nullable) ? [] : [{ path, scalar: nullable.name }];
}

/** What stands at a path; undefined where the path leads nowhere. */
export function at(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  const entry = Object.entries(Object(value) as object).find(([name]) => name === step);
  return at(entry?.[1], rest);
}

/** The input with another value at a path. What is needed beside it, where it is not there, is made by `make`. */
export function withAt(
  type: GraphQLInputType,
  given: unknown,
  [step, ...rest]: readonly string[],
  value: unknown,
  make: (type: GraphQLInputType) => unknown,
): unknown {
  if (step === undefined) return value;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: unknown[] = Array.isArray(given) ? given : [];
    const item = withAt(nullable.ofType, items[Number(step)], rest, value, make);
    return [...items.slice(0, Number(step)), item, ...items.slice(Number(step) + 1)];
  }
  if (!isInputObjectType(nullable)) throw new Error(`nothing is below ${String(type)}`);
  const fields = nullable.getFields();
  const base = Object(given ?? sampleOf(type, make)) as object;
  const field = fields[step];
  if (!field) throw new Error(`${nullable.name} has no ${step}`);
  return { ...base, [step]: withAt(field.type, at(base, [step]), rest, value, make) };
}

function sampleOf(type: GraphQLInputType, make: (type: GraphQLInputType) => unknown): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [sampleOf(nullable.ofType, make)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (!isInputObjectType(nullable)) return make(nullable);
  const needed = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type));
  return Object.fromEntries(needed.map((field) => [field.name, sampleOf(field.type, make)]));
}
