import { findIn, forbidden, subgraphOf, type Suite } from './suite.js';

const PRODUCTS = [{ id: 'p1', price: 700 }];

const subgraphs: Suite['subgraphs'] = () => [
  subgraphOf(
    'stock',
    'type Query { product: Product } type Product @key(fields: "id") { id: ID! price: Int! }',
    { Query: { product: () => PRODUCTS[0] } },
    { Product: findIn(PRODUCTS) },
  ),
  subgraphOf(
    'worth',
    'type Query { worth: Int } type Product @key(fields: "id") { id: ID! price: Int! @external isDear: Boolean! @requires(fields: "price") }',
    { Product: { isDear: ({ price }) => Number(price) > 500 } },
    { Product: (keys) => keys.map((key) => ({ ...key })) },
  ),
  subgraphOf(
    'words',
    'type Query { words: Int } type Product @key(fields: "id") { id: ID! isDear: Boolean! @external label: String! @requires(fields: "isDear") secret: String! @requires(fields: "isDear") }',
    { Product: { label: ({ isDear }) => (isDear === true ? 'dear' : 'cheap'), secret: forbidden } },
    { Product: (keys) => keys.map((key) => ({ ...key })) },
  ),
];

const priced = { product: { price: 700 } };
const labelled = { product: { price: 700, label: 'dear' } };

export const conditions: Suite = {
  name: 'defaults of variables in @skip and @include',
  subgraphs,
  cases: [
    ['query ($b: Boolean = false) { product { price secret @include(if: $b) } }', priced],
    ['query ($b: Boolean = true) { product { price secret @skip(if: $b) } }', priced],
    ['query ($b: Boolean = true) { product { price label @include(if: $b) } }', labelled],
    ['query ($b: Boolean = false) { product { price label @skip(if: $b) } }', labelled],
    ['query ($b: Boolean! = false) { product { price secret @include(if: $b) } }', priced],
    ['query ($b: Boolean = true) { product { price secret @include(if: $b) } }', priced, { b: false }],
    ['query ($b: Boolean = false) { product { price label @include(if: $b) } }', labelled, { b: true }],
    ['query ($b: Boolean = false) { product { price ... @include(if: $b) { secret } } }', priced],
    [
      'query ($b: Boolean = true) { product { price ...F @skip(if: $b) } } fragment F on Product { secret }',
      priced,
    ],
    [
      'query ($b: Boolean = true) { product { price ...F } } fragment F on Product { label @include(if: $b) secret @skip(if: $b) }',
      labelled,
    ],
    [
      'query ($b: Boolean = true, $c: Boolean = true) { product { price secret @include(if: $b) @skip(if: $c) } }',
      priced,
    ],
    [
      'query ($b: Boolean = true, $c: Boolean = false) { product { price label @include(if: $b) @skip(if: $c) } }',
      labelled,
    ],
    ['query ($b: Boolean = false) { product { price } again: product @include(if: $b) { secret } }', priced],
    ['query ($b: Boolean = true) { a: product @skip(if: $b) { secret } product { price label } }', labelled],
    ['query ($b: Boolean = false) { product @include(if: $b) { secret } }', {}],
    ['query ($b: Boolean = false) { product { price label label @include(if: $b) } }', labelled],
    ['{ product { price secret @skip(if: true) label @include(if: true) } }', labelled],
  ],
};
