import { findIn, subgraphOf, type Suite } from './suite.js';

const bare = (keys: readonly Readonly<Record<string, unknown>>[]) => keys.map((key) => ({ ...key }));

interface Made {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}

export const mutations: Suite = {
  name: 'mutations, one after the other over two',
  subgraphs() {
    const made: Made[] = [{ id: 'p1', name: 'chair', price: 10 }];
    let sum = 0;
    return [
      subgraphOf(
        'adding',
        /* GraphQL */ `
          type Query {
            product(id: ID!): Product
          }
          type Mutation {
            addProduct(name: String!, price: Int!): Product!
            add(number: Int!): Int!
          }
          type Product @key(fields: "id") {
            id: ID!
            name: String!
            price: Int!
          }
        `,
        {
          Query: { product: (_source, { id }) => made.find((one) => one.id === id) ?? null },
          Mutation: {
            addProduct: (_source, { name, price }) => {
              const product = { id: `p${made.length + 1}`, name: String(name), price: Number(price) };
              made.push(product);
              return product;
            },
            add: (_source, { number }) => (sum += Number(number)),
          },
        },
        { Product: (keys) => keys.map(({ id }) => made.find((one) => one.id === id) ?? null) },
      ),
      subgraphOf(
        'times',
        /* GraphQL */ `
          type Query {
            times: Int
          }
          type Mutation {
            multiply(by: Int!): Int!
            forget: Int!
          }
          type Product @key(fields: "id") {
            id: ID!
            price: Int! @external
            isDear: Boolean! @requires(fields: "price")
            isThere: Boolean!
          }
        `,
        {
          Mutation: {
            multiply: (_source, { by }) => (sum *= Number(by)),
            forget: () => {
              const last = sum;
              sum = 0;
              return last;
            },
          },
          Product: { isDear: ({ price }) => Number(price) > 500, isThere: () => true },
        },
        { Product: bare },
      ),
    ];
  },
  cases: [
    [
      'mutation { addProduct(name: "bed", price: 600) { name price isDear isThere } }',
      { addProduct: { name: 'bed', price: 600, isDear: true, isThere: true } },
    ],
    [
      '{ product(id: "p1") { id name price isDear isThere } }',
      { product: { id: 'p1', name: 'chair', price: 10, isDear: false, isThere: true } },
    ],
    [
      'mutation { five: add(number: 5) ten: multiply(by: 2) twelve: add(number: 2) last: forget }',
      { five: 5, ten: 10, twelve: 12, last: 12 },
    ],
    [
      'mutation { a: add(number: 1) b: add(number: 1) c: multiply(by: 3) d: multiply(by: 3) e: add(number: 1) f: forget }',
      { a: 1, b: 2, c: 6, d: 18, e: 19, f: 19 },
    ],
    [
      'mutation ($x: Boolean = true) { a: add(number: 4) @skip(if: $x) b: multiply(by: 2) c: forget @include(if: $x) }',
      { b: 0, c: 0 },
    ],
    [
      'mutation { addProduct(name: "cup", price: 3) { isDear } add(number: 1) forget }',
      { addProduct: { isDear: false }, add: 1, forget: 1 },
    ],
  ],
};

const one = (name: string, field: string, value: unknown) =>
  subgraphOf(
    name,
    `type Query { product: Product @shareable products: [Product] @shareable } type Product @key(fields: "id") { id: ID! ${field} }`,
    {
      Query: {
        product: () => ({ id: '1', [field.split(':')[0] ?? '']: value }),
        products: () => [{ id: '1', [field.split(':')[0] ?? '']: value }],
      },
    },
    { Product: (keys) => keys.map((key) => ({ ...key, [field.split(':')[0] ?? '']: value })) },
  );

export const sharedRoots: Suite = {
  name: 'a root field that each has',
  subgraphs: () => [
    one('names', 'name: String', 'chair'),
    one('prices', 'price: Int', 11),
    one('kinds', 'kind: String', 'seat'),
  ],
  cases: [
    ['{ product { id name kind price } }', { product: { id: '1', name: 'chair', kind: 'seat', price: 11 } }],
    [
      '{ products { id name kind price } }',
      { products: [{ id: '1', name: 'chair', kind: 'seat', price: 11 }] },
    ],
    ['{ products { price } product { kind } }', { products: [{ price: 11 }], product: { kind: 'seat' } }],
    ['{ a: product { name } b: product { price } }', { a: { name: 'chair' }, b: { price: 11 } }],
    ['{ product { __typename } }', { product: { __typename: 'Product' } }],
  ],
};

const BOOKS = [
  { id: 'b1', sku: 's1', author: { id: 'a1', name: 'ada' } },
  { id: 'b2', sku: 's2', author: { id: 'a2', name: 'bo' } },
  { id: 'b3', sku: 's3', author: null },
];

