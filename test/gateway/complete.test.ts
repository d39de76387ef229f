import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapSchema, MapperKind } from '@graphql-tools/utils';
import fc from 'fast-check';
import {
  buildSchema,
  executeSync,
  getOperationAST,
  GraphQLList,
  isListType,
  isNonNullType,
  parse,
} from 'graphql';
import type { ExecutionResult, GraphQLOutputType, GraphQLSchema } from 'graphql';
import { complete } from '../../src/gateway/complete.js';
import type { AnswerObject } from '../../src/gateway/complete.js';

const strict = buildSchema(/* GraphQL */ `
  interface Named {
    name: String!
    parent: Named
  }
  union Thing = Leaf | Node
  type Leaf implements Named {
    name: String!
    parent: Node
    size: Int!
  }
  type Node implements Named {
    name: String!
    parent: Node
    leaf: Leaf
    sure: Leaf!
    leaves: [Leaf!]
    maybe: [Leaf]!
    grid: [[Int!]!]
    thing: Thing
    things: [Thing!]!
    named: Named!
  }
  type Query {
    node: Node
    sureNode: Node!
    nodes: [Node!]
    thing: Thing
    named: [Named]
  }
`);
/** What a planner answers: the fields that were selected, and nothing about what is required. */
const lenient = mapSchema(strict, {
  [MapperKind.COMPOSITE_FIELD]: (field) => ({ ...field, type: nullable(field.type) }),
});

function nullable(type: GraphQLOutputType): GraphQLOutputType {
  if (isNonNullType(type)) return nullable(type.ofType);
  return isListType(type) ? new GraphQLList(nullable(type.ofType)) : type;
}

const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 6 });

/** Data that breaks the promises of the schema now and then. */
const data = fc.letrec<{ leaf: object; node: object; thing: object }>((tie) => ({
  leaf: fc.record({
    __typename: fc.constant('Leaf'),
    name: seldom(fc.constant('l')),
    size: seldom(fc.nat(9)),
    parent: fc.constant(null),
  }),
  node: fc.record({
    __typename: fc.constant('Node'),
    name: seldom(fc.constant('n')),
    parent: fc.constant(null),
    leaf: seldom(tie('leaf')),
    sure: seldom(tie('leaf')),
    leaves: seldom(fc.array(seldom(tie('leaf')), { maxLength: 3 })),
    maybe: seldom(fc.array(seldom(tie('leaf')), { maxLength: 3 })),
    grid: seldom(fc.array(seldom(fc.array(seldom(fc.nat(9)), { maxLength: 2 })), { maxLength: 2 })),
    thing: seldom(tie('leaf')),
    things: seldom(fc.array(seldom(tie('leaf')), { maxLength: 2 })),
    named: seldom(tie('leaf')),
  }),
  thing: fc.oneof(tie('leaf'), tie('node')),
}));

const root = fc.record({
  node: seldom(data.node),
  sureNode: seldom(data.node),
  nodes: seldom(fc.array(seldom(data.node), { maxLength: 3 })),
  thing: seldom(data.thing),
  named: seldom(fc.array(seldom(data.thing), { maxLength: 3 })),
});

const some = (fields: readonly string[]): fc.Arbitrary<string> =>
  fc.subarray([...fields], { minLength: 1 }).map((chosen) => chosen.join(' '));

const leafFields = some([
  'name',
  'size',
  'again: size',
  'parent { name }',
  'size @include(if: $yes)',
  'name @skip(if: $yes)',
  '...L',
]);
const abstractFields = leafFields.map(
  (fields) => `__typename ... on Leaf { ${fields} } ... on Named { name }`,
);
const nodeFields = fc
  .tuple(leafFields, abstractFields, fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 1 }))
  .map(([leaf, abstract, chosen]) =>
    [
      'name',
      `leaf { ${leaf} }`,
      `sure { ${leaf} }`,
      `leaves { ${leaf} }`,
      `maybe { ${leaf} }`,
      'grid',
      `thing { ${abstract} }`,
      `things { ${abstract} }`,
      `named { ${abstract} }`,
      `... on Named { name } other: sure { name }`,
    ]
      .filter((_field, index) => chosen.includes(index))
      .join(' '),
  );
const query = fc
  .tuple(nodeFields, abstractFields, fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }))
  .map(([node, abstract, chosen]) => {
    const fields = [
      `node { ${node} }`,
      `sureNode { ${node} }`,
      `nodes { ${node} }`,
      `thing { __typename ... on Node { ${node} } ... on Leaf { size } }`,
      `named { ${abstract} }`,
    ].filter((_field, index) => chosen.includes(index));
    return `query ($yes: Boolean = true) { ${fields.join(' ')} } fragment L on Leaf { name key: size }`;
  });

function execute(schema: GraphQLSchema, source: string, rootValue: unknown): ExecutionResult {
  return executeSync({ schema, document: parse(source), rootValue });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('completing an answer gives what graphql-js gives, for thousands of answers with holes', () => {
  fc.assert(
    fc.property(query, root, (source, rootValue) => {
      const document = parse(source);
      const operation = getOperationAST(document);
      assert.ok(operation);
      const expected = execute(strict, source, rootValue);
      const projected = plain(execute(lenient, source, rootValue).data) as AnswerObject;
      const completed = complete(
        { schema: strict, document, operation, variables: { yes: true } },
        projected,
      );
      assert.deepEqual(plain(completed.data), plain(expected.data));
      assert.equal(completed.errors.length > 0, (expected.errors?.length ?? 0) > 0);
      const paths = new Set(expected.errors?.map((error) => JSON.stringify(error.path)));
      for (const error of completed.errors)
        assert.ok(paths.has(JSON.stringify(error.path)), String(error.path));
    }),
    { numRuns: 4_000, seed: 20_260_101 },
  );
});
