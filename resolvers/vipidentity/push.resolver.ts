import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkProof } from '../../src/providers/vipidentity/proof.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { lookup } from '../../src/subgraph/command.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { userTry } from './attempt-guard.js';
import { AUTHENTICATE, READ } from './context.js';
import { optionsOf } from './options-of.js';
import type { VipContext } from './context.js';
import { toCredentialKeys } from './credential-keys.js';
import { perform, performed } from './outcome.type.js';
import type { Performed } from './outcome.type.js';
import { PushVipCredentialsInput, PushVipUserInput, RefreshVipPushInput } from './push.input.js';
import { PushVipUserAndWaitPayload, VipPushPayload } from './push.payload.js';
import { toPushRequest, toPushTimes } from './push-request.js';
import type { KnownPush } from './push.service.js';
import { holdersRung, userRung } from './rung.js';
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
    @IdOf('VipPush')
    @Arg('transactionId', () => ID, { description: 'Transaction id of the push.' })
    transactionId: string,
    @Ctx() { caller, services }: VipContext,
  ): Promise<VipPush | null> {
    const push = await services.pushes.sent.find(caller, transactionId);
    return push ? new VipPush(push) : null;
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
    return pushUser('pushVipUser', input, context, (performed) => new VipPushPayload(performed));
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
    const { client, pushes } = context.services;
    const account = input.onBehalfOfAccountId ?? null;
    return perform(
      context,
      'pushVipCredentials',
      input,
      {
        prepare: () => {
          const [credentials, request, times] = checkAll([
            () => toCredentialKeys(input.credentials),
            () => toPushRequest(input),
            () => toPushTimes(input),
          ]);
          return { credentials, push: { ...request, credentials, activate: input.activate }, times };
        },
        rings: ({ credentials }) => holdersRung(credentials),
        effect: ({ push }) => client.pushCredentials(push, optionsOf(context, account)),
        identify: ({ transactionId }) => transactionId,
        after: (sent, { times }, at) =>
          pushes.keep(context.caller, { userId: null, onBehalfOfAccountId: account }, times, sent, at),
      },
      (performed) => new VipPushPayload(performed),
      () => SENT,
    );
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
    const sent = await pushUser('pushVipUserAndWait', input, context, (performed) => performed);
    if (!sent.done) return new PushVipUserAndWaitPayload(sent);
    const { pushes } = context.services;
    const done = await pushes.waitFor(sent.done, context.caller, input.timeoutSeconds * 1_000);
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
    const answer = await lookup(context, 'refreshVipPush', async () => ({
      done: await context.services.pushes.refresh(transactionId, context),
    }));
    // What a push has come to is its own status, not that of the call that read it.
    const { done, refused } = performed(answer, undefined);
    return new VipPushPayload({ done, refused, outcome: null });
  }
}

/** A push was sent (dossier section 4.2). */
const SENT = '6040';

function pushUser<Payload>(
  operation: string,
  input: PushVipUserInput,
  context: VipContext,
  toPayload: (performed: Performed<KnownPush>) => Payload,
): Promise<Payload> {
  const { client, pushes } = context.services;
  const { userId, pin } = input;
  const account = input.onBehalfOfAccountId ?? null;
  return perform(
    context,
    operation,
    input,
    {
      prepare: () => {
        const [request, times] = checkAll([
          () => toPushRequest(input),
          () => toPushTimes(input),
          () => checkProof({ userId, pin }),
        ]);
        return { push: { ...request, userId, pin }, times };
      },
      tries: () => (typeof pin === 'string' ? [userTry(userId)] : []),
      rings: () => [userRung('ask', userId)],
      effect: ({ push }) => client.pushUser(push, optionsOf(context, account)),
      identify: ({ transactionId }) => transactionId,
      after: (sent, { times }, at) =>
        pushes.keep(context.caller, { userId, onBehalfOfAccountId: account }, times, sent, at),
    },
    toPayload,
    () => SENT,
  );
}
