import type { ExecutionResult } from '@graphql-tools/utils';
import type { Clock } from '../clock.js';
import { flowingLike } from './flowing.js';

/**
 * Passes a stream on as long as its reader may read: the first result that comes later is replaced by `last`, and ends
 * it.
 * @param expiresAt milliseconds since the epoch
 */
export function until(
  stream: AsyncIterable<ExecutionResult>,
  expiresAt: number,
  clock: Clock,
  last: ExecutionResult,
): AsyncIterableIterator<ExecutionResult> {
  const source = stream[Symbol.asyncIterator]();
  let isOver = false;
  const iterator: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      if (isOver) return { done: true, value: undefined };
      const step = await source.next();
      if (step.done || clock.now() < expiresAt) return step;
      await iterator.return?.();
      return { done: false, value: last };
    },
    async return() {
      isOver = true;
      await source.return?.();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await iterator.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return flowingLike(stream, iterator, (result) => {
    if (clock.now() < expiresAt) return result;
    void iterator.return?.();
    return last;
  });
}
