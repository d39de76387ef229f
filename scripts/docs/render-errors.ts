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
switch on, a \`reason\` that is finer, a sentence for a developer, and \`isRetryable\`. \`path\` is the field at fault as the
caller's own input names it, with places in lists: \`["input", "recipients", "1", "email"]\`. Where several things can be
wrong at once, \`problems\` has them all, \`problem\` first. Of a text that is blank the reason is \`BLANK\`, whatever
else it breaks; what is not there, or is done already, is told by the field that names it. A provider's refusal has a
\`reason\` where its words are known, and null otherwise. A read that fails is an error of
its field with the same codes in \`extensions.code\`, and everything else that was asked for is answered. Text of a
provider, host names and stacks are in the log of the server alone.

A mutation of several fields is refused as a whole, with nothing done, when a scope is missing for one of them or for
what its answer would show. What fails later is null with an error of its own, and leaves what the others have answered.

Send a mutation again with the same \`idempotencyKey\` after \`OUTCOME_UNKNOWN\` or a broken connection: whatever became of
it, it is not done twice.

## When nobody heard the answer

A process that is killed while it sends, or a connection that is cut, leaves a command of which nobody knows what it has
come to: \`OUTCOME_UNKNOWN\`, also for the same \`idempotencyKey\`. Where the provider lists what it has, what was made
appears there by itself; a list that is our own record cannot hold what we never heard of. A \`reference\` beside the
problem is the provider's id of what may have been made or changed: look it up by that.

| provider     | lists of the provider, where it appears                                     | own records, where it does not | what to do                                                                                                                                                                  |
| ------------ | --------------------------------------------------------------------------- | ------------------------------ | --------------------------------------------------------------------------------------------------------------------------------------------------------------------------- |
| SafeBox      | \`safeBoxes\`, \`safeBox\` and what they hold                               |                                | Send the same command with the same key: the provider is asked ([safebox.md](safebox.md)). Without one, look.                                                               |
| XQ           | \`xqCommunications\`, after \`openXqDashboard\`; aliases have no dashboard    | \`xqKeys\`                     | Look there, and revoke a key that nobody will use. A new key under another \`idempotencyKey\` takes nothing from the lost one.                                               |
| Guard        | \`guardKeyRings\`, \`guardCertificates\`, \`guardExternalKeys\`               |                                | Look before sending it under another key.                                                                                                                                   |
| Two-factor   | none                                                                        | \`twoFactorMessages\`          | Nobody can tell. A phone may have rung, and whatever is answered there approves nothing here. It ends with its \`availabilitySeconds\`. Ask anew under another key.            |
| VIP push     | none                                                                        |                                | Nobody can tell without its \`transactionId\`. Whatever is answered on a phone approves nothing here. Ask anew under another key. Users and their credentials can be looked up. |

## Codes

${table(
  ['code', 'meaning', 'the same call may succeed later'],
  codes.map((code) => [
    `\`${code}\``,
    PROBLEM_CODES[code],
    new ProviderError(code).isRetryable ? 'yes' : 'no',
  ]),
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
