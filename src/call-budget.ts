import { AsyncLocalStorage } from 'node:async_hooks';
import { passedOn } from './passed-on.js';
import { ProviderError } from './provider-error.js';

interface Budget {
  left: number;
  /** What goes on behind an answer is nobody's operation any more. */
  isOver: boolean;
}

const budgets = new AsyncLocalStorage<Budget | undefined>();

/** Does work that may make so many calls to providers, whatever it starts included, until it has ended. */
export async function withCallBudget<Result>(
  calls: number,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const budget = { left: calls, isOver: false };
  try {
    return await budgets.run(budget, work);
  } finally {
    budget.isOver = true;
  }
}

/** A stream of which each item has a budget of its own. */
export function eachWithCallBudget<Item>(
  calls: number,
  stream: AsyncIterable<Item>,
): AsyncIterableIterator<Item> {
  const source = stream[Symbol.asyncIterator]();
  return passedOn(source, () => withCallBudget(calls, () => source.next()));
}

/** Does work that is nobody's operation, wherever it was set going. */
export function withoutCallBudget<Result>(work: () => Result): Result {
  return budgets.run(undefined, work);
}

/**
 * Counts one call to a provider, before it is made.
 * @returns whether it is made for an operation, which waits for it
 * @throws ProviderError CALLS_EXCEEDED when the operation has made all it may
 */
export function countCall(): boolean {
  const budget = budgets.getStore();
  if (!budget || budget.isOver) return false;
  if (budget.left <= 0) throw new ProviderError('CALLS_EXCEEDED');
  budget.left -= 1;
  return true;
}
