import type { Subgraph } from '../../../src/subgraph/subgraph.js';
import { CountedSource } from './source.js';
import { subgraphOf } from './world.js';

interface Count {
  readonly cursor: string;
  readonly count: number;
}

/** A subgraph that counts, and tells what was counted behind a cursor. What it has counted outlives its services. */
export class Counter {
  readonly #counts: Count[] = [];
  readonly source = new CountedSource<Count>();
  /** The cursors that it was asked to begin behind, in order; undefined for none. */
  readonly asked: (string | undefined)[] = [];

  /** @param more SDL of further fields of `Count` */
  subgraph(more = ''): Subgraph {
    return subgraphOf(
      'counter',
      /* GraphQL */ `
        type Query {
          last: Count
        }
        type Count @key(fields: "cursor") {
          cursor: String!
          count: Int!
          ${more}
        }
        type Subscription {
          counted(from: Int = 0, after: String): Count!
        }
      `,
      {
        Query: { last: () => this.#counts.at(-1) ?? null },
        Subscription: {
          counted: {
            subscribe: (_source, { after }: { after?: string }) => {
              this.asked.push(after);
              const place = this.#counts.findIndex(({ cursor }) => cursor === after);
              return this.source.subscribe(
                after === undefined ? this.#counts.slice(-1) : this.#counts.slice(place + 1),
              );
            },
            resolve: (event) => event,
          },
        },
      },
      {
        Count: (representations) =>
          representations.map(({ cursor }) => this.#counts.find((one) => one.cursor === cursor) ?? null),
      },
    );
  }

  count(): void {
    const count = this.#counts.length + 1;
    this.#counts.push({ cursor: `c${count}`, count });
    this.source.publish({ cursor: `c${count}`, count });
  }
}
