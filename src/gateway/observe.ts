/** Passes a stream on, each item changed by `map`; `onEnd` is called once, however it ends. */
export function observe<Item, Mapped>(
  stream: AsyncIterable<Item>,
  map: (item: Item) => Mapped | Promise<Mapped>,
  onEnd: (outcome: 'completed' | 'left' | 'failed') => void,
): AsyncIterableIterator<Mapped> {
  const source = stream[Symbol.asyncIterator]();
  let ended = false;
  const end = (outcome: 'completed' | 'left' | 'failed'): void => {
    if (!ended) onEnd(outcome);
    ended = true;
  };
  const iterator: AsyncIterableIterator<Mapped> = {
    async next() {
      try {
        const step = await source.next();
        if (step.done) end('completed');
        return step.done ? step : { done: false, value: await map(step.value) };
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
