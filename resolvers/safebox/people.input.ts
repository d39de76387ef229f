import { Field, ID, InputType, Int } from 'type-graphql';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { SafeBoxPhoneType } from './enums.js';
import { CommandInput } from '../shared/command.input.js';

@InputType({ description: 'A telephone number that receives codes.' })
export class SafeBoxContactMethodInput {
  @Field(() => String, { description: 'The number. Personal data.' })
  destination!: string;

  @Field(() => SafeBoxPhoneType, { description: 'What sort of telephone.' })
  destinationType!: string;
}

@InputType({ description: 'A telephone number to change, by id, or to add, without one.' })
export class SafeBoxContactMethodChangeInput {
  @Field(() => ID, { nullable: true, description: 'Id of the one to change, its `id` or `contactMethodId`.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The number. Personal data.' })
  destination?: string | null;

  @Field(() => SafeBoxPhoneType, { nullable: true, description: 'What sort of telephone.' })
  destinationType?: string | null;
}

/** Somebody by name and address. */
@InputType()
abstract class PersonInput {
  @Field(() => String, { description: 'E-mail address.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  companyName?: string | null;
}

/** What of somebody can be changed; what is absent stays. */
@InputType()
abstract class PersonChangeInput extends CommandInput {
  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  companyName?: string | null;

  // Those that are to be changed are looked for before.
  @CallsProvider()
  @Field(() => [SafeBoxContactMethodChangeInput], {
    nullable: true,
    description: 'Telephone numbers to change or add.',
  })
  contactMethods?: SafeBoxContactMethodChangeInput[] | null;
}

/** A command about the favorites of a user. */
@InputType()
abstract class FavoriteCommandInput extends CommandInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose favorite it is; yours by default, needed without a session of your own.',
  })
  userId?: string | null;
}

@InputType({ description: 'Somebody a SafeBox is for.' })
export class SafeBoxRecipientInput extends PersonInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they may do more than a guest, where the account has that.',
  })
  isPrivileged?: boolean | null;

  @Field(() => [SafeBoxContactMethodInput], {
    nullable: true,
    description: 'Telephone numbers that receive codes.',
  })
  contactMethods?: SafeBoxContactMethodInput[] | null;
}

@InputType({ description: 'Whom to add to which open SafeBox.' })
export class CreateSafeBoxParticipantInput extends CommandInput {
  @IdOf('SafeBox')
  @Field(() => ID, { description: 'The SafeBox.' })
  safeBoxId!: string;

  @Field(() => SafeBoxRecipientInput, { description: 'The person.' })
  participant!: SafeBoxRecipientInput;
}

@InputType({ description: 'What to change of a participant, at least one thing; what is absent stays.' })
export class UpdateSafeBoxParticipantInput extends PersonChangeInput {
  @IdOf('SafeBox')
  @Field(() => ID, { description: 'The SafeBox.' })
  safeBoxId!: string;

  @IdOf('SafeBoxParticipant', 'safeBoxId')
  @Field(() => ID, { description: 'The participant.' })
  participantId!: string;

  @Field(() => Boolean, { nullable: true, description: 'True takes access away, false gives it back.' })
  isLocked?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may do more than a guest.' })
  isPrivileged?: boolean | null;
}

@InputType({ description: 'Which telephone numbers of a participant to remove.' })
export class DeleteSafeBoxParticipantContactMethodsInput extends CommandInput {
  @IdOf('SafeBox')
  @Field(() => ID, { description: 'The SafeBox.' })
  safeBoxId!: string;

  @IdOf('SafeBoxParticipant', 'safeBoxId')
  @Field(() => ID, { description: 'The participant.' })
  participantId!: string;

  @Field(() => [ID], { description: 'Ids of the numbers, at least one, their `id` or `contactMethodId`.' })
  contactMethodIds!: string[];
}

@InputType({ description: 'Somebody to write to often.' })
export class SafeBoxFavoriteInput extends PersonInput {
  @Field(() => [SafeBoxContactMethodInput], { nullable: true, description: 'Telephone numbers.' })
  contactMethods?: SafeBoxContactMethodInput[] | null;
}

@InputType({ description: 'Whom to keep as a favorite.' })
export class CreateSafeBoxFavoriteInput extends FavoriteCommandInput {
  @Field(() => SafeBoxFavoriteInput, { description: 'The person.' })
  favorite!: SafeBoxFavoriteInput;
}

@InputType({ description: 'What to change of a favorite, at least one thing; what is absent stays.' })
export class UpdateSafeBoxFavoriteInput extends PersonChangeInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose favorite it is; yours by default, needed without a session of your own.',
  })
  userId?: string | null;

  @IdOf('SafeBoxFavorite')
  @Field(() => ID, { description: 'The favorite.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Place among the favorites.' })
  orderNumber?: number | null;
}

@InputType({ description: 'Which telephone numbers of a favorite to remove.' })
export class DeleteSafeBoxFavoriteContactMethodsInput extends FavoriteCommandInput {
  @IdOf('SafeBoxFavorite')
  @Field(() => ID, { description: 'The favorite.' })
  id!: string;

  @Field(() => [ID], { description: 'Ids of the numbers, at least one, their `id` or `contactMethodId`.' })
  contactMethodIds!: string[];
}

@InputType({ description: 'Which favorite to remove.' })
export class DeleteSafeBoxFavoriteInput extends FavoriteCommandInput {
  @IdOf('SafeBoxFavorite')
  @Field(() => ID, { description: 'The favorite.' })
  id!: string;
}
