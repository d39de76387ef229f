import type { ExecutionResult } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import { GATEWAY_CODES } from './errors.js';
import { passedOn } from '../passed-on.js';

interface Running {
  readonly document: string;
  /** Ends it, for a reader who waits or the next that comes. */
  end: () => void;
}

/** Told to a subscription of which the graph has lost a part while it ran. */
export function schemaChanged(): GraphQLError {
  return new GraphQLError(GATEWAY_CODES.SCHEMA_CHANGED, {
    extensions: { code: 'SCHEMA_CHANGED', isRetryable: false },
  });
}

/** The subscriptions of all clients that run now, on whichever graph they began. */
export class RunningSubscriptions {
  readonly #running = new Set<Running>();

  /** Passes a stream on until it ends, or its document does not fit the graph any more: then with a last result that says so. */
  follow(stream: AsyncIterable<ExecutionResult>, document: string): AsyncIterableIterator<ExecutionResult> {
    const source = stream[Symbol.asyncIterator]();
    let isOver = false;
    let isUnfit = false;
    const running: Running = { document, end: () => (isUnfit = true) };
    const leave = (): void => {
      isOver = true;
      this.#running.delete(running);
    };
    const last = async (): Promise<IteratorResult<ExecutionResult>> => {
      leave();
      await source.return?.();
      return { done: false, value: { errors: [schemaChanged()] } };
    };
    this.#running.add(running);
    const next = (): Promise<IteratorResult<ExecutionResult>> => {
      if (isOver) return Promise.resolve({ done: true, value: undefined });
      if (isUnfit) return last();
      return new Promise((resolve, reject) => {
        running.end = () => resolve(last());
        source.next().then(
          (step) => {
            running.end = () => (isUnfit = true);
            if (step.done) leave();
            resolve(step);
          },
          (error: unknown) => {
            leave();
            reject(error instanceof Error ? error : new Error('a subscription failed'));
          },
        );
      });
    };
    return passedOn(source, next, leave);
  }

  /** Ends those whose document does not fit. */
  endUnfit(fits: (document: string) => boolean): void {
    for (const { document, end } of this.#running) if (!fits(document)) end();
  }
}
