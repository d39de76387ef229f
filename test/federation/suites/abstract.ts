import type { Subgraph } from '../../../src/subgraph/subgraph.js';
import { findIn, subgraphOf, type Suite } from './suite.js';

const bare = (keys: readonly Readonly<Record<string, unknown>>[]) => keys.map((key) => ({ ...key }));

const RING = { __typename: 'Book', title: 'the ring' };
const SONG = { __typename: 'Song', title: 'a song' };
const ALL = '... on Book { title } ... on Song { title } ... on Movie { title }';

export const unions: Suite = {
  name: 'unions with other members in each',
  subgraphs: () => [
    subgraphOf(
      'books',
      /* GraphQL */ `
        type Query {
          media: Media @shareable
          viewer: Viewer @shareable
        }
        union Media = Book | Song
        union OnlyBook = Book
        type Book {
          title: String! @shareable
        }
        type Song {
          title: String! @shareable
        }
        type Viewer {
          media: Media @shareable
          book: OnlyBook @shareable
          song: Media
        }
      `,
      {
        Query: { media: () => RING, viewer: () => ({}) },
        Viewer: { media: () => RING, book: () => RING, song: () => SONG },
      },
      { Book: bare },
    ),
    subgraphOf(
      'movies',
      /* GraphQL */ `
        type Query {
          media: Media @shareable
          viewer: Viewer @shareable
        }
        union Media = Book | Movie
        union OnlyBook = Book
        type Book {
          title: String! @shareable
        }
        type Movie {
          title: String! @shareable
        }
        type Viewer {
          media: Media @shareable
          book: OnlyBook @shareable
        }
      `,
      {
        Query: { media: () => RING, viewer: () => ({}) },
        Viewer: { media: () => RING, book: () => RING },
      },
      { Book: bare },
    ),
  ],
  cases: [
    ['{ media { ... on Movie { title } } }', { media: {} }],
    ['{ media { ... on Book { title } } }', { media: { title: 'the ring' } }],
    ['{ media { ... on Book { title } ... on Movie { title } } }', { media: { title: 'the ring' } }],
    [`{ media { __typename ${ALL} } }`, { media: RING }],
    [`{ viewer { media { __typename ${ALL} } } }`, { viewer: { media: RING } }],
    ['{ viewer { book { __typename ... on Book { title } } } }', { viewer: { book: RING } }],
    [`{ viewer { song { __typename ${ALL} } } }`, { viewer: { song: SONG } }],
    ['{ viewer { media { ... on Movie { title } } } }', { viewer: { media: {} } }],
    [
      `{ viewer { media { __typename ${ALL} } book { __typename ... on Book { title } } song { __typename ${ALL} } } }`,
      { viewer: { media: RING, book: RING, song: SONG } },
    ],
  ],
};

const OVENS = [{ __typename: 'Oven', id: 'o1', warranty: 1 }];
const TOASTERS = [
  { __typename: 'Toaster', id: 't1', warranty: 3 },
  { __typename: 'Toaster', id: 't2', warranty: 4 },
];
const MACHINE = /* GraphQL */ `
  interface Thing {
    id: ID!
  }
  interface Warranted {
    warranty: Int
  }
`;

