import { findIn, forbidden, subgraphOf, type Suite } from './suite.js';

const THINGS = [
  { id: 'e1', name: 'one', description: 'the first', extra: 'x1' },
  { id: 'e2', name: 'two', description: 'the second', extra: 'x2' },
];
const bare = (keys: readonly Readonly<Record<string, unknown>>[]) => keys.map((key) => ({ ...key }));

const THING = 'type Thing @key(fields: "id") { id: ID!';
const SAYS = '@provides(fields: "name description")';

export const onlyWhatIsAsked: Suite = {
  name: '@provides of what is asked for, and no more',
  subgraphs: () => [
    subgraphOf(
      'owner',
      `type Query { owned: Int } ${THING} name: String! @shareable description: String! @shareable extra: String! }`,
      {},
      { Thing: findIn(THINGS) },
    ),
    subgraphOf(
      'giver',
      `type Query { thing: Thing ${SAYS} things: [Thing!]! ${SAYS} } ${THING} name: String! @external description: String! @external }`,
      {
        Query: { thing: () => THINGS[0], things: () => THINGS },
        Thing: { description: forbidden },
      },
      { Thing: bare },
    ),
  ],
  cases: [
    ['{ thing { id } }', { thing: { id: 'e1' } }],
    ['{ thing { id name } }', { thing: { id: 'e1', name: 'one' } }],
    ['{ thing { id shown: name } }', { thing: { id: 'e1', shown: 'one' } }],
    ['{ thing { id ... on Thing { name } } }', { thing: { id: 'e1', name: 'one' } }],
    ['{ thing { id ...N } } fragment N on Thing { name }', { thing: { id: 'e1', name: 'one' } }],
    ['{ thing { id name extra } }', { thing: { id: 'e1', name: 'one', extra: 'x1' } }],
    [
      '{ things { id name } }',
      {
        things: [
          { id: 'e1', name: 'one' },
          { id: 'e2', name: 'two' },
        ],
      },
    ],
    [
      '{ things { id name extra } }',
      {
        things: [
          { id: 'e1', name: 'one', extra: 'x1' },
          { id: 'e2', name: 'two', extra: 'x2' },
        ],
      },
    ],
    ['{ thing { id ... on Thing @skip(if: true) { description } } }', { thing: { id: 'e1' } }],
    ['{ thing { id ... on Thing @include(if: false) { description } } }', { thing: { id: 'e1' } }],
    [
      'query ($b: Boolean = false) { thing { id ... @include(if: $b) { description } } }',
      { thing: { id: 'e1' } },
    ],
    ['{ thing { id ... { name } ... { extra } } }', { thing: { id: 'e1', name: 'one', extra: 'x1' } }],
  ],
};

const CATEGORIES = [
  { id: 'c1', name: 'seats', subs: [{ id: 's1', name: 'chairs' }] },
  { id: 'c2', name: 'desks', subs: [{ id: 's2', name: 'tables' }] },
];
const GOODS = [
  { id: 'p1', categories: [CATEGORIES[0]] },
  { id: 'p2', categories: [CATEGORIES[1]] },
];

export const nestedProvides: Suite = {
  name: '@provides of fields inside fields',
  subgraphs: () => [
    subgraphOf(
      'all',
      /* GraphQL */ `
        type Query {
          goods: [Good] @provides(fields: "categories { id name }")
        }
        type Good @key(fields: "id") {
          id: ID!
          categories: [Category] @external
        }
        type Category @key(fields: "id") {
          id: ID!
          name: String @external
        }
      `,
      { Query: { goods: () => GOODS } },
      { Good: bare, Category: bare },
    ),
    subgraphOf(
      'categories',
      /* GraphQL */ `
        type Query {
          many: Int
        }
        type Good @key(fields: "id") {
          id: ID!
          categories: [Category] @shareable
        }
        type Category @key(fields: "id") {
          id: ID!
          name: String @shareable
        }
      `,
      {},
      { Good: findIn(GOODS), Category: findIn([...CATEGORIES, ...CATEGORIES.flatMap(({ subs }) => subs)]) },
    ),
    subgraphOf(
      'below',
      /* GraphQL */ `
        type Query {
          below: Int
        }
        type Category @key(fields: "id") {
          id: ID!
          subs: [Category] @provides(fields: "name")
          name: String @external
        }
      `,
      {},
      { Category: findIn(CATEGORIES) },
    ),
  ],
  cases: [
    [
      '{ goods { id categories { id name } } }',
      {
        goods: GOODS.map(({ id, categories: [one] }) => ({
          id,
          categories: [{ id: one?.id, name: one?.name }],
        })),
      },
    ],
    [
      '{ goods { id categories { id subs { id name } } } }',
      {
        goods: GOODS.map(({ id, categories: [one] }) => ({
          id,
          categories: [{ id: one?.id, subs: one?.subs }],
        })),
      },
    ],
    [
      '{ goods { categories { name subs { name } } } }',
      {
        goods: GOODS.map(({ categories: [one] }) => ({
          categories: [{ name: one?.name, subs: one?.subs.map(({ name }) => ({ name })) }],
        })),
      },
    ],
  ],
};

const DOG = { __typename: 'Dog', id: 'a1', name: 'rex' };
const CAT = { __typename: 'Cat', id: 'a2', name: 'tom', age: 6 };
const BOOK = { __typename: 'Book', id: 'm1', animals: [DOG, CAT] };
const seen = ({ id, name }: { id: string; name: string }) => ({ id, name });

export const providesThroughInterfaces: Suite = {
  name: '@provides through an interface',
  subgraphs: () => [
    subgraphOf(
      'shelf',
      /* GraphQL */ `
        type Query {
          media: Media @shareable @provides(fields: "animals { id name }")
        }
        interface Media {
          id: ID!
          animals: [Animal]
        }
        interface Animal {
          id: ID!
          name: String
        }
        type Dog implements Animal {
          id: ID! @external
          name: String @external
        }
        type Cat implements Animal {
          id: ID! @external
          name: String @external
        }
        type Book implements Media {
          id: ID! @shareable
          animals: [Animal] @external
        }
        type Extra @key(fields: "id") {
          id: ID!
        }
      `,
      { Query: { media: () => BOOK } },
      { Extra: bare },
    ),
    subgraphOf(
      'zoo',
      /* GraphQL */ `
        type Query {
          zoo: Int
        }
        interface Media {
          id: ID!
          animals: [Animal]
        }
        interface Animal {
          id: ID!
          name: String
        }
        type Dog implements Animal @key(fields: "id") {
          id: ID!
          name: String @shareable
        }
        type Cat implements Animal @key(fields: "id") {
          id: ID!
          name: String @shareable
          age: Int
        }
        type Book implements Media @key(fields: "id") {
          id: ID!
          animals: [Animal] @shareable
        }
      `,
      {},
      { Book: findIn([BOOK]), Dog: findIn([DOG]), Cat: findIn([CAT]) },
    ),
  ],
  cases: [
    ['{ media { id animals { id name } } }', { media: { id: 'm1', animals: [seen(DOG), seen(CAT)] } }],
    [
      '{ media { __typename animals { __typename name } } }',
      {
        media: {
          __typename: 'Book',
          animals: [
            { __typename: 'Dog', name: 'rex' },
            { __typename: 'Cat', name: 'tom' },
          ],
        },
      },
    ],
    [
      '{ media { id animals { id name ... on Cat { age } } } }',
      { media: { id: 'm1', animals: [seen(DOG), { ...seen(CAT), age: 6 }] } },
    ],
  ],
};
