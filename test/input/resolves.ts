import { getNullableType, isInputObjectType, isListType } from 'graphql';
import type { GraphQLInputType } from 'graphql';

/** Whether a path leads to something in an input that was sent, or to a field of its types that was left out. */
export function resolves(path: readonly string[], type: GraphQLInputType, value: unknown): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    const index = Number(step);
    return /^\d+$/.test(step) && index < items.length && resolves(rest, nullable.ofType, items[index]);
  }
  const field = isInputObjectType(nullable) ? nullable.getFields()[step] : undefined;
  const inner = Object.entries(value ?? {}).find(([name]) => name === step)?.[1] as unknown;
  return field !== undefined && resolves(rest, field.type, inner);
}
