import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { Authentication } from '../../src/providers/vipidentity/model.js';
import { VipAttribute } from './attribute.type.js';
import { toDate } from './binding.type.js';
import { knownOr, VipCredentialType } from './enums.js';
import { VipPayload } from './outcome.type.js';
import type { Performed } from './outcome.type.js';

@ObjectType({ description: 'What a right code has proved.' })
export class VipAuthentication {
  constructor(private readonly authentication: Authentication) {}

  @Field(() => ID, {
    nullable: true,
    description: 'Credential the code belongs to; null for a temporary password.',
  })
  get credentialId(): string | null {
    return this.authentication.credentialId;
  }

  @Field(() => VipCredentialType, { nullable: true, description: 'Its type.' })
  get credentialType(): string | null {
    const { credentialType } = this.authentication;
    return credentialType === null ? null : knownOr(VipCredentialType, credentialType);
  }

  @Field(() => String, { nullable: true, description: 'Id of this proof at the provider (authnId).' })
  get authenticationId(): string | null {
    return this.authentication.authenticationId;
  }

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the PIN must be changed; null when not told.',
  })
  get isPinExpired(): boolean | null {
    return this.authentication.isPinExpired;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when the PIN is good; null when not told.',
  })
  get pinExpiresAt(): Date | null {
    return toDate(this.authentication.pinExpiresAt);
  }

  @Field(() => [VipAttribute], { description: 'The level used and the like, as the provider repeats them.' })
  get authContext(): readonly VipAttribute[] {
    return this.authentication.authContext;
  }
}

@ObjectType({
  description: 'Answer to checking a code. A wrong code or PIN is a problem WRONG_SECRET.',
})
export class VipAuthenticationPayload extends VipPayload {
  constructor(private readonly performed: Performed<Authentication>) {
    super(performed);
  }

  @Field(() => Boolean, { description: 'Whether the code was right: grant access on true alone.' })
  isAuthenticated(): boolean {
    return this.performed.done !== null;
  }

  @Field(() => VipAuthentication, { nullable: true, description: 'What was proved; null when nothing was.' })
  authentication(): VipAuthentication | null {
    return this.performed.done && new VipAuthentication(this.performed.done);
  }
}
