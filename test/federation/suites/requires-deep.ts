import { bare, subgraphOf, type Suite } from './suite.js';

const LEVELS = [
  { id: 'x', years: 1 },
  { id: 'y', years: 9 },
];

const circular: Suite['subgraphs'] = () => [
  subgraphOf(
    'posts',
    /* GraphQL */ `
      type Query {
        feed: [Post]
      }
      type Post @key(fields: "id") {
        id: ID!
        author: Author!
        byExpert: Boolean! @external
        byNovice: Boolean! @requires(fields: "byExpert")
      }
      type Author @key(fields: "id") {
        id: ID!
        years: Int!
      }
    `,
    {
      Query: { feed: () => LEVELS.map(({ id }) => ({ id, author: { id } })) },
      Post: { byNovice: ({ byExpert }) => byExpert === false, author: ({ id }) => ({ id }) },
      Author: { years: ({ id }) => LEVELS.find((one) => one.id === id)?.years },
    },
    { Post: bare, Author: bare },
  ),
  subgraphOf(
    'ranks',
    /* GraphQL */ `
      type Query {
        ranks: Int
      }
      type Post @key(fields: "id") {
        id: ID!
        author: Author! @external
        byExpert: Boolean! @requires(fields: "author { years }")
      }
      type Author @key(fields: "id") {
        id: ID!
        years: Int! @external
      }
    `,
    { Post: { byExpert: ({ author }) => Number((author as { years: number }).years) > 5 } },
    { Post: bare, Author: bare },
  ),
];

export const circularRequires: Suite = {
  name: '@requires that leads back',
  subgraphs: circular,
  cases: [
    ['{ feed { byNovice } }', { feed: [{ byNovice: true }, { byNovice: false }] }],
    ['{ feed { byExpert } }', { feed: [{ byExpert: false }, { byExpert: true }] }],
    [
      '{ feed { byNovice byExpert author { years } } }',
      {
        feed: [
          { byNovice: true, byExpert: false, author: { years: 1 } },
          { byNovice: false, byExpert: true, author: { years: 9 } },
        ],
      },
    ],
  ],
};

const HOME = { __typename: 'Home', id: 'h1' };
const WORK = { __typename: 'Work', id: 'w1' };
const ADDRESSES: Readonly<Record<string, typeof HOME>> = { u1: HOME, u2: WORK };

const addresses: Suite['subgraphs'] = () => [
  subgraphOf(
    'cities',
    /* GraphQL */ `
      type Query {
        one: User
      }
      type User @key(fields: "id") {
        id: ID!
        name: String! @shareable
        address: Address @external
        city: String @requires(fields: "address { id }")
        country: String @requires(fields: "address { ... on Work { id } }")
      }
      interface Address {
        id: ID!
      }
      type Home implements Address @key(fields: "id") {
        id: ID!
        street: String
      }
      type Work implements Address @key(fields: "id") {
        id: ID!
        street: String
      }
    `,
    {
      Query: { one: () => ({ id: 'u1', name: 'ada' }) },
      User: {
        city: ({ address }) => `${String((address as { id?: string } | null)?.id)}-city`,
        country: ({ address }) => {
          const id = (address as { id?: string } | null)?.id;
          return id === undefined ? null : `${id}-country`;
        },
      },
      Home: { street: ({ id }) => `${String(id)}-street` },
      Work: { street: ({ id }) => `${String(id)}-street` },
    },
    { User: bare, Home: bare, Work: bare },
  ),
  subgraphOf(
    'addresses',
    /* GraphQL */ `
      type Query {
        two: User
      }
      type User @key(fields: "id") {
        id: ID!
        name: String! @shareable
        address: Address
      }
      interface Address {
        id: ID!
      }
      type Home implements Address @key(fields: "id") {
        id: ID!
        floor: Int
      }
      type Work implements Address @key(fields: "id") {
        id: ID!
        floor: Int
      }
      type Summer implements Address @key(fields: "id") {
        id: ID!
      }
    `,
    {
      Query: { two: () => ({ id: 'u2', name: 'bo' }) },
      User: { address: ({ id }) => ADDRESSES[String(id)] },
      Home: { floor: () => 1 },
      Work: { floor: () => 7 },
    },
    { User: bare, Home: bare, Work: bare, Summer: bare },
  ),
];

export const requiresOfInterfaces: Suite = {
  name: '@requires through an interface',
  subgraphs: addresses,
  cases: [
    ['{ one { city } }', { one: { city: 'h1-city' } }],
    ['{ two { city } }', { two: { city: 'w1-city' } }],
    ['{ one { country } }', { one: { country: null } }],
    ['{ two { country } }', { two: { country: 'w1-country' } }],
    ['{ one { address { __typename id } } }', { one: { address: HOME } }],
    ['{ two { address { __typename id } } }', { two: { address: WORK } }],
    [
      '{ two { address { ... on Work { floor street } ... on Home { street } } } }',
      { two: { address: { floor: 7, street: 'w1-street' } } },
    ],
    [
      '{ one { name city address { ... on Home { street floor } } } }',
      { one: { name: 'ada', city: 'h1-city', address: { street: 'h1-street', floor: 1 } } },
    ],
  ],
};
