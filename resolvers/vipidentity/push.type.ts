import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import type { KeyValue } from '../../src/providers/vipidentity/model.js';
import { DETAILS, nameOf, PUSH_STATUSES } from '../../src/providers/vipidentity/statuses.js';
import { personOf } from '../../src/subgraph/person.js';
import { VipAttribute } from './attribute.type.js';
import { toDate } from './binding.type.js';
import { knownOr, VipCredentialType, VipPushState, VipStatusDetail } from './enums.js';
import { Person } from './person.type.js';
import type { KnownPush } from './push.service.js';

@ObjectType({ description: 'An app that a push was sent to (pushDetail).' })
export class VipPushTarget {
  @Field(() => ID, { description: 'Id of the credential whose app it is.' })
  readonly credentialId!: string;

  @Field(() => Boolean, { name: 'isSent', description: 'False when the provider could not reach the app.' })
  readonly sent!: boolean;
}

@Identified<VipPush>(({ transactionId }) => [transactionId])
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A question to the phones of a user or of credentials. Only its sender sees it.',
})
export class VipPush {
  constructor(private readonly push: KnownPush) {}

  @Field(() => ID, { description: "The provider's transaction id." })
  get transactionId(): string {
    return this.push.id;
  }

  @Field(() => ID, { nullable: true, description: 'Whom it was sent to; null for a push to credentials.' })
  get userId(): string | null {
    return this.push.value.userId;
  }

  @Field(() => ID, { nullable: true, description: 'Child account it was sent for; null for our own.' })
  get onBehalfOfAccountId(): string | null {
    return this.push.value.onBehalfOfAccountId;
  }

  @Field(() => VipPushState, { description: 'How far it has come.' })
  get state(): string {
    const { isOverdue, status } = this.push.state;
    return isOverdue ? 'EXPIRED' : nameOf(PUSH_STATUSES, status);
  }

  @Field(() => String, { description: "The provider's code, 7001 while nobody has answered." })
  get providerStatus(): string {
    return this.push.state.status;
  }

  @Field(() => VipStatusDetail, { nullable: true, description: 'The finer code, where there is one.' })
  get detail(): string | null {
    return this.push.state.detail === null ? null : nameOf(DETAILS, this.push.state.detail);
  }

  @Field(() => String, { nullable: true, description: "The provider's finer code." })
  get providerDetail(): string | null {
    return this.push.state.detail;
  }

  @Field(() => Boolean, { description: 'Whether the user has said yes: grant access on true alone.' })
  get isApproved(): boolean {
    return !this.push.state.isOverdue && this.push.state.status === '7000';
  }

  @Field(() => Boolean, { description: 'Whether nothing will change any more.' })
  get isFinished(): boolean {
    return this.push.isEnded;
  }

  @Field(() => [VipPushTarget], { description: 'The apps it was sent to.' })
  get targets(): readonly VipPushTarget[] {
    return this.push.value.targets;
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The number that the user must choose on the phone (numbersChallengeValue): show it where they sign in. Null when the phone does not ask for one.',
  })
  get numbersChallenge(): string | null {
    return this.push.value.numbersChallenge;
  }

  @Field(() => GraphQLDateTime, { description: 'When the provider accepted it.' })
  get sentAt(): Date {
    return new Date(this.push.value.sentAt);
  }

  @Field(() => GraphQLDateTime, { description: 'Until when the phones can answer.' })
  get expiresAt(): Date {
    return new Date(this.push.value.expiresAt);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was answered (authnTime), where told.',
  })
  get answeredAt(): Date | null {
    return toDate(this.push.state.answeredAt);
  }

  @Field(() => ID, { nullable: true, description: 'Credential whose app has answered.' })
  get answeredByCredentialId(): string | null {
    return this.push.state.credentialId;
  }

  @Field(() => VipCredentialType, { nullable: true, description: 'Its type.' })
  get answeredByCredentialType(): string | null {
    const { credentialType } = this.push.state;
    return credentialType === null ? null : knownOr(VipCredentialType, credentialType);
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the PIN must be changed, where told.' })
  get isPinExpired(): boolean | null {
    return this.push.state.isPinExpired ?? this.push.value.isPinExpired;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Until when the PIN is good, where told.' })
  get pinExpiresAt(): Date | null {
    return toDate(this.push.state.pinExpiresAt ?? this.push.value.pinExpiresAt);
  }

  @Field(() => [VipAttribute], { description: 'What the phone that answered says of itself; VIP 1.8 alone.' })
  get deviceInfo(): readonly KeyValue[] {
    return this.push.state.deviceInfo;
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the user id is an e-mail address.' })
  get person(): Person | null {
    return this.push.value.userId === null ? null : personOf(this.push.value.userId);
  }
}
