import { bare, findIn, subgraphOf, type Suite } from './suite.js';

const USERS = [{ id: 'u1', username: 'ada' }];
const PRODUCTS = [
  { id: 'p1', name: 'chair', price: 11, weight: 1 },
  { id: 'p2', name: 'table', price: 22, weight: 2 },
];
const REVIEWS = [
  { id: 'r1', author: { id: 'u1', username: 'ada' }, product: { id: 'p1' } },
  { id: 'r2', author: { id: 'u1', username: 'ada' }, product: { id: 'p2' } },
];
const shop: Suite['subgraphs'] = () => [
  subgraphOf(
    'accounts',
    'type Query { me: User } type User @key(fields: "id") { id: ID! username: String @shareable }',
    { Query: { me: () => USERS[0] } },
    { User: findIn(USERS) },
  ),
  subgraphOf(
    'products',
    'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! name: String price: Int weight: Int }',
    { Query: { products: () => PRODUCTS } },
    { Product: findIn(PRODUCTS) },
  ),
  subgraphOf(
    'stock',
    /* GraphQL */ `
      type Query {
        stock: Int
      }
      type Product @key(fields: "id") {
        id: ID!
        price: Int @external
        weight: Int @external
        inStock: Boolean
        shipping: Int @requires(fields: "price weight")
        tag: String @requires(fields: "price weight")
      }
    `,
    {
      Product: {
        inStock: ({ id }) => id === 'p1',
        shipping: ({ price, weight }) => Number(price) * Number(weight) * 10,
        tag: ({ id, price, weight }) => `#${String(id)}#${Number(price) * Number(weight) * 10}#`,
      },
    },
    { Product: bare },
  ),
  subgraphOf(
    'reviews',
    /* GraphQL */ `
      type Query {
        reviews: [Review]
      }
      type Review @key(fields: "id") {
        id: ID!
        author: User @provides(fields: "username")
        product: Product
      }
      type User @key(fields: "id") {
        id: ID!
        username: String @external
        reviews: [Review]
      }
      type Product @key(fields: "id") {
        id: ID!
        reviews: [Review]
      }
    `,
    {
      Query: { reviews: () => REVIEWS },
      User: { reviews: ({ id }) => REVIEWS.filter(({ author }) => author.id === id) },
      Product: { reviews: ({ id }) => REVIEWS.filter(({ product }) => product.id === id) },
    },
    { User: bare, Product: bare, Review: findIn(REVIEWS) },
  ),
];

const both = (name: string, one: unknown, two: unknown) => ({ products: [{ [name]: one }, { [name]: two }] });

export const simpleRequires: Suite = {
  name: '@requires and @provides between four',
  subgraphs: shop,
  cases: [
    ['{ me { id } }', { me: { id: 'u1' } }],
    ['{ me { id reviews { id } } }', { me: { id: 'u1', reviews: [{ id: 'r1' }, { id: 'r2' }] } }],
    [
      '{ me { reviews { id author { id username } product { inStock } } } }',
      {
        me: {
          reviews: [
            { id: 'r1', author: { id: 'u1', username: 'ada' }, product: { inStock: true } },
            { id: 'r2', author: { id: 'u1', username: 'ada' }, product: { inStock: false } },
          ],
        },
      },
    ],
    ['{ products { name } }', both('name', 'chair', 'table')],
    ['{ products { price } }', both('price', 11, 22)],
    ['{ products { shipping } }', both('shipping', 110, 440)],
    [
      '{ products { shipping weight price } }',
      {
        products: [
          { shipping: 110, weight: 1, price: 11 },
          { shipping: 440, weight: 2, price: 22 },
        ],
      },
    ],
    [
      '{ products { a: shipping b: price } }',
      {
        products: [
          { a: 110, b: 11 },
          { a: 440, b: 22 },
        ],
      },
    ],
    [
      '{ products { price: name shipping } }',
      {
        products: [
          { price: 'chair', shipping: 110 },
          { price: 'table', shipping: 440 },
        ],
      },
    ],
    [
      '{ products { reviews { id author { username } product { name shipping } } } }',
      {
        products: [
          { reviews: [{ id: 'r1', author: { username: 'ada' }, product: { name: 'chair', shipping: 110 } }] },
          { reviews: [{ id: 'r2', author: { username: 'ada' }, product: { name: 'table', shipping: 440 } }] },
        ],
      },
    ],
    [
      '{ me { reviews { product { reviews { id } } } } }',
      {
        me: { reviews: [{ product: { reviews: [{ id: 'r1' }] } }, { product: { reviews: [{ id: 'r2' }] } }] },
      },
    ],
    [
      '{ me { reviews { product { shipping tag } } } }',
      {
        me: {
          reviews: [
            { product: { shipping: 110, tag: '#p1#110#' } },
            { product: { shipping: 440, tag: '#p2#440#' } },
          ],
        },
      },
    ],
  ],
};

