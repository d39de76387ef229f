import { passedOn } from '../passed-on.js';

/** Maps an async iterator one to one; `return()` reaches the source at once, even while a `next()` is pending. */
export function mapEvents<From, To>(
  source: AsyncIterator<From>,
  map: (value: From) => To | Promise<To>,
): AsyncIterableIterator<To> {
  return passedOn(source, async (): Promise<IteratorResult<To>> => {
    const step = await source.next();
    return step.done ? { done: true, value: undefined } : { done: false, value: await map(step.value) };
  });
}
