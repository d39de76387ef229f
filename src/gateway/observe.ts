import type { ExecutionResult } from '@graphql-tools/utils';

/** Passes a stream on, each result changed by `map`; `onEnd` is called once, however it ends. */
export function observe(
  stream: AsyncIterable<ExecutionResult>,
  map: (result: ExecutionResult) => ExecutionResult,
  onEnd: (outcome: 'completed' | 'left' | 'failed') => void,
): AsyncIterableIterator<ExecutionResult> {
  const source = stream[Symbol.asyncIterator]();
  let ended = false;
  const end = (outcome: 'completed' | 'left' | 'failed'): void => {
    if (!ended) onEnd(outcome);
    ended = true;
  };
  const iterator: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      try {
        const step = await source.next();
        if (step.done) end('completed');
        return step.done ? step : { done: false, value: map(step.value) };
      } catch (error) {
        end('failed');
        throw error;
      }
    },
    async return() {
      end('left');
      await source.return?.();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await iterator.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
