import { ProviderError, PROBLEM_CODES, type ProblemCode } from '../../src/provider-error.js';
import { PROBLEM_REASONS } from '../../src/problem-reason.js';
import { GATEWAY_CODES } from '../../src/gateway/errors.js';
import { table } from './render-configuration.js';
import { WRITTEN } from './written.js';

/** The page about what can go wrong, from the one list of codes. */
export function renderErrors(): string {
  const codes = Object.keys(PROBLEM_CODES) as ProblemCode[];
  return `# Errors

${WRITTEN}

What can be expected to fail is data: a mutation answers a \`problem\` beside the thing it did not change, with a code to
switch on, a \`reason\` that is finer, a sentence for a developer, and \`retryable\`. \`path\` is the field at fault as the
caller's own input names it, with places in lists: \`["input", "recipients", "1", "email"]\`. Where several things can be
wrong at once, \`problems\` has them all, \`problem\` first. A read that fails is an error of
its field with the same codes in \`extensions.code\`, and everything else that was asked for is answered. Text of a
provider, host names and stacks are in the log of the server alone.

A mutation of several fields is refused as a whole, with nothing done, when a scope is missing for one of them or for
what its answer would show. What fails later is null with an error of its own, and leaves what the others have answered.

Send a mutation again with the same \`idempotencyKey\` after \`OUTCOME_UNKNOWN\` or a broken connection: whatever became of
it, it is not done twice.

## Codes

${table(
  ['code', 'meaning', 'the same call may succeed later'],
  codes.map((code) => [`\`${code}\``, PROBLEM_CODES[code], new ProviderError(code).retryable ? 'yes' : 'no']),
)}

## Reasons

${table(
  ['reason', 'meaning'],
  Object.entries(PROBLEM_REASONS).map(([reason, meaning]) => [`\`${reason}\``, meaning]),
)}

## Beside them

${table(
  ['`extensions.code`', 'meaning'],
  [
    ...Object.entries(GATEWAY_CODES).map(([code, meaning]) => [`\`${code}\``, meaning]),
    [
      '`INTERNAL`',
      'A fault of the server. `extensions.reference` finds it in the log; the message says nothing.',
    ],
  ],
)}
`;
}
