import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Field, ID, Info, ObjectType } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { READ, SECRETS } from './context.js';
import type { VipContext } from './context.js';
import { VipPayload } from './outcome.type.js';
import type { Performed } from './outcome.type.js';
import type { UserRef } from './user-ref.js';
import { VipUser } from './user.type.js';

@ObjectType({ description: 'Answer to a command about a user.' })
export class VipUserPayload extends VipPayload {
  readonly #ref: UserRef;

  constructor(performed: Performed<unknown>, ref: UserRef) {
    super(performed);
    this.#ref = ref;
  }

  @RequiresScope(READ)
  @Field(() => VipUser, {
    nullable: true,
    description: 'The user as they are now, read when asked for (getUserInfo); null when there is a problem.',
  })
  async vipUser(@Info() info: GraphQLResolveInfo, @Ctx() context: VipContext): Promise<VipUser | null> {
    if (this.problem) return null;
    const user = await context.services.users.find(this.#ref, selectedPaths(info), context);
    return user && new VipUser(this.#ref, user);
  }
}

@ObjectType({ description: 'Answer to deleting a user.' })
export class DeleteVipUserPayload extends VipPayload {
  constructor(
    performed: Performed<unknown>,
    private readonly userId: string,
  ) {
    super(performed);
  }

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the user who is gone; null when there is a problem.',
  })
  deletedUserId(): string | null {
    return this.problem ? null : this.userId;
  }
}

@ObjectType({ description: 'Answer to setting a temporary password.' })
export class SetVipTemporaryPasswordPayload extends VipUserPayload {
  constructor(
    private readonly performed: Performed<string | null>,
    ref: UserRef,
  ) {
    super(performed, ref);
  }

  @RequiresScope(SECRETS)
  @Field(() => String, {
    nullable: true,
    description: 'The temporary password, where the provider tells it. Secret, and told here alone.',
  })
  temporaryPassword(): string | null {
    return this.performed.done;
  }
}

@ObjectType({ description: 'Answer to registering a phone or service.' })
export class RegisterVipCredentialPayload extends VipPayload {
  constructor(
    private readonly performed: Performed<string | null>,
    private readonly id: string,
  ) {
    super(performed);
  }

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the credential to bind with addVipCredential; null when there is a problem.',
  })
  credentialId(): string | null {
    return this.problem ? null : this.id;
  }

  @RequiresScope(SECRETS)
  @Field(() => String, {
    nullable: true,
    description: 'First code of a service, where the provider tells it. Secret.',
  })
  otp(): string | null {
    return this.performed.done;
  }
}

@ObjectType({ description: 'Answer to sending a code.' })
export class SendVipOtpPayload extends VipPayload {
  @Field(() => Boolean, { description: 'Whether the code is on its way.' })
  isSent(): boolean {
    return this.problem === null;
  }
}
