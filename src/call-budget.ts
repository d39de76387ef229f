import { passedOn } from './passed-on.js';
import { ProviderError } from './provider-error.js';

/** What may still be called by the work of one request. */
interface Budget {
  left: number;
  /** Pieces of work under way; clients may give several requests the same id, and those share what they may do. */
  works: number;
}

// By the id that every call bears anyway: what Node follows by itself costs each promise of the process.
const budgets = new Map<string, Budget>();

/** Does work that may make so many calls to providers, those that bear the id of its request, until it has ended. */
export async function withCallBudget<Result>(
  requestId: string,
  calls: number,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const budget = budgets.get(requestId) ?? { left: 0, works: 0 };
  budgets.set(requestId, budget);
  budget.left += calls;
  budget.works += 1;
  try {
    return await work();
  } finally {
    budget.works -= 1;
    // What it did not need is nobody else's.
    budget.left = Math.min(budget.left, budget.works * calls);
    // What goes on behind an answer is nobody's operation any more.
    if (budget.works === 0) budgets.delete(requestId);
  }
}

/** A stream of which each item has a budget of its own. */
export function eachWithCallBudget<Item>(
  requestId: string,
  calls: number,
  stream: AsyncIterable<Item>,
): AsyncIterableIterator<Item> {
  const source = stream[Symbol.asyncIterator]();
  return passedOn(source, () => withCallBudget(requestId, calls, () => source.next()));
}

/**
 * Counts one call to a provider, before it is made.
 * @param requestId what the call bears; undefined: it is nobody's, as that of a poll
 * @returns whether it is made for an operation, which waits for it
 * @throws ProviderError CALLS_EXCEEDED when the operation has made all it may
 */
export function countCall(requestId: string | undefined): boolean {
  const budget = requestId === undefined ? undefined : budgets.get(requestId);
  if (!budget) return false;
  if (budget.left <= 0) throw new ProviderError('CALLS_EXCEEDED');
  budget.left -= 1;
  return true;
}
