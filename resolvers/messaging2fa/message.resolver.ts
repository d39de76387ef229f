import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import type { Messaging2faContext } from './context.js';
import { TwoFactorMessageState } from './enums.js';
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
import type { KnownMessage } from './message.service.js';

const READ = 'messaging2fa:read';
const WRITE = 'messaging2fa:write';

@Resolver(() => TwoFactorMessage)
export class TwoFactorMessageResolver {
  @RequiresScope(READ)
  @Query(() => TwoFactorMessage, {
    nullable: true,
    description: 'A message you have sent; null when there is none with this id.',
  })
  async twoFactorMessage(
    @Arg('id', () => ID, { description: 'Id of the message.' }) id: string,
    @Ctx() { caller, services }: Messaging2faContext,
  ): Promise<TwoFactorMessage | null> {
    const message = await services.messages.find(id, caller);
    return message && new TwoFactorMessage(message);
  }

  @RequiresScope(READ)
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
    return messagePage({ first, after, state, person }, context);
  }

  @RequiresScope(WRITE)
  @Mutation(() => SendTwoFactorMessagePayload, {
    description:
      "Pushes a message to people's phones (send_message). Follow it with `twoFactorMessageChanged`.",
  })
  sendTwoFactorMessage(
    @Arg('input', () => SendTwoFactorMessageInput, { description: 'The message.' })
    { idempotencyKey, recipients, subject, body, availabilitySeconds, type }: SendTwoFactorMessageInput,
    @Ctx() context: Messaging2faContext,
  ): Promise<SendTwoFactorMessagePayload> {
    const message = { recipients, subject: subject ?? null, body: body ?? null, availabilitySeconds, type };
    return attempt(async () => ({
      twoFactorMessage: await once(context, 'sendTwoFactorMessage', idempotencyKey, message, () =>
        context.services.messages.send(message, context),
      ),
    }));
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
    return attempt(async () => ({
      twoFactorMessage: new TwoFactorMessage(await context.services.messages.refresh(id, context)),
    }));
  }

  @RequiresScope(WRITE)
  @Mutation(() => CancelTwoFactorMessagePayload, {
    description: 'Withdraws a message from the recipients who have no final status yet (cancel).',
  })
  cancelTwoFactorMessage(
    @Arg('input', () => CancelTwoFactorMessageInput, { description: 'Which message.' })
    { id, idempotencyKey }: CancelTwoFactorMessageInput,
    @Ctx() context: Messaging2faContext,
  ): Promise<CancelTwoFactorMessagePayload> {
    return attempt(async () => ({
      twoFactorMessage: await once(context, 'cancelTwoFactorMessage', idempotencyKey, { id }, () =>
        context.services.messages.cancel(id, context),
      ),
    }));
  }
}

/** Runs a command under its idempotency key and gives back the message as it stands. */
async function once(
  { caller, services }: SubgraphContext<Messaging2faContext['services']>,
  operation: string,
  key: string | null | undefined,
  input: object,
  command: () => Promise<KnownMessage>,
): Promise<TwoFactorMessage> {
  return new TwoFactorMessage(
    await services.idempotency.run({ owner: caller, operation, key, input }, command),
  );
}
