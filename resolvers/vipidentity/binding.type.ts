import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { Binding, Token, TokenCategory } from '../../src/providers/vipidentity/model.js';
import { knownOr, VipBindingStatus } from './enums.js';

/** A time of the provider as GraphQL shows it. */
export function toDate(moment: number | null): Date | null {
  return moment === null ? null : new Date(moment);
}

@ObjectType({ description: 'How a user holds a credential (bindingDetail).' })
export class VipBinding {
  constructor(private readonly binding: Binding) {}

  @Field(() => VipBindingStatus, { description: 'Whether the binding is in use (bindStatus).' })
  get status(): string {
    return knownOr(VipBindingStatus, this.binding.status);
  }

  @Field(() => String, { description: "The provider's word for the status." })
  get providerStatus(): string {
    return this.binding.status;
  }

  @Field(() => String, { nullable: true, description: 'What the user calls the credential.' })
  get friendlyName(): string | null {
    return this.binding.friendlyName;
  }

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the device counts as trusted; null when not told.',
  })
  get isTrustedDevice(): boolean | null {
    return this.binding.trustedDevice;
  }

  @Field(() => String, { nullable: true, description: 'Version of the app.' })
  get clientVersion(): string | null {
    return this.binding.clientVersion;
  }

  @Field(() => String, { nullable: true, description: 'Kind of app.' })
  get clientType(): string | null {
    return this.binding.clientType;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was bound (lastBindTime).' })
  get boundAt(): Date | null {
    return toDate(this.binding.boundAt);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the user last proved themselves with it (lastAuthnTime); null if never.',
  })
  get lastAuthenticatedAt(): Date | null {
    return toDate(this.binding.lastAuthenticatedAt);
  }

  @Field(() => String, { nullable: true, description: 'Id of that proof (lastAuthnId); null if never.' })
  get lastAuthenticationId(): string | null {
    return this.binding.lastAuthenticationId;
  }
}

@ObjectType({ description: 'What sort of token a credential is (tokenCategoryDetails; VIP 1.8).' })
export class VipTokenCategory {
  constructor(private readonly category: TokenCategory) {}

  @Field(() => String, {
    description: 'Number of the category: 70 and 72 stand for mobile and desktop apps.',
  })
  get categoryId(): string {
    return this.category.categoryId;
  }

  @Field(() => String, { description: 'MOBILE, DESKTOP or another form.' })
  get formFactor(): string {
    return this.category.formFactor;
  }

  @Field(() => String, { description: 'What makes codes change: TIME, EVENT or NONE.' })
  get movingFactor(): string {
    return this.category.movingFactor;
  }

  @Field(() => String, { description: 'HARDWARE, SOFTWARE or SERVER.' })
  get otpGeneratedBy(): string {
    return this.category.otpGeneratedBy;
  }
}

@ObjectType({ description: 'The token behind a credential (tokenInfo; VIP 1.8).' })
export class VipToken {
  constructor(private readonly token: Token) {}

  @Field(() => String, { description: 'Id of the token (TokenId).' })
  get tokenId(): string {
    return this.token.tokenId;
  }

  @Field(() => String, { nullable: true, description: 'SMS, Voice or Service for those; null for others.' })
  get type(): string | null {
    return this.token.type;
  }

  @Field(() => String, { nullable: true, description: 'Kind of token (TokenKind).' })
  get kind(): string | null {
    return this.token.kind;
  }

  @Field(() => String, { description: 'How its codes are made, such as OATH_TIME (Adapter).' })
  get adapter(): string {
    return this.token.adapter;
  }

  @Field(() => String, { description: "The provider's word for its status (TokenStatus)." })
  get status(): string {
    return this.token.status;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Until when it is good (ExpirationDate).' })
  get expiresAt(): Date | null {
    return toDate(this.token.expiresAt);
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Until when its temporary password is good.' })
  get temporaryPasswordExpiresAt(): Date | null {
    return toDate(this.token.temporaryPasswordExpiresAt);
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether that is good once only.' })
  get isTemporaryPasswordOneTimeUse(): boolean | null {
    return this.token.temporaryPasswordOneTimeUse;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it last changed (LastUpdate).' })
  get updatedAt(): Date | null {
    return toDate(this.token.updatedAt);
  }

  @Field(() => Int, {
    nullable: true,
    description: 'When a code of the server expires, as the provider counts it.',
  })
  get serverOtpExpires(): number | null {
    return this.token.serverOtpExpires;
  }

  @Field(() => String, { nullable: true, description: 'Group of the token (TokenGroupId).' })
  get groupId(): string | null {
    return this.token.groupId;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the account owns it (Owner).' })
  get isOwner(): boolean | null {
    return this.token.isOwner;
  }

  @Field(() => String, { nullable: true, description: 'Why it was reported, such as Lost (ReportedReason).' })
  get reportedReason(): string | null {
    return this.token.reportedReason;
  }
}
