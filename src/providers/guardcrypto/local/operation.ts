import { move, transferableSymbol, valueSymbol } from 'piscina';
import { ProviderError } from '../../../provider-error.js';
import type { Answer, Task } from './answer.js';
import { handOver } from './hand-over.js';

/** Makes an export of a worker module for a `WorkerPool`. Bytes in its result are handed over, not copied. */
export function operation<Input, Result extends object>(
  work: (input: Input, now: Date) => Promise<Result>,
): (task: Task<Input>) => Promise<Answer<Result>> {
  return async ({ input, now, taken }) => {
    taken.postMessage('taken');
    taken.close();
    try {
      return moving(await work(input, new Date(now)));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const { code, message, path } = error;
      return { refused: { code, message, path } };
    }
  };
}

function moving<Result extends object>(result: Result): Answer<Result> {
  const { fields: value, transfer } = handOver(result);
  // The pool sends what `valueSymbol` holds; whoever waits for it sees that alone.
  const answer = { value, [transferableSymbol]: transfer, [valueSymbol]: { value } };
  move(answer);
  return answer;
}
