import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { changeUser } from './change-user.js';
import { VipUserIdInput } from './command.input.js';
import { WRITE } from './context.js';
import { optionsOf } from './options-of.js';
import type { VipContext } from './context.js';
import { perform } from './outcome.type.js';
import { phoneRung, userRung } from './rung.js';
import { userRef } from './user-ref.js';
import { SetVipTemporaryPasswordInput, UpdateVipTemporaryPasswordInput } from './user.input.js';
import { SetVipTemporaryPasswordPayload, VipUserPayload } from './user.payload.js';

@Resolver()
export class VipTemporaryPasswordResolver {
  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => SetVipTemporaryPasswordPayload, {
    description:
      'Sets a temporary password that stands in for codes, and sends it by SMS or voice if you like (setTemporaryPassword).',
  })
  async setVipTemporaryPassword(
    @Arg('input', () => SetVipTemporaryPasswordInput, { description: 'The password, or how to make one.' })
    input: SetVipTemporaryPasswordInput,
    @Ctx() context: VipContext,
  ): Promise<SetVipTemporaryPasswordPayload> {
    const { client, users } = context.services;
    const { isOneTimeUseOnly: oneTimeUseOnly, ...wanted } = input;
    const ref = userRef(input.userId, input.onBehalfOfAccountId);
    return perform(
      context,
      'setVipTemporaryPassword',
      input,
      {
        rings: () =>
          (input.sms ?? input.voice) ? [userRung('code', input.userId), ...phoneRung(input)] : [],
        effect: () =>
          client.setTemporaryPassword(
            { ...wanted, oneTimeUseOnly },
            optionsOf(context, input.onBehalfOfAccountId),
          ),
        after: async (password) => {
          await users.tell(ref, context);
          return password;
        },
      },
      (performed) => new SetVipTemporaryPasswordPayload(performed, ref),
    );
  }

  @RequiresScope(WRITE)
  @CallsProvider(3)
  @Mutation(() => VipUserPayload, {
    description: 'Changes how a temporary password that is set may be used (setTemporaryPasswordAttributes).',
  })
  updateVipTemporaryPassword(
    @Arg('input', () => UpdateVipTemporaryPasswordInput, { description: 'What to change.' })
    input: UpdateVipTemporaryPasswordInput,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    const { userId, expiresAt, isOneTimeUseOnly: oneTimeUseOnly } = input;
    return changeUser(context, 'updateVipTemporaryPassword', input, {
      rings: NOBODY,
      effect: (client, options) =>
        client.setTemporaryPasswordAttributes({ userId, expiresAt, oneTimeUseOnly }, options),
    });
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => VipUserPayload, {
    description: 'Takes the temporary password from a user (clearTemporaryPassword).',
  })
  clearVipTemporaryPassword(
    @Arg('input', () => VipUserIdInput, { description: 'Which user.' }) input: VipUserIdInput,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    return changeUser(context, 'clearVipTemporaryPassword', input, {
      rings: NOBODY,
      effect: (client, options) => client.clearTemporaryPassword(input.userId, options),
    });
  }
}
