import { GraphError } from './errors.js';

/** The least that is known of a problem; what else was asked for is there too. */
export interface ProblemEntry {
  readonly code: string;
  readonly message: string;
}

/** What became of a command: done, or an expected no with its `problem`. What was asked for is there either way. */
export type Outcome<Answer> =
  | { readonly ok: true; readonly payload: Answer }
  | { readonly ok: false; readonly problem: ProblemOf<Answer>; readonly payload: Answer };

type ProblemOf<Answer> = Answer extends { readonly problem?: infer Problem }
  ? NonNullable<Problem>
  : ProblemEntry;

/**
 * @param payload has to hold `problem { code message }`
 * @throws TypeError when it does not: a no would look like a yes; GraphError when there is none
 */
export function outcomeOf<Answer>(payload: Answer): Outcome<NonNullable<Answer>> {
  if (payload === null || payload === undefined)
    throw new GraphError([], { message: 'The graph answered nothing.' });
  const { problem } = payload as { readonly problem?: ProblemOf<NonNullable<Answer>> | null };
  if (problem === undefined) throw new TypeError('The mutation must ask for problem { code message }.');
  return problem === null ? { ok: true, payload } : { ok: false, problem, payload };
}