export const keys: Suite = {
  name: 'keys: other ones in each, null, of two fields, and over a third',
  subgraphs: () => [
    subgraphOf(
      'shelves',
      /* GraphQL */ `
        type Query {
          shelves: [Shelf]
        }
        type Shelf {
          book: Book
        }
        type Book @key(fields: "id") {
          id: ID!
        }
      `,
      { Query: { shelves: () => BOOKS.map(({ id }) => ({ book: { id } })) } },
      { Book: bare },
    ),
    subgraphOf(
      'codes',
      /* GraphQL */ `
        type Query {
          codes: Int
        }
        type Book @key(fields: "id") @key(fields: "sku") {
          id: ID!
          sku: ID!
        }
      `,
      {},
      { Book: findIn(BOOKS.map(({ id, sku }) => ({ id, sku }))) },
    ),
    subgraphOf(
      'writers',
      /* GraphQL */ `
        type Query {
          writers: Int
        }
        type Book @key(fields: "sku") {
          sku: ID!
          author: Writer
        }
        type Writer @key(fields: "id name") {
          id: ID!
          name: String!
        }
      `,
      {},
      { Book: findIn(BOOKS.map(({ sku, author }) => ({ sku, author }))), Writer: bare },
    ),
    subgraphOf(
      'letters',
      /* GraphQL */ `
        type Query {
          letters: Int
        }
        type Writer @key(fields: "id name") {
          id: ID!
          name: String!
          letters: Int
        }
      `,
      { Writer: { letters: ({ name }) => String(name).length } },
      { Writer: bare },
    ),
  ],
  cases: [
    ['{ shelves { book { id } } }', { shelves: BOOKS.map(({ id }) => ({ book: { id } })) }],
    ['{ shelves { book { sku } } }', { shelves: BOOKS.map(({ sku }) => ({ book: { sku } })) }],
    [
      '{ shelves { book { id author { name } } } }',
      {
        shelves: [
          { book: { id: 'b1', author: { name: 'ada' } } },
          { book: { id: 'b2', author: { name: 'bo' } } },
          { book: { id: 'b3', author: null } },
        ],
      },
    ],
    [
      '{ shelves { book { author { letters } } } }',
      {
        shelves: [
          { book: { author: { letters: 3 } } },
          { book: { author: { letters: 2 } } },
          { book: { author: null } },
        ],
      },
    ],
    [
      '{ shelves { book { author { __typename id letters } } } }',
      {
        shelves: [
          { book: { author: { __typename: 'Writer', id: 'a1', letters: 3 } } },
          { book: { author: { __typename: 'Writer', id: 'a2', letters: 2 } } },
          { book: { author: null } },
        ],
      },
    ],
  ],
};

export const intersections: Suite = {
  name: 'enums and inputs that each has in part',
  subgraphs: () => [
    subgraphOf(
      'first',
      /* GraphQL */ `
        enum Kind {
          SMALL
          LARGE
        }
        input Filter {
          first: Int!
          kind: Kind = SMALL
        }
        type Query {
          byFilter(filter: Filter): Kind
          kind(kind: Kind = LARGE): Kind
        }
        type Extra @key(fields: "id") {
          id: ID!
        }
      `,
      {
        Query: {
          byFilter: (_source, { filter }) => (filter as { kind: string }).kind,
          kind: (_source, args) => args['kind'],
        },
      },
      { Extra: (found) => found },
    ),
    subgraphOf(
      'second',
      /* GraphQL */ `
        enum Kind {
          SMALL
          LARGE
        }
        input Filter {
          first: Int!
          second: Int
          kind: Kind = SMALL
        }
        type Query {
          count(filter: Filter): Int
        }
        type Extra @key(fields: "id") {
          id: ID!
        }
      `,
      { Query: { count: (_source, { filter }) => (filter as { first: number }).first } },
      { Extra: (found) => found },
    ),
  ],
  cases: [
    ['{ byFilter(filter: { first: 1 }) }', { byFilter: 'SMALL' }],
    [
      '{ byFilter(filter: { first: 1, kind: LARGE }) count(filter: { first: 7 }) }',
      { byFilter: 'LARGE', count: 7 },
    ],
    [
      'query ($f: Filter = { first: 3, kind: LARGE }) { byFilter(filter: $f) count(filter: $f) }',
      { byFilter: 'LARGE', count: 3 },
    ],
    ['query ($k: Kind = SMALL) { kind(kind: $k) a: kind }', { kind: 'SMALL', a: 'LARGE' }],
    ['{ count(filter: { first: 7, second: 1 }) }', null],
  ],
};
