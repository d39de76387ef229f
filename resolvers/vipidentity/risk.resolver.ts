import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { AUTHENTICATE } from './context.js';
import { optionsOf } from './options-of.js';
import type { VipContext } from './context.js';
import { perform } from './outcome.type.js';
import { ConfirmVipRiskInput, DenyVipRiskInput, EvaluateVipRiskInput } from './risk.input.js';
import { EvaluateVipRiskPayload, VipRiskFeedbackPayload } from './risk.payload.js';
import { userRef } from './user-ref.js';

@Resolver()
export class VipRiskResolver {
  @RequiresScope(AUTHENTICATE)
  @Mutation(() => EvaluateVipRiskPayload, { description: 'Asks how risky a sign-in is (evaluateRisk).' })
  async evaluateVipRisk(
    @Arg('input', () => EvaluateVipRiskInput, { description: 'The sign-in.' }) input: EvaluateVipRiskInput,
    @Ctx() context: VipContext,
  ): Promise<EvaluateVipRiskPayload> {
    const { userId, ipAddress, userAgent, deviceFingerprint, attributes, onBehalfOfAccountId } = input;
    const signIn = { userId, ipAddress, userAgent, deviceFingerprint, attributes };
    return perform(
      context,
      'evaluateVipRisk',
      input,
      {
        rings: NOBODY,
        effect: () => context.services.client.evaluateRisk(signIn, optionsOf(context, onBehalfOfAccountId)),
      },
      (performed) => new EvaluateVipRiskPayload(performed),
      ({ status }) => status,
    );
  }

  @RequiresScope(AUTHENTICATE)
  @Mutation(() => VipRiskFeedbackPayload, {
    description: 'Says that a sign-in was fraud, because the challenge failed (confirmRisk).',
  })
  async confirmVipRisk(
    @Arg('input', () => ConfirmVipRiskInput, { description: 'Which sign-in.' }) input: ConfirmVipRiskInput,
    @Ctx() context: VipContext,
  ): Promise<VipRiskFeedbackPayload> {
    return perform(
      context,
      'confirmVipRisk',
      input,
      {
        rings: NOBODY,
        effect: () =>
          context.services.client.confirmRisk(input, optionsOf(context, input.onBehalfOfAccountId)),
      },
      (performed) => new VipRiskFeedbackPayload(performed),
    );
  }

  @RequiresScope(AUTHENTICATE)
  @Mutation(() => VipRiskFeedbackPayload, {
    description:
      'Says that a sign-in was no fraud, because the challenge succeeded, and remembers the device if you like (denyRisk).',
  })
  async denyVipRisk(
    @Arg('input', () => DenyVipRiskInput, { description: 'Which sign-in.' }) input: DenyVipRiskInput,
    @Ctx() context: VipContext,
  ): Promise<VipRiskFeedbackPayload> {
    const { client, users } = context.services;
    const { userId, rememberDevice, onBehalfOfAccountId } = input;
    return perform(
      context,
      'denyVipRisk',
      input,
      {
        rings: NOBODY,
        effect: () => client.denyRisk(input, optionsOf(context, onBehalfOfAccountId)),
        after: async (attributes) => {
          if (rememberDevice === true) await users.tell(userRef(userId, onBehalfOfAccountId), context);
          return attributes;
        },
      },
      (performed) => new VipRiskFeedbackPayload(performed),
    );
  }
}
