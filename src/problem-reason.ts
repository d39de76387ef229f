/** Why a value, or what was asked for, is refused: the closed list behind `ProblemReason` of the graph. */
export const PROBLEM_REASONS = {
  MISSING: 'It is needed here, and was not given.',
  BLANK: 'It is empty, or holds nothing but blanks.',
  TOO_SHORT: 'It has fewer characters, bytes or elements than it must have.',
  TOO_LONG: 'It has more characters, bytes or elements than it may have.',
  MALFORMED: 'It is not written as it must be; the message says how.',
  OUT_OF_RANGE: 'A number or a moment is smaller, larger, earlier or later than it may be.',
  DUPLICATE: 'It stands there twice.',
  CONTRADICTORY: 'It does not go with what else was given.',
  NOT_ALLOWED: 'The account, the thing or the operation does not take this.',
  NOT_MODIFIABLE: 'The security profile fixes it; only what may be chosen can be given.',
  NOT_READY: 'What it names is not complete yet.',
  TAKEN: 'Something else has it already.',
  ALREADY_DONE: 'It is so already.',
  WRONG_STATE: 'What it is about is in a state in which this cannot be done.',
  CONSENT_NEEDED: 'The consent message must be accepted.',
  NOT_SET: 'There is none that could be changed.',
  REFUSED: 'The provider refuses it and does not say why.',
} as const;

export type ProblemReason = keyof typeof PROBLEM_REASONS;

/** Of a text or list that has not the right length. @param length in characters, bytes or elements */
export function lengthReason(length: number, min: number): 'BLANK' | 'TOO_SHORT' | 'TOO_LONG' {
  if (length >= min) return 'TOO_LONG';
  return length === 0 ? 'BLANK' : 'TOO_SHORT';
}
