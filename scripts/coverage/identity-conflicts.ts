import { getNamedType, parse, print, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { FieldNode, GraphQLSchema } from 'graphql';

/** What an answer says of one object: each field, with its arguments, and the value. */
type Said = ReadonlyMap<string, string>;

/**
 * Objects of one type with one `id` of which an answer says two things at once: a client that caches by type and id
 * would show one in the place of the other. One sentence each.
 */
export function identityConflicts(schema: GraphQLSchema, document: string, data: unknown): string[] {
  const conflicts: string[] = [];
  const known = new Map<string, Said>();
  for (const { type, value, leaves } of objectsWithId(schema, document, data)) {
    const identity = `${type} ${String(value['id'])}`;
    const said = new Map(leaves.map(([field, key]) => [field, JSON.stringify(value[key])]));
    const before = known.get(identity) ?? new Map<string, string>();
    for (const [field, text] of said)
      if ((before.get(field) ?? text) !== text)
        conflicts.push(`${identity}: ${field} is ${before.get(field)} and ${text}`);
    known.set(identity, new Map([...before, ...said]));
  }
  return conflicts;
}

interface Found {
  readonly type: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Fields that are no objects, and the keys they are answered under. */
  readonly leaves: readonly (readonly [field: string, key: string])[];
}

function objectsWithId(schema: GraphQLSchema, document: string, data: unknown): Found[] {
  const found: Found[] = [];
  const values: (readonly unknown[])[] = [[data]];
  const info = new TypeInfo(schema);
  const current = (): readonly unknown[] => values.at(-1) ?? [];
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      Field: {
        enter: (node) => void values.push(current().flatMap((value) => elementsOf(value, keyOf(node)))),
        leave: () => void values.pop(),
      },
      SelectionSet(node) {
        const type = getNamedType(info.getType());
        const fields = node.selections.filter((one) => one.kind === 'Field');
        if (!type || !fields.some((field) => keyOf(field) === 'id')) return;
        const leaves = fields
          .filter(({ selectionSet }) => !selectionSet)
          .map((field) => [print(withoutAlias(field)), keyOf(field)] as const);
        for (const value of current()) if (isObject(value)) found.push({ type: type.name, value, leaves });
      },
    }),
  );
  return found;
}

function withoutAlias({ alias: _alias, ...field }: FieldNode): FieldNode {
  return field;
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function elementsOf(value: unknown, key: string): readonly unknown[] {
  const inner = isObject(value) ? value[key] : undefined;
  return Array.isArray(inner) ? (inner as unknown[]).flat(Infinity) : [inner];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
