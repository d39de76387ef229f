import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
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

@Directive('@shareable')
@ObjectType({ description: 'An expected no: from the rules, or from the provider. Nothing else went wrong.' })
export class Problem {
  @Field(() => ProblemCodeEnum, { description: 'What kind of no; switch on this.' })
  readonly code: ProblemCode;

  @Field(() => String, { description: 'One sentence for a developer; never text of the provider.' })
  readonly message: string;

  @Field(() => Boolean, { description: 'Whether the same call may succeed later, unchanged.' })
  readonly retryable: boolean;

  @Field(() => Provider, {
    nullable: true,
    description: 'The provider that said no; null when our own rules did.',
  })
  readonly provider: Provider | null;

  @Field(() => String, { nullable: true, description: "The provider's own code, as it was sent." })
  readonly providerCode: string | null;

  @Field(() => [String], { nullable: true, description: 'The input field at fault, outermost first.' })
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
    this.message = error.message;
    this.retryable = error.retryable;
    const provider = error.provider?.toUpperCase() ?? '';
    this.provider = Object.hasOwn(Provider, provider) ? provider : null;
    this.providerCode = error.providerCode ?? null;
    this.reference = error.reference ?? null;
    this.path = error.path ? ['input', ...error.path] : null;
    this.retryAfterMs = error.retryAfterMs ?? null;
  }
}
