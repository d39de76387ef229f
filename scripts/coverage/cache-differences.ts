import { isDeepStrictEqual } from 'node:util';
import { InMemoryCache } from '@apollo/client/cache';
import {
  getNamedType,
  getOperationAST,
  isAbstractType,
  isObjectType,
  OperationTypeNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { DocumentNode, FieldNode, GraphQLSchema } from 'graphql';
import { throughRelay } from './relay-store.js';
import type { Asked } from './relay-store.js';

type Answer = Readonly<Record<string, unknown>>;

/** An operation with its answer. */
export interface Answered {
  readonly document: string;
  readonly variables: Answer;
  readonly data: Answer;
}

/**
 * The caches of clients that answer something else than the wire has told, when they read back what was written: they
 * keep one object per type and `id`, so two that share one show each other's values. One sentence each.
 */
export function cacheDifferences(schema: GraphQLSchema, { document, variables, data }: Answered): string[] {
  const parsed = parse(document);
  const typed = withTypes(schema, parsed, data);
  const asked = { schema, document: parsed, variables, data: typed };
  const wire = withoutTypes(typed);
  return Object.entries({ 'Apollo Client': throughApollo, Relay: throughRelay }).flatMap(
    ([client, through]) => {
      const [place] = differences(withoutTypes(through(asked)), wire);
      return place === undefined ? [] : [`${client} reads back something else at ${place}`];
    },
  );
}

function throughApollo({ schema, document, variables, data }: Asked): unknown {
  const possibleTypes = Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter(isAbstractType)
      .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
  const cache = new InMemoryCache({ possibleTypes });
  const query = cache.transformDocument(document);
  const dataId = `ROOT_${(getOperationAST(document)?.operation ?? 'query').toUpperCase()}`;
  cache.write({ query, dataId, variables, result: structuredClone(data) });
  // It reads queries alone, whatever was written.
  const reading = visit(query, {
    OperationDefinition: (node) => ({ ...node, operation: OperationTypeNode.QUERY }),
  });
  return cache.diff({ query: reading, id: dataId, variables, optimistic: false, returnPartialData: true })
    .result;
}

/** The answer with the type of every object, as clients ask for it. */
function withTypes(schema: GraphQLSchema, document: DocumentNode, data: Answer): Answer {
  const typed = structuredClone(data);
  const values: (readonly unknown[])[] = [[typed]];
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter: (node) => {
          const found = (values.at(-1) ?? []).flatMap((value) => elementsOf(value, keyOf(node)));
          const type = getNamedType(info.getType());
          if (isObjectType(type))
            for (const value of found) if (isObject(value)) Object.assign(value, { __typename: type.name });
          values.push(found);
        },
        leave: () => void values.pop(),
      },
    }),
  );
  return typed;
}

function withoutTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypes);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key === '__typename' ? [] : [[key, withoutTypes(inner)] as const],
    ),
  );
}

/** Where two values differ, as dotted paths. */
function differences(read: unknown, wire: unknown, path = ''): string[] {
  if (isDeepStrictEqual(read, wire)) return [];
  if (!isObject(wire) && !Array.isArray(wire)) return [path];
  const keys = Object.keys(wire);
  const inner = keys.flatMap((key) =>
    differences(at(read, key), at(wire, key), path === '' ? key : `${path}.${key}`),
  );
  return inner.length > 0 ? inner : [path];
}

function at(value: unknown, key: string): unknown {
  return Object.entries(Object(value) as object).find(([name]) => name === key)?.[1];
}

export function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function elementsOf(value: unknown, key: string): readonly unknown[] {
  const inner = at(value, key);
  return Array.isArray(inner) ? (inner as unknown[]).flat(Infinity) : [inner];
}

function isObject(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
