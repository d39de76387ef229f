import { passedOn } from '../passed-on.js';

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
  const next = async (): Promise<IteratorResult<Mapped>> => {
    try {
      const step = await source.next();
      if (step.done) end('completed');
      return step.done ? step : { done: false, value: await map(step.value) };
    } catch (error) {
      end('failed');
      throw error;
    }
  };
  return passedOn(source, next, () => end('left'));
}
