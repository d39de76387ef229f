/** Maps an async iterator one to one; `return()` reaches the source at once, even while a `next()` is pending. */
export function mapEvents<From, To>(
  source: AsyncIterator<From>,
  map: (value: From) => To | Promise<To>,
): AsyncIterableIterator<To> {
  const mapped = async (step: Promise<IteratorResult<From>>): Promise<IteratorResult<To>> => {
    const result = await step;
    return result.done ? { done: true, value: undefined } : { done: false, value: await map(result.value) };
  };
  return {
    next: () => mapped(source.next()),
    return: async () => {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
