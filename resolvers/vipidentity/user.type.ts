import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import type { TemporaryPasswordAttributes, UserInfo } from '../../src/providers/vipidentity/model.js';
import { personOf } from '../../src/subgraph/person.js';
import { toDate } from './binding.type.js';
import { VipUserCredential } from './credential.type.js';
import { knownOr, VipUserStatus } from './enums.js';
import { Person } from './person.type.js';
import type { UserRef } from './user-ref.js';

@ObjectType({
  description: 'How a temporary password may be used; never the password (getTemporaryPasswordAttributes).',
})
export class VipTemporaryPassword {
  constructor(private readonly attributes: TemporaryPasswordAttributes) {}

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Until when it is good (expirationTime).' })
  get expiresAt(): Date | null {
    return toDate(this.attributes.expiresAt);
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether it is good once only.' })
  get isOneTimeUseOnly(): boolean | null {
    return this.attributes.oneTimeUseOnly;
  }
}

@Identified<VipUser>(({ userId, onBehalfOfAccountId }) => [onBehalfOfAccountId ?? '', userId])
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A user of the VIP account (getUserInfo).' })
export class VipUser {
  constructor(
    readonly ref: UserRef,
    private readonly user: UserInfo,
  ) {}

  @Field(() => ID, { description: 'Id of the user, as it is spelled at the provider.' })
  get userId(): string {
    return this.user.userId;
  }

  @Field(() => ID, { nullable: true, description: 'Child account the user belongs to; null for our own.' })
  get onBehalfOfAccountId(): string | null {
    return this.ref.onBehalfOfAccountId;
  }

  @Field(() => VipUserStatus, { description: 'Whether the user may authenticate.' })
  get status(): string {
    return knownOr(VipUserStatus, this.user.status);
  }

  @Field(() => String, { description: "The provider's word for the status." })
  get providerStatus(): string {
    return this.user.status;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the user was created (userCreationTime).',
  })
  get createdAt(): Date | null {
    return toDate(this.user.createdAt);
  }

  @Field(() => Int, { description: 'How many credentials are bound (numBindings).' })
  get bindingCount(): number {
    return this.user.bindingCount;
  }

  @Field(() => [VipUserCredential], { description: 'The credentials, remembered devices (type IA) too.' })
  get credentials(): VipUserCredential[] {
    return this.user.credentials.map((credential) => new VipUserCredential(credential));
  }

  @Field(() => Boolean, { description: 'Whether the user has a PIN.' })
  get isPinSet(): boolean {
    return this.user.isPinSet;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Until when the PIN is good.' })
  get pinExpiresAt(): Date | null {
    return toDate(this.user.pinExpiresAt);
  }

  @Field(() => Boolean, { description: 'Whether a temporary password is set (isTempPasswordSet).' })
  get hasTemporaryPassword(): boolean {
    return this.user.hasTemporaryPassword;
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the id is an e-mail address.' })
  get person(): Person | null {
    return personOf(this.user.userId);
  }
}
