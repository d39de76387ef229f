import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { SafeBoxContactMethod } from './contact-method.type.js';
import { Person } from './person.type.js';

@ObjectType({ description: 'What is known of a guest alone (SendSecure GuestOptions).' })
export class SafeBoxGuestOptions {
  @Field(() => String, { nullable: true, description: 'Company.' })
  readonly companyName!: string | null;

  @Field(() => Boolean, {
    name: 'isLocked',
    nullable: true,
    description: 'Whether access is taken away, by the owner or after failed logins.',
  })
  readonly locked!: boolean | null;

  @Field(() => [SafeBoxContactMethod], {
    nullable: true,
    description: 'Telephone numbers that receive codes.',
  })
  readonly contactMethods!: readonly SafeBoxContactMethod[] | null;

  @Field(() => Boolean, {
    name: 'hasBouncedEmail',
    nullable: true,
    description: 'Whether the invitation came back.',
  })
  readonly bouncedEmail!: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Failed logins so far.' })
  readonly failedLoginAttempts!: number | null;

  @Field(() => Boolean, { name: 'isVerified', nullable: true, description: 'Whether the guest has entered.' })
  readonly verified!: boolean | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;
}

@Identified<SafeBoxParticipant>(({ boxId, participantId }) => [boxId, participantId])
@ObjectType({
  description: 'Somebody who takes part in a SafeBox (SendSecure Participant; get_safebox_participants).',
})
export class SafeBoxParticipant {
  /** The SafeBox they take part in. */
  readonly boxId!: string;

  @Field(() => ID, { description: 'Id at the provider: that of the guest, or of the user for the owner.' })
  readonly participantId!: string;

  @Field(() => String, { description: 'E-mail address.' })
  readonly email!: string;

  @Field(() => String, { nullable: true, description: 'First name.' })
  readonly firstName!: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  readonly lastName!: string | null;

  @Field(() => String, { nullable: true, description: '`guest` or `user`.' })
  readonly type!: string | null;

  @Field(() => String, { nullable: true, description: '`guest` or `owner`.' })
  readonly role!: string | null;

  @Field(() => SafeBoxGuestOptions, {
    nullable: true,
    description: 'What is known of a guest; null for the owner.',
  })
  readonly guestOptions!: SafeBoxGuestOptions | null;

  @Field(() => Int, { nullable: true, description: 'Messages read.' })
  readonly messageReadCount!: number | null;

  @Field(() => Int, { nullable: true, description: 'Messages there are.' })
  readonly messageTotalCount!: number | null;

  @Field(() => Person, {
    nullable: true,
    description: 'The person behind the address; null when it is none.',
  })
  readonly person!: Person | null;
}
