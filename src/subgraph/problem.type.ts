import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PROBLEM_REASONS } from '../problem-reason.js';
import type { ProblemReason } from '../problem-reason.js';
import { PROBLEM_CODES } from '../provider-error.js';
import type { ProblemCode, ProviderError } from '../provider-error.js';
import { Provider } from './provider.enum.js';

const codes = Object.keys(PROBLEM_CODES) as ProblemCode[];

/** The closed list of codes as a GraphQL enum; its values and descriptions come from the one list in the kit. */
export const ProblemCodeEnum = Object.fromEntries(codes.map((code) => [code, code]));

registerEnumType(ProblemCodeEnum, {
  name: 'ProblemCode',
  description: 'Why something was not done. Also the `extensions.code` of failed reads.',
  valuesConfig: Object.fromEntries(codes.map((code) => [code, { description: PROBLEM_CODES[code] }])),
});

const reasons = Object.keys(PROBLEM_REASONS) as ProblemReason[];

export const ProblemReasonEnum = Object.fromEntries(reasons.map((reason) => [reason, reason]));

registerEnumType(ProblemReasonEnum, {
  name: 'ProblemReason',
  description:
    'What is wrong with a value, or with what was asked for. Also the `extensions.reason` of failed reads.',
  valuesConfig: Object.fromEntries(
    reasons.map((reason) => [reason, { description: PROBLEM_REASONS[reason] }]),
  ),
});

@Directive('@shareable')
@ObjectType({ description: 'An expected no: from the rules, or from the provider. Nothing else went wrong.' })
export class Problem {
  @Field(() => ProblemCodeEnum, { description: 'What kind of no; switch on this.' })
  readonly code: ProblemCode;

  @Field(() => ProblemReasonEnum, {
    nullable: true,
    description: 'What is wrong, finer than the code; null when the code says all that is known.',
  })
  readonly reason: ProblemReason | null;

  @Field(() => String, { description: 'One sentence for a developer; never text of the provider.' })
  readonly message: string;

  @Field(() => Boolean, { description: 'Whether the same call may succeed later, unchanged.' })
  readonly isRetryable: boolean;

  @Field(() => Provider, {
    nullable: true,
    description: 'The provider that said no; null when our own rules did.',
  })
  readonly provider: Provider | null;

  @Field(() => String, { nullable: true, description: "The provider's own code, as it was sent." })
  readonly providerCode: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "The input field at fault, outermost first, with places in lists, as in `['input', 'recipients', '1', 'email']`.",
  })
  readonly path: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the provider calls the thing that may have been made or changed; look it up before trying again.',
  })
  readonly reference: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds to wait before the same call is worth another try; null when nobody knows.',
  })
  readonly retryAfterMs: number | null;

  constructor(error: ProviderError) {
    this.code = error.code;
    this.reason = error.reason ?? null;
    this.message = error.message;
    this.isRetryable = error.isRetryable;
    const provider = error.provider?.toUpperCase() ?? '';
    this.provider = Object.hasOwn(Provider, provider) ? provider : null;
    this.providerCode = error.providerCode ?? null;
    this.reference = error.reference ?? null;
    this.path = error.path ? ['input', ...error.path] : null;
    this.retryAfterMs = error.retryAfterMs ?? null;
  }
}

/** What a payload says of an expected no: the first problem, and all of them. */
export interface Refused {
  readonly problem: Problem;
  readonly problems: readonly Problem[];
}

export function refused(error: ProviderError): Refused {
  const problem = new Problem(error);
  return { problem, problems: [problem, ...error.others.map((other) => new Problem(other))] };
}
