/** A figure that is meant to reach something: where it stands in the lines, and what it is to be. */
export interface Goal {
  readonly bench: string;
  readonly figure: string;
  readonly says: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export const GOALS: readonly Goal[] = [
  { bench: 'query', figure: 'ofApolloGateway', says: 'query, one process / `@apollo/gateway`', atLeast: 12 },
  { bench: 'query', figure: 'ofDirect', says: 'query, one process / direct graphql-js', atLeast: 0.6 },
  { bench: 'query', figure: 'ofMonolith', says: 'query, one process / one `@apollo/server`', atLeast: 1.3 },
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
  },
  {
    bench: 'send-throughput',
    figure: 'redisRatio',
    says: 'sends, Redis / client called directly',
    atLeast: 0.4,
  },
  { bench: 'fan-out', figure: 'ratio1000', says: 'one event to 1,000 subscribers / raw `ws`', atLeast: 0.85 },
  { bench: 'fan-out', figure: 'ratio5000', says: 'one event to 5,000 subscribers / raw `ws`', atLeast: 0.85 },
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
