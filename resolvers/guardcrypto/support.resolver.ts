import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { SupportedUser } from '../../src/providers/guardcrypto/support.js';
import { invalidInput } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command } from '../../src/subgraph/command.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import type { GuardContext } from './context.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { namingThing } from './naming-thing.js';
import { GuardDonePayload } from './payload.js';
import { ADMIN } from './scopes.js';
import { DeleteGuardUserKeysInput, ExposeGuardKeyInput } from './support.input.js';

@ObjectType({ description: 'Answer to exposing deleted keys.' })
export class ExposeGuardKeyPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description:
      'Where whoever has this URL downloads the keys, for some days. Secret: for their owner alone.',
  })
  url?: string;
}

/** What administrators of the provider do for its users. */
@Resolver()
export class GuardSupportResolver {
  @RequiresScope(ADMIN)
  @Mutation(() => GuardDonePayload, {
    description:
      'Deletes all keys of a user (delete_user). S/MIME keys are gone for good; PGP keys go to a backup of the provider.',
  })
  deleteGuardUserKeys(
    @Arg('input', () => DeleteGuardUserKeysInput, { description: 'Whose.' }) input: DeleteGuardUserKeysInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    const { client } = context.services;
    return command(context, 'deleteGuardUserKeys', input, {
      prepare: () => userOf(input),
      rings: NOBODY,
      async effect(user) {
        await namingThing(['userId' in user ? 'user' : 'email'], () =>
          client.support.deleteKeys(user, context),
        );
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }

  @RequiresScope(ADMIN)
  @Mutation(() => ExposeGuardKeyPayload, {
    description: 'Makes the deleted keys of a user downloadable for some days (expose_key).',
  })
  exposeGuardKey(
    @Arg('input', () => ExposeGuardKeyInput, { description: 'Whose.' }) input: ExposeGuardKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<ExposeGuardKeyPayload> {
    const { client } = context.services;
    return command(context, 'exposeGuardKey', input, {
      prepare: () => requireEmailAddress(['email'], input.email),
      rings: NOBODY,
      effect: (email) =>
        namingThing(['email'], () => client.support.exposeKey(email, input.contextId, context)),
      answer: (url) => ({ url }),
    });
  }
}

function userOf({ user, email }: DeleteGuardUserKeysInput): SupportedUser {
  if (Boolean(user) === Boolean(email))
    throw invalidInput(['user'], user ? 'CONTRADICTORY' : 'MISSING', 'Either user or email must be given.');
  return user
    ? { userId: user.userId, contextId: user.contextId }
    : { email: requireEmailAddress(['email'], email ?? '') };
}
