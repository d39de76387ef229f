import { Field, ID, InputType, Int } from 'type-graphql';
import { SafeBoxPhoneType } from './enums.js';
import { IDEMPOTENCY_KEY } from './box.input.js';

@InputType({ description: 'A telephone number that receives codes.' })
export class SafeBoxContactMethodInput {
  @Field(() => String, { description: 'The number. Personal data.' })
  destination!: string;

  @Field(() => SafeBoxPhoneType, { description: 'What sort of telephone.' })
  destinationType!: string;
}

@InputType({ description: 'A telephone number to change, by id, or to add, without one.' })
export class SafeBoxContactMethodChangeInput {
  @Field(() => ID, { nullable: true, description: 'Id of the one to change.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The number. Personal data.' })
  destination?: string | null;

  @Field(() => SafeBoxPhoneType, { nullable: true, description: 'What sort of telephone.' })
  destinationType?: string | null;
}

@InputType({ description: 'Somebody a SafeBox is for.' })
export class SafeBoxRecipientInput {
  @Field(() => String, { description: 'E-mail address.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  companyName?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they may do more than a guest, where the account has that.',
  })
  privileged?: boolean | null;

  @Field(() => [SafeBoxContactMethodInput], {
    nullable: true,
    description: 'Telephone numbers that receive codes.',
  })
  contactMethods?: SafeBoxContactMethodInput[] | null;
}

@InputType({ description: 'Whom to add to which open SafeBox.' })
export class CreateSafeBoxParticipantInput {
  @Field(() => ID, { description: 'Id of the SafeBox.' })
  safeBoxId!: string;

  @Field(() => SafeBoxRecipientInput, { description: 'The person.' })
  participant!: SafeBoxRecipientInput;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a participant; what is absent stays.' })
export class UpdateSafeBoxParticipantInput {
  @Field(() => ID, { description: 'Id of the SafeBox.' })
  safeBoxId!: string;

  @Field(() => ID, { description: 'Id of the participant.' })
  participantId!: string;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  companyName?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True takes access away, false gives it back.' })
  locked?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may do more than a guest.' })
  privileged?: boolean | null;

  @Field(() => [SafeBoxContactMethodChangeInput], {
    nullable: true,
    description: 'Telephone numbers to change or add.',
  })
  contactMethods?: SafeBoxContactMethodChangeInput[] | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which telephone numbers of a participant to remove.' })
export class DeleteSafeBoxParticipantContactMethodsInput {
  @Field(() => ID, { description: 'Id of the SafeBox.' })
  safeBoxId!: string;

  @Field(() => ID, { description: 'Id of the participant.' })
  participantId!: string;

  @Field(() => [ID], { description: 'Ids of the numbers.' })
  contactMethodIds!: string[];

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Somebody to write to often.' })
export class SafeBoxFavoriteInput {
  @Field(() => String, { description: 'E-mail address.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  companyName?: string | null;

  @Field(() => [SafeBoxContactMethodInput], { nullable: true, description: 'Telephone numbers.' })
  contactMethods?: SafeBoxContactMethodInput[] | null;
}

@InputType({ description: 'Whom to keep as a favorite.' })
export class CreateSafeBoxFavoriteInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose favorite it is; yours by default, needed without a session of your own.',
  })
  userId?: string | null;

  @Field(() => SafeBoxFavoriteInput, { description: 'The person.' })
  favorite!: SafeBoxFavoriteInput;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a favorite; what is absent stays.' })
export class UpdateSafeBoxFavoriteInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose favorite it is; yours by default, needed without a session of your own.',
  })
  userId?: string | null;

  @Field(() => ID, { description: 'Id of the favorite.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'First name.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'Company.' })
  companyName?: string | null;

  @Field(() => Int, { nullable: true, description: 'Place among the favorites.' })
  orderNumber?: number | null;

  @Field(() => [SafeBoxContactMethodChangeInput], {
    nullable: true,
    description: 'Telephone numbers to change or add.',
  })
  contactMethods?: SafeBoxContactMethodChangeInput[] | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which telephone numbers of a favorite to remove.' })
export class DeleteSafeBoxFavoriteContactMethodsInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose favorite it is; yours by default, needed without a session of your own.',
  })
  userId?: string | null;

  @Field(() => ID, { description: 'Id of the favorite.' })
  id!: string;

  @Field(() => [ID], { description: 'Ids of the numbers.' })
  contactMethodIds!: string[];

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which favorite to remove.' })
export class DeleteSafeBoxFavoriteInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose favorite it is; yours by default, needed without a session of your own.',
  })
  userId?: string | null;

  @Field(() => ID, { description: 'Id of the favorite.' })
  id!: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}