const POSTS = [
  { id: 'a', author: { id: 'w1' }, texts: ['one', 'two spam', 'three'] },
  { id: 'b', author: { id: 'w2' }, texts: ['four', 'five'] },
];

const commentsOf = ({ id, texts }: (typeof POSTS)[number]) =>
  texts.map((text, at) => ({ id: `${id}${at}`, text, writer: `${id}-w${at}` }));

const feed: Suite['subgraphs'] = () => [
  subgraphOf(
    'posts',
    /* GraphQL */ `
      type Query {
        feed: [Post]
      }
      type Post @key(fields: "id") {
        id: ID!
        comments(limit: Int!): [Comment] @external
        author: Writer @requires(fields: "comments(limit: 2) { writer }")
        isLively: Boolean @requires(fields: "comments(limit: 3) { text }")
      }
      type Comment @key(fields: "id") {
        id: ID!
        text: String @external
        writer: String @external
        isSpam: Boolean @requires(fields: "text")
      }
      type Writer {
        id: ID!
      }
    `,
    {
      Query: { feed: () => POSTS.map(({ id }) => ({ id })) },
      Post: {
        author: ({ comments }) => ({
          id: Array.isArray(comments) ? comments.map((one) => one.writer).join('+') : '?',
        }),
        isLively: ({ comments }) => Array.isArray(comments) && comments.length > 2,
      },
      Comment: { isSpam: ({ text }) => String(text).includes('spam') },
    },
    { Post: bare, Comment: bare },
  ),
  subgraphOf(
    'comments',
    /* GraphQL */ `
      type Query {
        comments: Int
      }
      type Post @key(fields: "id") {
        id: ID!
        comments(limit: Int!): [Comment]
      }
      type Comment @key(fields: "id") {
        id: ID!
        text: String
        writer: String
      }
    `,
    {
      Post: {
        comments: ({ id }, { limit }) =>
          POSTS.filter((post) => post.id === id)
            .flatMap(commentsOf)
            .slice(0, Number(limit)),
      },
    },
    { Post: bare, Comment: findIn(POSTS.flatMap(commentsOf)) },
  ),
];

const authors = { feed: [{ author: { id: 'a-w0+a-w1' } }, { author: { id: 'b-w0+b-w1' } }] };
const withFirst = {
  feed: [
    { author: { id: 'a-w0+a-w1' }, comments: [{ id: 'a0' }] },
    { author: { id: 'b-w0+b-w1' }, comments: [{ id: 'b0' }] },
  ],
};

export const requiresWithArguments: Suite = {
  name: '@requires of a field with arguments',
  subgraphs: feed,
  cases: [
    ['{ feed { author { id } } }', authors],
    ['{ feed { author { id } comments(limit: 1) { id } } }', withFirst],
    [
      '{ feed { isLively author { id } } }',
      {
        feed: [
          { isLively: true, ...authors.feed[0] },
          { isLively: false, ...authors.feed[1] },
        ],
      },
    ],
    [
      '{ feed { comments(limit: 3) { isSpam } } }',
      {
        feed: [
          { comments: [{ isSpam: false }, { isSpam: true }, { isSpam: false }] },
          { comments: [{ isSpam: false }, { isSpam: false }] },
        ],
      },
    ],
    ['query ($limit: Int = 1) { feed { author { id } comments(limit: $limit) { id } } }', withFirst],
    [
      'query ($limit: Int = 1) { feed { author { id } ...A ...B } } fragment A on Post { comments(limit: $limit) { id } } fragment B on Post { comments(limit: $limit) { id } }',
      withFirst,
    ],
    [
      'query ($limit: Int!) { feed { author { id } comments(limit: $limit) { id } } }',
      withFirst,
      { limit: 1 },
    ],
  ],
};
