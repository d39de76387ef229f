import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import type { Settings, Subscriber } from '../../src/providers/xqkeys/wire/account.js';
import { toNotifications, toSubscription, XqNotifications, XqSubscription } from './enums.js';
import { personOf } from '../../src/subgraph/person.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { Person } from './person.type.js';

@ObjectType({ description: 'What the API key of this server may do.' })
export class XqApiKey {
  @Field(() => [String], { description: "The provider's names of what it allows." })
  readonly scopes!: readonly string[];
}

@ObjectType({ description: 'Settings of the user behind your session.' })
export class XqSettings {
  constructor(private readonly settings: Settings) {}

  @Field(() => String, { description: 'Canonical address: keys are granted to it.' })
  get user(): string {
    return this.settings.user;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the user gets the newsletter.' })
  get hasNewsletter(): boolean | null {
    return this.settings.newsletter ?? null;
  }

  @Field(() => XqNotifications, { description: 'Which mails the user gets.' })
  get notifications(): string {
    return toNotifications(this.settings.notifications);
  }
}

@Identified<XqSubscriber>(({ subscriberId }) => [subscriberId])
@ObjectType({ description: 'The account of the user behind your session.' })
export class XqSubscriber {
  constructor(private readonly subscriber: Subscriber) {}

  @Field(() => ID, { description: "The provider's number." })
  get subscriberId(): string {
    return String(this.subscriber.id);
  }

  @Field(() => String, { nullable: true, description: 'E-mail address or phone number.' })
  get user(): string | null {
    return this.subscriber.user;
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the user is an e-mail address.' })
  get person(): Person | null {
    return personOf(this.subscriber.user ?? '');
  }

  @Field(() => String, { nullable: true, description: 'First name.' })
  get firstName(): string | null {
    return this.subscriber.firstName ?? null;
  }

  @Field(() => String, { nullable: true, description: 'Last name.' })
  get lastName(): string | null {
    return this.subscriber.lastName ?? null;
  }

  @Field(() => XqSubscription, { description: 'Where the account stands (_sub).' })
  get subscription(): string {
    return toSubscription(this.subscriber.subscriptionCode);
  }

  @Field(() => String, { nullable: true, description: "The provider's own word for that (sub)." })
  get subscriptionText(): string | null {
    return this.subscriber.subscription;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the subscription begins.' })
  get startsAt(): Date | null {
    return toDate(this.subscriber.starts);
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the subscription ends.' })
  get endsAt(): Date | null {
    return toDate(this.subscriber.ends);
  }
}

@ObjectType({ description: 'Answer to changing settings.' })
export class UpdateXqSettingsPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'True when they were changed.' })
  isUpdated?: boolean;
}

@ObjectType({ description: 'Answer to deleting an account.' })
export class DeleteXqSubscriberPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'True when it was deleted.' })
  isDeleted?: boolean;
}

/** Null for what is no moment that a date can hold. */
export function toDate(milliseconds: number | null | undefined): Date | null {
  const date = new Date(milliseconds ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
