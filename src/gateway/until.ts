import type { ExecutionResult } from '@graphql-tools/utils';
import type { Clock } from '../clock.js';
import { flowingLike } from './flowing.js';
import { passedOn } from '../passed-on.js';

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
  const next = async (): Promise<IteratorResult<ExecutionResult>> => {
    if (isOver) return { done: true, value: undefined };
    const step = await source.next();
    if (step.done || clock.now() < expiresAt) return step;
    await iterator.return?.();
    return { done: false, value: last };
  };
  const iterator = passedOn(source, next, () => (isOver = true));
  return flowingLike(stream, iterator, (result) => {
    if (clock.now() < expiresAt) return result;
    void iterator.return?.();
    return last;
  });
}
