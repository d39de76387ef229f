// The whole product in sandbox mode against an Apollo Server that answers the same documents from constants; and how
// the cost of a list grows with its rows.
import { contest, ratio, start } from './support/contest.js';
import { median } from './support/median.js';
import { startProduct } from './support/product.js';
import { report, reportGrowth } from './support/report.js';
import { ask, sendMessage } from './support/ask.js';

const ROUNDS = 5;
const SECONDS = 2;
const ROWS = [10, 20, 40, 80];

const listOf = (rows: number): string =>
  `{ twoFactorMessages(first: ${rows}) { edges { node { id state } } } }`;
const documents: Readonly<Record<string, string>> = {
  viewer: '{ viewer { subject tenant scopes } }',
  ...Object.fromEntries(ROWS.map((rows) => [`list${rows}`, listOf(rows)])),
};

const product = await startProduct();
for (let sent = 0; sent < Math.max(...ROWS); sent++) await sendMessage(product.url, ['nobody@example.test']);
const root = await ask<object>(
  product.url,
  `{ viewer { subject tenant scopes } ${listOf(Math.max(...ROWS)).slice(2, -2)} }`,
);
const hello = await start('peers/hello.js', {
  BENCH_HELLO: JSON.stringify({
    typeDefs: `
      type Query { viewer: Viewer! twoFactorMessages(first: Int): Connection! }
      type Viewer { subject: String! tenant: String! scopes: [String!]! }
      type Connection { edges: [Edge!]! }
      type Edge { node: Message! }
      type Message { id: ID! state: String! }`,
    root,
  }),
});
const rounds = await contest(
  Object.entries(documents).flatMap(([name, query]) => [
    { name: `${name} product`, url: product.url, query },
    ...(name === 'viewer' || name === 'list10' ? [{ name: `${name} hello`, url: hello.line, query }] : []),
  ]),
  { rounds: ROUNDS, seconds: SECONDS },
);
await hello.stop();
await product.stop();

report('real-graph', {
  viewerPerSecond: median(rounds.get('viewer product') ?? []),
  list10PerSecond: median(rounds.get('list10 product') ?? []),
  viewerOfHello: ratio(rounds, 'viewer product', 'viewer hello'),
  list10OfHello: ratio(rounds, 'list10 product', 'list10 hello'),
});
reportGrowth(
  'growth in rows',
  ROWS,
  ROWS.map((rows) => 1 / median(rounds.get(`list${rows} product`) ?? [])),
);
