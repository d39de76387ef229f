import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { SizedByFirst } from '../../src/subgraph/cost.js';
import { command, lookup } from '../../src/subgraph/command.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { READ, WRITE } from './context.js';
import type { Messaging2faContext } from './context.js';
import { TwoFactorMessageState } from './enums.js';
import { checkOutgoing } from '../../src/providers/messaging2fa/rules.js';
import {
  CancelTwoFactorMessageInput,
  RefreshTwoFactorMessageInput,
  SendTwoFactorMessageInput,
} from './message.input.js';
import { messagePage } from './message.page.js';
import {
  CancelTwoFactorMessagePayload,
  RefreshTwoFactorMessagePayload,
  SendTwoFactorMessagePayload,
} from './message.payload.js';
import { TwoFactorMessage, TwoFactorMessageConnection } from './message.type.js';

@Resolver(() => TwoFactorMessage)
export class TwoFactorMessageResolver {
  @RequiresScope(READ)
  @Query(() => TwoFactorMessage, {
    nullable: true,
    description: 'A message you have sent; null when there is none with this id.',
  })
  async twoFactorMessage(
    @IdOf('TwoFactorMessage') @Arg('id', () => ID, { description: 'The message.' }) id: string,
    @Ctx() { caller, services }: Messaging2faContext,
  ): Promise<TwoFactorMessage | null> {
    const message = await services.messages.sent.find(caller, id);
    return message ? new TwoFactorMessage(message) : null;
  }

  @RequiresScope(READ)
  @SizedByFirst()
  @Query(() => TwoFactorMessageConnection, {
    nullable: true,
    description: 'The messages you have sent, newest first.',
  })
  twoFactorMessages(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at the most, 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Continue behind this cursor.' })
    after: string | undefined,
    @Arg('state', () => TwoFactorMessageState, {
      nullable: true,
      description: 'Only open or only finished ones.',
    })
    state: TwoFactorMessageState | undefined,
    @Arg('person', () => String, {
      nullable: true,
      description: 'Only those sent to this PassBy[ME] id or e-mail address.',
    })
    person: string | undefined,
    @Ctx() context: Messaging2faContext,
  ): Promise<TwoFactorMessageConnection> {
    return messagePage({ first, after, state, person: person?.trim() }, context);
  }

  @RequiresScope(WRITE)
  @Mutation(() => SendTwoFactorMessagePayload, {
    description:
      "Pushes a message to people's phones (send_message). Follow it with `twoFactorMessageChanged`.",
  })
  sendTwoFactorMessage(
    @Arg('input', () => SendTwoFactorMessageInput, { description: 'The message.' })
    input: SendTwoFactorMessageInput,
    @Ctx() context: Messaging2faContext,
  ): Promise<SendTwoFactorMessagePayload> {
    const { client, messages } = context.services;
    const { recipients, subject, body, availabilitySeconds, type } = input;
    const message = { recipients, subject: subject ?? null, body: body ?? null, availabilitySeconds, type };
    return command(context, 'sendTwoFactorMessage', input, {
      prepare: () => checkOutgoing(message),
      rings: () =>
        recipients.map((recipient, index) => ({
          kind: 'ask' as const,
          subject: ['messaging2fa', recipient.toLowerCase()],
          path: ['recipients', String(index)],
        })),
      effect: () => client.send(message, context),
      identify: ({ messageId }) => messageId,
      after: (session, _prepared, at) => messages.keep(context.caller, message, session, at),
      answer: (sent) => ({ twoFactorMessage: new TwoFactorMessage(sent) }),
    });
  }

  @RequiresScope(READ)
  @Mutation(() => RefreshTwoFactorMessagePayload, {
    description:
      'Reads the statuses at the provider now (refresh), without waiting for the next poll. Changes nothing there.',
  })
  refreshTwoFactorMessage(
    @Arg('input', () => RefreshTwoFactorMessageInput, { description: 'Which message.' })
    { id }: RefreshTwoFactorMessageInput,
    @Ctx() context: Messaging2faContext,
  ): Promise<RefreshTwoFactorMessagePayload> {
    return lookup(context, 'refreshTwoFactorMessage', async () => ({
      twoFactorMessage: new TwoFactorMessage(await context.services.messages.refresh(id, context)),
    }));
  }

  @RequiresScope(WRITE)
  @Mutation(() => CancelTwoFactorMessagePayload, {
    description: 'Withdraws a message from the recipients who have no final status yet (cancel).',
  })
  cancelTwoFactorMessage(
    @Arg('input', () => CancelTwoFactorMessageInput, { description: 'Which message.' })
    input: CancelTwoFactorMessageInput,
    @Ctx() context: Messaging2faContext,
  ): Promise<CancelTwoFactorMessagePayload> {
    const { messages } = context.services;
    return command(context, 'cancelTwoFactorMessage', input, {
      prepare: () => messages.sent.require(context.caller, input.id),
      rings: NOBODY,
      effect: () => messages.cancel(input.id, context),
      answer: (message) => ({ twoFactorMessage: new TwoFactorMessage(message) }),
    });
  }
}
