import { getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql';
import type { GraphQLInputType } from 'graphql';

/** An input with one thing changed. */
export interface WrongInput {
  /** Where, and how. */
  readonly what: string;
  readonly value: unknown;
}

const LONG = 'a'.repeat(5_000);
const TEXTS: Readonly<Record<string, unknown>> = {
  empty: '',
  blank: '  ',
  long: LONG,
  'with a control character': 'a\u0000b',
  'with half a character': 'a\ud800b',
  'that leads elsewhere': '..',
  'with a comma': 'a,b',
};
const NUMBERS: Readonly<Record<string, unknown>> = { negative: -1, zero: 0, huge: 2_147_483_647 };
const SCALARS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  String: TEXTS,
  ID: TEXTS,
  Int: NUMBERS,
  SafeInt: { ...NUMBERS, huge: Number.MAX_SAFE_INTEGER },
  DateTime: { long: new Date(253_000_000_000_000), early: new Date(0) },
};

/** The input with one of its parts wrong, for each part that it has and each way of being wrong. */
export function* wrongInputs(type: GraphQLInputType, value: unknown, place = 'input'): Generator<WrongInput> {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return;
  if (isListType(nullable)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    yield { what: `${place} empty`, value: [] };
    yield { what: `${place} long`, value: Array.from({ length: 300 }, () => items[0] ?? 'a') };
    for (const [index, item] of items.entries()) {
      for (const { what, value: wrong } of wrongInputs(nullable.ofType, item, `${place}.${index}`))
        yield { what, value: items.with(index, wrong) };
      const more = wrongInputs(nullable.ofType, item, `${place}.${items.length}`);
      for (const { what, value: wrong } of more) yield { what, value: [...items, wrong] };
    }
  } else if (isInputObjectType(nullable)) {
    for (const field of Object.values(nullable.getFields())) {
      const inner = Object.entries(value).find(([name]) => name === field.name)?.[1] as unknown;
      for (const { what, value: wrong } of wrongInputs(field.type, inner, `${place}.${field.name}`))
        yield { what, value: { ...value, [field.name]: wrong } };
    }
  } else if (isEnumType(nullable)) {
    for (const { name } of nullable.getValues()) yield { what: `${place} ${name}`, value: name };
  } else {
    for (const [what, wrong] of Object.entries(SCALARS[nullable.name] ?? {}))
      yield { what: `${place} ${what}`, value: wrong };
  }
}
