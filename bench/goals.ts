/** A figure that is meant to reach something: where it stands in the lines, and what it is to be. */
export interface Goal {
  readonly bench: string;
  readonly figure: string;
  readonly says: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What keeps it from being more, as profiles show. */
  readonly limit?: string;
}

const EXECUTION =
  'two thirds of the time is graphql-js executing the same fields as the contestants do, the rest HTTP, the join and JSON; no single line of ours takes more than a fiftieth.';
const MAKING =
  'the time counts from the provider: making the event (`makingMs`: the simulator, the poll, the store) has no counterpart in raw `ws`. Delivery alone is above 0.8: each subscriber has an operation id, so a message of its own is written for it.';

export const GOALS: readonly Goal[] = [
  {
    bench: 'query',
    figure: 'ofApolloGateway',
    says: 'query, one process / `@apollo/gateway`',
    atLeast: 12,
    limit: EXECUTION,
  },
  {
    bench: 'query',
    figure: 'ofDirect',
    says: 'query, one process / direct graphql-js',
    atLeast: 0.6,
    limit: EXECUTION,
  },
  {
    bench: 'query',
    figure: 'ofMonolith',
    says: 'query, one process / one `@apollo/server`',
    atLeast: 1.3,
    limit: EXECUTION,
  },
  { bench: 'query', figure: 'ofGraphqlHttp', says: 'query, one process / `graphql-http`' },
  {
    bench: 'query',
    figure: 'servicesOfApolloGateway',
    says: 'query, services / `@apollo/gateway` over the same services',
    atLeast: 2.5,
  },
  {
    bench: 'query',
    figure: 'checksCost',
    says: 'what tokens, limits and logging cost together',
    atMost: 0.15,
  },
  {
    bench: 'real-graph',
    figure: 'viewerOfHello',
    says: 'the product: `viewer` / a hello-world `@apollo/server` answering the same',
    atLeast: 0.7,
  },
  {
    bench: 'real-graph',
    figure: 'list10OfHello',
    says: 'the product: a list of ten messages / the same',
    atLeast: 0.35,
  },
  {
    bench: 'send-throughput',
    figure: 'fileRatio',
    says: 'sends, one file / client called directly',
    atLeast: 0.5,
    limit:
      'a third of a send is SQLite, most of that the commits of what must be known before and after the provider was asked; HTTP, GraphQL and the client alone take what 0.5 leaves. Writes of one turn of the event loop share a commit already.',
  },
  {
    bench: 'send-throughput',
    figure: 'redisRatio',
    says: 'sends, Redis / client called directly',
    atLeast: 0.4,
    limit:
      'four round trips, each of which waits for the one before: that order is the promise that no command is sent twice.',
  },
  {
    bench: 'fan-out',
    figure: 'ratio1000',
    says: 'one event to 1,000 subscribers / raw `ws`',
    atLeast: 0.85,
    limit: MAKING,
  },
  {
    bench: 'fan-out',
    figure: 'ratio5000',
    says: 'one event to 5,000 subscribers / raw `ws`',
    atLeast: 0.85,
    limit: MAKING,
  },
  {
    bench: 'fan-out-limit',
    figure: 'kibibytesEach',
    says: 'memory of an idle subscription, KiB',
    atMost: 12,
  },
  {
    bench: 'mixed-load',
    figure: 'growthInSecondHalf',
    says: 'growth of resident memory in the second half of ten minutes of mixed load',
    atMost: 0.05,
  },
  { bench: 'start', figure: 'ratio', says: 'start to ready / a hello-world `@apollo/server`', atMost: 2.5 },
  { bench: 'start', figure: 'productMs', says: 'start to ready, milliseconds', atMost: 2_000 },
];

/** Whether a figure is what it is to be; undefined when nothing is asked of it. */
export function isReached({ atLeast, atMost }: Goal, value: number): boolean | undefined {
  if (atLeast !== undefined) return value >= atLeast;
  return atMost === undefined ? undefined : value <= atMost;
}
