import { move, transferableSymbol, valueSymbol } from 'piscina';
import { invalidInput, ProviderError } from '../../../provider-error.js';
import type { Answer, Refusal, Task } from './answer.js';
import { handOver } from './hand-over.js';

/**
 * Makes an export of a worker module for a `WorkerPool`. Bytes in its result are handed over, not copied. Whatever a
 * library trips over is the material's fault: the caller is told so, and whoever looks after the service where it was.
 * @param field the caller's, with the material
 */
export function operation<Input, Result extends object>(
  field: string,
  work: (input: Input, now: Date) => Promise<Result>,
): (task: Task<Input>) => Promise<Answer<Result>> {
  return async ({ input, now, taken }) => {
    taken.postMessage('taken');
    taken.close();
    try {
      return moving(await work(input, new Date(now)));
    } catch (error) {
      const refused =
        error instanceof ProviderError
          ? error
          : invalidInput([field], 'MALFORMED', `${field} cannot be processed.`);
      const trippedAt = refused === error ? undefined : placeOf(error);
      return { refused: { ...toRefusal(refused), trippedAt } };
    }
  };
}

function toRefusal({ code, message, path, reason, others }: ProviderError): Refusal {
  return { code, message, path, reason, others: others.map(toRefusal), trippedAt: undefined };
}

/** Without the message, which may hold what the caller sent. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'nowhere known';
  const frames = error.stack?.split('\n').filter((line) => /^ +at /.test(line));
  return [error.name, ...(frames ?? [])].join('\n');
}

function moving<Result extends object>(result: Result): Answer<Result> {
  const { fields: value, transfer } = handOver(result);
  // The pool sends what `valueSymbol` holds; whoever waits for it sees that alone.
  const answer = { value, [transferableSymbol]: transfer, [valueSymbol]: { value } };
  move(answer);
  return answer;
}
