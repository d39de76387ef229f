import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { ProviderError } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { userTry } from './attempt-guard.js';
import { changeUser } from './change-user.js';
import { ON_BEHALF_OF, VipUserIdInput } from './command.input.js';
import { READ, WRITE } from './context.js';
import { optionsOf } from './options-of.js';
import type { VipContext } from './context.js';
import { perform } from './outcome.type.js';
import { userRef } from './user-ref.js';
import { CreateVipUserInput, UpdateVipUserInput } from './user.input.js';
import { DeleteVipUserPayload, VipUserPayload } from './user.payload.js';
import { VipTemporaryPassword, VipUser } from './user.type.js';

@Resolver(() => VipUser)
export class VipUserResolver {
  @RequiresScope(READ)
  @Query(() => VipUser, {
    nullable: true,
    description:
      'A user of the VIP account, which all tenants share that have none of their own; null when there is none (getUserInfo).',
  })
  async vipUser(
    @IdOf('VipUser', 'onBehalfOfAccountId')
    @Arg('userId', () => ID, { description: 'Id of the user; case does not matter.' })
    userId: string,
    @Arg('onBehalfOfAccountId', () => ID, { nullable: true, description: ON_BEHALF_OF })
    onBehalfOfAccountId: string | undefined,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipUser | null> {
    const ref = userRef(userId, onBehalfOfAccountId);
    const user = await context.services.users.find(ref, selectedPaths(info), context);
    return user && new VipUser(ref, user);
  }

  @RequiresScope(READ)
  @CallsProvider()
  @FieldResolver(() => VipTemporaryPassword, {
    nullable: true,
    description:
      'How the temporary password may be used; null when none is set. Another call to the provider (getTemporaryPasswordAttributes).',
  })
  async temporaryPassword(
    @Root() { ref, hasTemporaryPassword }: VipUser,
    @Ctx() context: VipContext,
  ): Promise<VipTemporaryPassword | null> {
    if (!hasTemporaryPassword) return null;
    const { userId, onBehalfOfAccountId } = ref;
    try {
      const attributes = await context.services.client.getTemporaryPasswordAttributes(
        userId,
        optionsOf(context, onBehalfOfAccountId),
      );
      return new VipTemporaryPassword(attributes);
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  @RequiresScope(READ)
  @Query(() => GraphQLDateTime, {
    nullable: true,
    description: "The time by the provider's clock, for codes that depend on it (getServerTime).",
  })
  async vipServerTime(
    @Arg('onBehalfOfAccountId', () => ID, { nullable: true, description: ON_BEHALF_OF })
    onBehalfOfAccountId: string | undefined,
    @Ctx() context: VipContext,
  ): Promise<Date> {
    return new Date(await context.services.client.getServerTime(optionsOf(context, onBehalfOfAccountId)));
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => VipUserPayload, {
    description: 'Creates an active user, with a PIN if you like (createUser).',
  })
  createVipUser(
    @Arg('input', () => CreateVipUserInput, { description: 'The user.' }) input: CreateVipUserInput,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    return changeUser(context, 'createVipUser', input, {
      rings: NOBODY,
      effect: (client, options) => client.createUser(input, options),
    });
  }

  @RequiresScope(WRITE)
  @VerifiesSecret()
  @CallsProvider(2)
  @Mutation(() => VipUserPayload, {
    description: 'Renames a user, disables, enables or unlocks them, or changes their PIN (updateUser).',
  })
  async updateVipUser(
    @Arg('input', () => UpdateVipUserInput, { description: 'What to change.' }) input: UpdateVipUserInput,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    requireSingleVerification(info);
    return changeUser(context, 'updateVipUser', input, {
      tries: () => (typeof input.oldPin === 'string' ? [userTry(input.userId)] : []),
      rings: NOBODY,
      effect: (client, options) => client.updateUser(input, options),
      renamedTo: input.newUserId,
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => DeleteVipUserPayload, {
    description:
      'Deletes a user with all bindings; credentials that nobody else holds are deactivated (deleteUser).',
  })
  async deleteVipUser(
    @Arg('input', () => VipUserIdInput, { description: 'Which user.' }) input: VipUserIdInput,
    @Ctx() context: VipContext,
  ): Promise<DeleteVipUserPayload> {
    const { userId, onBehalfOfAccountId } = input;
    const { client, users } = context.services;
    return perform(
      context,
      'deleteVipUser',
      input,
      {
        rings: NOBODY,
        effect: async () => {
          await client.deleteUser(userId, optionsOf(context, onBehalfOfAccountId));
          return null;
        },
        after: () => users.tell(userRef(userId, onBehalfOfAccountId), context),
      },
      (performed) => new DeleteVipUserPayload(performed, userId),
    );
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => VipUserPayload, { description: 'Takes the PIN from a user (clearUserPin).' })
  clearVipUserPin(
    @Arg('input', () => VipUserIdInput, { description: 'Which user.' }) input: VipUserIdInput,
    @Ctx() context: VipContext,
  ): Promise<VipUserPayload> {
    return changeUser(context, 'clearVipUserPin', input, {
      rings: NOBODY,
      effect: (client, options) => client.clearUserPin(input.userId, options),
    });
  }
}
