import { GraphQLError } from 'graphql';
import type { AnswerPath } from './complete.js';

/**
 * Joins what subgraphs reported with what was found missing. The planner's paths are approximate (indexes left out,
 * names of its own), so a path is kept only where the answer has a null to show for it; a missing value
 * that a reported error explains is not reported again.
 */
export function placeErrors(
  data: unknown,
  reported: readonly GraphQLError[],
  missing: readonly GraphQLError[],
): GraphQLError[] {
  // Nothing is left: what was reported took everything else with it.
  const unexplained = (data === null && reported.length > 0 ? [] : missing).filter(
    ({ path }) => !reported.some((error) => explains(error.path ?? [], path ?? [])),
  );
  return [...reported.map((error) => placed(data, error)), ...unexplained];
}

function explains(reported: AnswerPath, missing: AnswerPath): boolean {
  const names = (path: AnswerPath): AnswerPath => path.filter((step) => typeof step === 'string');
  const inner = names(missing);
  return names(reported).every((step, index) => step === inner[index] || isPlannerName(step));
}

/** The planner calls its batched entity fetches `_e0`, `_e1`... and plain ones `_entities`. */
function isPlannerName(step: string | number): boolean {
  return typeof step === 'string' && /^_e(\d+|ntities)$/.test(step);
}

function placed(data: unknown, error: GraphQLError): GraphQLError {
  if (!error.path || leadsToNull(data, error.path)) return error;
  const { message, extensions, originalError } = error;
  return new GraphQLError(message, { extensions, originalError: originalError ?? error });
}

function leadsToNull(data: unknown, path: AnswerPath): boolean {
  let value = data;
  for (const step of path) {
    if (value === null) return true;
    if (typeof step === 'number') {
      if (!Array.isArray(value) || step >= value.length) return false;
      value = value[step];
    } else {
      if (typeof value !== 'object' || Array.isArray(value) || value === undefined) return false;
      value = new Map<string, unknown>(Object.entries(value)).get(step);
    }
  }
  return value === null;
}
