/** A stream whose items can be handed over as they come, which costs no promise for each. */
export interface Flowing<T> extends AsyncIterableIterator<T> {
  /**
   * From now on items are handed over instead of being answered by `next`, which still tells of the end. `take` answers
   * false for one that it cannot take now: that one waits, and everything after it, until `flow` is called again.
   */
  flow(take: (item: T) => boolean): void;
}

export function isFlowing<T>(stream: AsyncIterable<T>): stream is Flowing<T> {
  return 'flow' in stream;
}

/** Adds `flow` to a stream that passes on another's items, each changed by `pass`, where the other has it. */
export function flowingLike<T>(
  source: AsyncIterable<T>,
  stream: AsyncIterableIterator<T>,
  pass: (item: T) => T,
): AsyncIterableIterator<T> {
  if (!isFlowing(source)) return stream;
  return Object.assign(stream, {
    flow: (take: (item: T) => boolean) => source.flow((item) => take(pass(item))),
  });
}