export const interfaces: Suite = {
  name: 'interfaces and a union over two',
  subgraphs: () => [
    subgraphOf(
      'kitchen',
      /* GraphQL */ `
        type Query {
          products: [Product]
          thing(id: ID!): Thing
        }
        union Product = Oven | Toaster
        ${MACHINE}
        type Oven implements Thing @key(fields: "id") {
          id: ID!
        }
        type Toaster implements Thing & Warranted @key(fields: "id") {
          id: ID!
          warranty: Int
        }
      `,
      {
        Query: {
          products: () => [...OVENS, ...TOASTERS],
          thing: (_source, { id }) => [...OVENS, ...TOASTERS].find((one) => one.id === id) ?? null,
        },
      },
      { Oven: findIn(OVENS), Toaster: findIn(TOASTERS) },
    ),
    subgraphOf(
      'warranties',
      /* GraphQL */ `
        type Query {
          things: [Thing]
          toasters: [Toaster]
        }
        ${MACHINE}
        type Oven implements Warranted @key(fields: "id") {
          id: ID!
          warranty: Int
        }
        type Toaster implements Thing @key(fields: "id") {
          id: ID!
        }
      `,
      { Query: { things: () => TOASTERS, toasters: () => TOASTERS } },
      { Oven: findIn(OVENS), Toaster: findIn(TOASTERS) },
    ),
  ],
  cases: [
    ['{ products { ... on Thing { id } } }', { products: [{ id: 'o1' }, { id: 't1' }, { id: 't2' }] }],
    [
      '{ things { ... on Toaster { warranty } ... on Oven { id } } }',
      { things: [{ warranty: 3 }, { warranty: 4 }] },
    ],
    ['{ things { id } }', { things: [{ id: 't1' }, { id: 't2' }] }],
    ['{ things { ... on Thing { id } } }', { things: [{ id: 't1' }, { id: 't2' }] }],
    [
      '{ things { ... on Thing { ... on Warranted { warranty } } } }',
      { things: [{ warranty: 3 }, { warranty: 4 }] },
    ],
    [
      '{ things { ... on Thing { id ... on Thing { id ... on Warranted { warranty } } } } }',
      {
        things: [
          { id: 't1', warranty: 3 },
          { id: 't2', warranty: 4 },
        ],
      },
    ],
    [
      '{ toasters { ...A ...B } } fragment A on Toaster { id } fragment B on Thing { id __typename }',
      {
        toasters: [
          { id: 't1', __typename: 'Toaster' },
          { id: 't2', __typename: 'Toaster' },
        ],
      },
    ],
    [
      '{ products { __typename ... on Oven { warranty } ... on Toaster { warranty } } }',
      { products: [...OVENS, ...TOASTERS].map(({ __typename, warranty }) => ({ __typename, warranty })) },
    ],
    ['{ thing(id: "t1") { ... on Toaster { warranty } } }', { thing: { warranty: 3 } }],
    ['{ thing(id: "o1") { ... on Oven { warranty } } }', { thing: { warranty: 1 } }],
    ['{ thing(id: "o1") { ... on Toaster { warranty } } }', { thing: {} }],
    ['{ thing(id: "none") { id } }', { thing: null }],
  ],
};

const PEOPLE = [
  { __typename: 'User', id: 'u1', name: 'ada', age: 11 },
  { __typename: 'User', id: 'u2', name: 'bo', age: 22 },
];
const named = PEOPLE.map(({ id, name }) => ({ id, name, nick: `${name}-nick` }));

/** Of an entity that is an interface, who it is is found out where its objects are. */
function people(): Subgraph {
  const subgraph = subgraphOf(
    'people',
    /* GraphQL */ `
      type Query {
        users: [Named]
      }
      interface Named @key(fields: "id") {
        id: ID!
        name: String
      }
      type User implements Named @key(fields: "id") {
        id: ID!
        name: String
        age: Int
      }
    `,
    { Query: { users: () => PEOPLE } },
    { User: findIn(PEOPLE) },
  );
  const find = subgraph.schema.getQueryType()?.getFields()['_entities'];
  if (find)
    find.resolve = (_source, { representations }: { representations: readonly { id: string }[] }) =>
      representations.map(({ id }) => PEOPLE.find((one) => one.id === id) ?? null);
  return subgraph;
}

/** From the interface to its objects; the way back is not planned by the planner. */
export const interfaceObjects: Suite = {
  name: '@interfaceObject with @requires',
  subgraphs: () => [
    people(),
    subgraphOf(
      'nicks',
      /* GraphQL */ `
        type Query {
          others: [Named]
        }
        type Named @key(fields: "id") @interfaceObject {
          id: ID!
          name: String @external
          nick: String @requires(fields: "name")
        }
      `,
      {
        Query: { others: () => PEOPLE.map(({ id }) => ({ id })) },
        Named: { nick: ({ name }) => `${String(name)}-nick` },
      },
      { Named: bare },
    ),
  ],
  cases: [
    ['{ users { id name } }', { users: PEOPLE.map(({ id, name }) => ({ id, name })) }],
    ['{ users { id name nick } }', { users: named }],
    ['{ users { ... on User { age } } }', { users: [{ age: 11 }, { age: 22 }] }],
    [
      '{ users { ... on User { age id name nick } id name } }',
      { users: named.map((one, at) => ({ age: PEOPLE[at]?.age, ...one })) },
    ],
    ['{ others { __typename id } }', { others: PEOPLE.map(({ __typename, id }) => ({ __typename, id })) }],
  ],
};
