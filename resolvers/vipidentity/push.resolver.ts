import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Query, Resolver } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { AUTHENTICATE, optionsOf, READ } from './context.js';
import type { VipContext } from './context.js';
import { toCredentialKeys } from './credential-keys.js';
import { perform } from './outcome.type.js';
import type { Performed } from './outcome.type.js';
import { PushVipCredentialsInput, PushVipUserInput, RefreshVipPushInput } from './push.input.js';
import { PushVipUserAndWaitPayload, VipPushPayload } from './push.payload.js';
import { toPushRequest, toPushTimes } from './push-request.js';
import type { KnownPush } from './push.service.js';
import { VipPush } from './push.type.js';

@Resolver(() => VipPush)
export class VipPushResolver {
  @RequiresScope(READ)
  @Query(() => VipPush, {
    nullable: true,
    description:
      'A push you have sent, as last observed (pollPushStatus); null when there is none of this id.',
  })
  async vipPush(
    @Arg('transactionId', () => ID, { description: 'Transaction id of the push.' }) transactionId: string,
    @Ctx() { caller, services }: VipContext,
  ): Promise<VipPush | null> {
    const push = await services.pushes.find(transactionId, caller);
    return push && new VipPush(push);
  }

  @RequiresScope(AUTHENTICATE)
  @VerifiesSecret()
  @Mutation(() => VipPushPayload, {
    description:
      'Asks all phones of a user (authenticateUserWithPush). It is only sent: follow it with `vipPushChanged`.',
  })
  async pushVipUser(
    @Arg('input', () => PushVipUserInput, { description: 'Whom and what to ask.' }) input: PushVipUserInput,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipPushPayload> {
    requireSingleVerification(info);
    return new VipPushPayload(await pushUser('pushVipUser', input, context));
  }

  @RequiresScope(AUTHENTICATE)
  @Mutation(() => VipPushPayload, {
    description:
      'Asks the apps of credentials (authenticateCredentials). It is only sent: follow it with `vipPushChanged`.',
  })
  async pushVipCredentials(
    @Arg('input', () => PushVipCredentialsInput, { description: 'Which apps and what to ask.' })
    input: PushVipCredentialsInput,
    @Ctx() context: VipContext,
  ): Promise<VipPushPayload> {
    const { client, pushes, attempts } = context.services;
    const onBehalfOfAccountId = input.onBehalfOfAccountId ?? null;
    const command = async (): Promise<KnownPush> => {
      const credentials = toCredentialKeys(input.credentials);
      const push = { ...toPushRequest(input), credentials, activate: input.activate };
      const times = toPushTimes(input);
      await attempts.credentials(credentials, onBehalfOfAccountId);
      return pushes.send({ userId: null, onBehalfOfAccountId }, times, context, () =>
        client.pushCredentials(push, optionsOf(context, onBehalfOfAccountId)),
      );
    };
    return new VipPushPayload(await perform(context, 'pushVipCredentials', input, command, () => '6040'));
  }

  @RequiresScope(AUTHENTICATE)
  @VerifiesSecret()
  @Mutation(() => PushVipUserAndWaitPayload, {
    description:
      'Asks all phones of a user and answers when somebody has answered or `timeoutSeconds` are over (authenticateUserWithPush, then pollPushStatus).',
  })
  async pushVipUserAndWait(
    @Arg('input', () => PushVipUserInput, { description: 'Whom and what to ask.' }) input: PushVipUserInput,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<PushVipUserAndWaitPayload> {
    requireSingleVerification(info);
    const sent = await pushUser('pushVipUserAndWait', input, context);
    if (!sent.done) return new PushVipUserAndWaitPayload(sent);
    const { transactionId } = sent.done;
    const done = await context.services.pushes.waitFor(transactionId, context, input.timeoutSeconds * 1_000);
    return new PushVipUserAndWaitPayload({ ...sent, done });
  }

  @RequiresScope(READ)
  @Mutation(() => VipPushPayload, {
    description:
      'Asks the provider now how far a push has come, without waiting for the next poll (pollPushStatus). One that has ended is not asked for again: the provider tells an end only once.',
  })
  async refreshVipPush(
    @Arg('input', () => RefreshVipPushInput, { description: 'Which push.' })
    { transactionId }: RefreshVipPushInput,
    @Ctx() context: VipContext,
  ): Promise<VipPushPayload> {
    const answer = await attempt(async () => ({
      done: await context.services.pushes.refresh(transactionId, context),
    }));
    const none = { done: null, problem: null, outcome: null };
    return new VipPushPayload({ ...none, ...answer });
  }
}

function pushUser(
  operation: string,
  input: PushVipUserInput,
  context: VipContext,
): Promise<Performed<KnownPush>> {
  const { client, pushes, attempts } = context.services;
  const { userId, pin } = input;
  const onBehalfOfAccountId = input.onBehalfOfAccountId ?? null;
  const command = async (): Promise<KnownPush> => {
    const push = { ...toPushRequest(input), userId, pin };
    const times = toPushTimes(input);
    await attempts.user(userId, onBehalfOfAccountId);
    return pushes.send({ userId, onBehalfOfAccountId }, times, context, () =>
      client.pushUser(push, optionsOf(context, onBehalfOfAccountId)),
    );
  };
  return perform(context, operation, input, command, () => '6040');
}
