import { Field, ObjectType } from 'type-graphql';
import { refusalOf } from '../../src/providers/vipidentity/errors.js';
import type { Refusal } from '../../src/providers/vipidentity/errors.js';
import { DETAILS, nameOf, STATUSES } from '../../src/providers/vipidentity/statuses.js';
import { command } from '../../src/subgraph/command.js';
import type { CommandArguments, CommandSteps } from '../../src/subgraph/command.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import type { Problem, Refused } from '../../src/subgraph/problem.type.js';
import type { VipContext } from './context.js';
import { VipStatus, VipStatusDetail } from './enums.js';
import { tellingAccount } from './telling-account.js';

@ObjectType({ description: 'The status codes of an answer, with our names for them.' })
export class VipOutcome {
  constructor(private readonly answer: Refusal) {}

  @Field(() => VipStatus, { description: 'How the call went.' })
  get status(): string {
    return nameOf(STATUSES, this.answer.status);
  }

  @Field(() => String, { description: "The provider's code, four hexadecimal digits: 0000 is success." })
  get providerStatus(): string {
    return this.answer.status;
  }

  @Field(() => VipStatusDetail, { nullable: true, description: 'The finer code, where there is one.' })
  get detail(): string | null {
    return this.answer.detail === null ? null : nameOf(DETAILS, this.answer.detail);
  }

  @Field(() => String, { nullable: true, description: "The provider's finer code." })
  get providerDetail(): string | null {
    return this.answer.detail;
  }
}

/** How a command ended: with what it has done, or with a problem. */
export interface Performed<Done> {
  readonly done: Done | null;
  readonly refused: Refused | null;
  readonly outcome: VipOutcome | null;
}

@ObjectType({ description: 'What every answer to a command has.' })
export abstract class VipPayload extends Payload {
  @Field(() => VipOutcome, {
    nullable: true,
    description: "The provider's status; null when the provider was not asked or has not answered.",
  })
  readonly outcome: VipOutcome | null;

  override readonly problem: Problem | null;
  override readonly problems: readonly Problem[] | null;

  constructor({ outcome, refused }: Performed<unknown>) {
    super();
    this.outcome = outcome;
    this.problem = refused?.problem ?? null;
    this.problems = refused?.problems ?? null;
  }
}

/** What every command of the service may be given. */
interface VipArguments extends CommandArguments {
  readonly onBehalfOfAccountId?: string | null | undefined;
}

/**
 * A `command()` whose payload holds the provider's status too.
 * @param statusOf the provider's status when the command has gone well; default `0000`
 */
export async function perform<
  Payload,
  Sent,
  Prepared = undefined,
  Kept = Sent,
  Input extends VipArguments = VipArguments,
>(
  context: VipContext,
  operation: string,
  input: Input,
  steps: Omit<CommandSteps<Prepared, Sent, Kept, object>, 'answer'>,
  toPayload: (performed: Performed<Kept>) => Payload,
  statusOf: (done: Kept) => string = () => '0000',
): Promise<Payload> {
  const { prepare, effect } = steps;
  const telling = <Result>(work: () => Promise<Result> | Result): Promise<Result> =>
    tellingAccount(input.onBehalfOfAccountId, work);
  const done = await command(context, operation, input, {
    ...{ checksIds: true, ...steps },
    ...(prepare && { prepare: () => telling(prepare) }),
    effect: (prepared) => telling(() => effect(prepared)),
    answer: (kept: Kept): { readonly done: Kept } => ({ done: kept }),
  });
  return toPayload(performed(done, statusOf));
}

/** How something ended that was done, or not. */
export function performed<Done>(
  answer: { readonly done: Done } | Refused,
  statusOf: ((done: Done) => string) | undefined,
): Performed<Done> {
  if ('problem' in answer) {
    const refusal = refusalOf(answer.problem.providerCode);
    return { done: null, refused: answer, outcome: refusal && new VipOutcome(refusal) };
  }
  const { done } = answer;
  const outcome = statusOf ? new VipOutcome({ status: statusOf(done), detail: null }) : null;
  return { done, refused: null, outcome };
}
