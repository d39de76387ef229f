import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Access } from '../../src/providers/safebox/access.js';
import type { Favorite } from '../../src/providers/safebox/wire/people.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import type { Problem } from '../../src/subgraph/problem.type.js';
import { toParticipant } from './box.type.js';
import type { SafeboxContext } from './context.js';
import type { SafeBoxFavorite } from './favorite.type.js';
import { once } from '../shared/once.js';
import {
  CreateSafeBoxFavoriteInput,
  UpdateSafeBoxFavoriteInput,
  DeleteSafeBoxFavoriteContactMethodsInput,
  DeleteSafeBoxFavoriteInput,
} from './people.input.js';
import {
  CreateSafeBoxFavoritePayload,
  UpdateSafeBoxFavoritePayload,
  DeleteSafeBoxFavoriteContactMethodsPayload,
  DeleteSafeBoxFavoritePayload,
} from './people.payload.js';
import { removalOf, toPersonChange } from './person-change.js';

@Resolver()
export class SafeBoxFavoriteResolver {
  @RequiresScope('safebox:write')
  @Mutation(() => CreateSafeBoxFavoritePayload, {
    description: 'Keeps somebody as a favorite (create_favorite).',
  })
  createSafeBoxFavorite(
    @Arg('input', () => CreateSafeBoxFavoriteInput, { description: 'Whom.' })
    input: CreateSafeBoxFavoriteInput,
    @Ctx() context: SafeboxContext,
  ): Promise<CreateSafeBoxFavoritePayload> {
    return changeFavorite('createSafeBoxFavorite', input, context, (access, userId) =>
      context.services.client.people.createFavorite(access, userId, toPersonChange(input.favorite)),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => UpdateSafeBoxFavoritePayload, { description: 'Changes a favorite (update_favorite).' })
  updateSafeBoxFavorite(
    @Arg('input', () => UpdateSafeBoxFavoriteInput, { description: 'What.' })
    input: UpdateSafeBoxFavoriteInput,
    @Ctx() context: SafeboxContext,
  ): Promise<UpdateSafeBoxFavoritePayload> {
    const { userId: _user, id, idempotencyKey: _key, ...person } = input;
    return changeFavorite('updateSafeBoxFavorite', input, context, (access, userId) =>
      context.services.client.people.updateFavorite(access, userId, id, toPersonChange(person)),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => DeleteSafeBoxFavoriteContactMethodsPayload, {
    description: 'Removes telephone numbers of a favorite (delete_favorite_contact_methods).',
  })
  deleteSafeBoxFavoriteContactMethods(
    @Arg('input', () => DeleteSafeBoxFavoriteContactMethodsInput, { description: 'Which.' })
    input: DeleteSafeBoxFavoriteContactMethodsInput,
    @Ctx() context: SafeboxContext,
  ): Promise<DeleteSafeBoxFavoriteContactMethodsPayload> {
    return changeFavorite('deleteSafeBoxFavoriteContactMethods', input, context, (access, userId) =>
      context.services.client.people.updateFavorite(
        access,
        userId,
        input.id,
        removalOf(input.contactMethodIds),
      ),
    );
  }

  @RequiresScope('safebox:write')
  @Mutation(() => DeleteSafeBoxFavoritePayload, { description: 'Removes a favorite (delete_favorite).' })
  deleteSafeBoxFavorite(
    @Arg('input', () => DeleteSafeBoxFavoriteInput, { description: 'Which.' })
    input: DeleteSafeBoxFavoriteInput,
    @Ctx() context: SafeboxContext,
  ): Promise<DeleteSafeBoxFavoritePayload> {
    const { caller, services } = context;
    return attempt(async () => {
      const access = await services.accesses.of(caller);
      const deletedId = await once(context, 'deleteSafeBoxFavorite', input, async () => {
        await services.client.people.deleteFavorite(access, input.userId ?? null, input.id);
        return input.id;
      });
      return { deletedId };
    });
  }
}

/** Changes a favorite once per idempotency key. */
function changeFavorite<Input extends { userId?: string | null; idempotencyKey?: string | null }>(
  operation: string,
  input: Input,
  context: SafeboxContext,
  work: (access: Access, userId: string | null) => Promise<Favorite>,
): Promise<{ favorite?: SafeBoxFavorite; problem?: Problem }> {
  const { accesses } = context.services;
  return attempt(async () => {
    const access = await accesses.of(context.caller);
    const favorite = await once(context, operation, input, () => work(access, input.userId ?? null));
    return { favorite: toParticipant(favorite) };
  });
}
