/** The world of the query figures: five products, joined with stock and reviews. Plain data, so that every contestant has the same. */
const PRODUCTS = Array.from({ length: 5 }, (_, index) => ({
  id: `p${index}`,
  name: `Product ${index}`,
  price: 10 + index,
}));

type Keyed = { readonly id: string };
type Row = { readonly id: string; readonly [field: string]: unknown };

const stock = new Map<string, Row>(
  PRODUCTS.map(({ id }, index) => [id, { id, inStock: 100 + index, shipsInDays: index }]),
);
const reviews = new Map<string, Row>(
  PRODUCTS.map(({ id }, index) => [
    id,
    {
      id,
      rating: 3 + index / 4,
      reviewCount: 3,
      reviews: [1, 2, 3].map((number) => ({
        id: `${id}r${number}`,
        text: `Review ${number} of ${id}`,
        stars: number,
      })),
    },
  ]),
);

const HEADER = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';

export interface WorldSubgraph {
  readonly name: string;
  /** Without the federation header. */
  readonly typeDefs: string;
  /** With it. */
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, () => unknown>>>>;
  /** Finds a product by its key. */
  readonly find: (key: Keyed) => Row | undefined;
}

function subgraph(
  name: string,
  typeDefs: string,
  find: WorldSubgraph['find'],
  resolvers: WorldSubgraph['resolvers'] = {},
): WorldSubgraph {
  return { name, typeDefs, sdl: HEADER + typeDefs, resolvers, find };
}

export const SUBGRAPHS: readonly WorldSubgraph[] = [
  subgraph(
    'catalog',
    `type Query { products: [Product!]! }
     type Product @key(fields: "id") { id: ID! name: String! price: Int! }`,
    ({ id }) => PRODUCTS.find((product) => product.id === id),
    { Query: { products: () => PRODUCTS } },
  ),
  subgraph(
    'inventory',
    `type Query { inventoryReady: Boolean }
     type Product @key(fields: "id") { id: ID! inStock: Int shipsInDays: Int }`,
    ({ id }) => stock.get(id),
  ),
  subgraph(
    'reviews',
    `type Query { reviewsReady: Boolean }
     type Product @key(fields: "id") { id: ID! rating: Float reviewCount: Int reviews: [Review!] }
     type Review { id: ID! text: String! stars: Int! }`,
    ({ id }) => reviews.get(id),
  ),
];

/** The same as one graph without subgraphs. */
export const MERGED = {
  typeDefs: `
    type Query { products: [Product!]! }
    type Product {
      id: ID! name: String! price: Int! inStock: Int shipsInDays: Int rating: Float reviewCount: Int reviews: [Review!]
    }
    type Review { id: ID! text: String! stars: Int! }`,
  resolvers: {
    Query: { products: () => PRODUCTS },
    Product: {
      inStock: ({ id }: Keyed) => stock.get(id)?.['inStock'],
      shipsInDays: ({ id }: Keyed) => stock.get(id)?.['shipsInDays'],
      rating: ({ id }: Keyed) => reviews.get(id)?.['rating'],
      reviewCount: ({ id }: Keyed) => reviews.get(id)?.['reviewCount'],
      reviews: ({ id }: Keyed) => reviews.get(id)?.['reviews'],
    },
  },
};

/** Five rows with four joined fields and a list each. */
export const QUERY =
  '{ products { id name price inStock shipsInDays rating reviewCount reviews { id text stars } } }';
