/**
 * A stream that passes another one on, step by step, by `next`. `leave` is called when its reader stops reading, before
 * the other is told.
 */
export function passedOn<Item, Passed>(
  source: AsyncIterator<Item>,
  next: () => Promise<IteratorResult<Passed>>,
  leave: () => void = () => undefined,
): AsyncIterableIterator<Passed> {
  const iterator: AsyncIterableIterator<Passed> = {
    next,
    async return() {
      leave();
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
