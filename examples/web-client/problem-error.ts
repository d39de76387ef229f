import type { Outcome, ProblemEntry } from 'sealgraph/client';

/** An expected no, from the rules or from a provider; `code` says which. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: string | undefined;

  constructor(outcome: Outcome<{ readonly problem: ProblemEntry | null }>) {
    super(outcome.ok ? 'The graph answered nothing.' : outcome.problem.message);
    this.code = outcome.ok ? undefined : outcome.problem.code;
  }
}
