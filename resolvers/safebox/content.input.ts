import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { SafeBoxRetention, SafeBoxTimeUnit } from './enums.js';
import { SafeBoxRecipientInput } from './people.input.js';
import { IDEMPOTENCY_KEY } from '../shared/command.input.js';

@InputType({ description: 'A small file within a request, at most 1 MiB; larger ones go by ticket.' })
export class SafeBoxFileInput {
  @Field(() => String, { description: 'File name, in any script.' })
  fileName!: string;

  @Field(() => String, { defaultValue: 'application/octet-stream', description: 'Media type.' })
  contentType!: string;

  // It is announced, and sent.
  @CallsProvider(2)
  @Field(() => String, { description: 'Its bytes as Base64.' })
  contentBase64!: string;
}

@InputType({ description: 'Rules to choose in place of those of the security profile, where it lets you.' })
export class SafeBoxSecurityOptionsInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether guests may reply.' })
  isReplyEnabled?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether guests see the replies of others.' })
  hasGroupReplies?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether messages are encrypted.' })
  hasEncryptedMessages?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a key is needed that only the participants have.',
  })
  hasDoubleEncryption?: boolean | null;

  @Field(() => SafeBoxRetention, {
    nullable: true,
    description: 'What happens to the content when it closes.',
  })
  retentionPeriodType?: string | null;

  @Field(() => Int, { nullable: true, description: 'How long content is kept.' })
  retentionPeriodValue?: number | null;

  @Field(() => SafeBoxTimeUnit, { nullable: true, description: 'Unit of retentionPeriodValue.' })
  retentionPeriodUnit?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'After how long it closes; with expirationUnit, or a date in place of both.',
  })
  expirationValue?: number | null;

  @Field(() => SafeBoxTimeUnit, { nullable: true, description: 'Unit of expirationValue.' })
  expirationUnit?: string | null;

  @Field(() => String, { nullable: true, description: 'Day on which it closes, YYYY-MM-DD.' })
  expirationDate?: string | null;

  @Field(() => String, { nullable: true, description: 'Time of that day, HH:MM:SS.' })
  expirationTime?: string | null;

  @Field(() => String, { nullable: true, description: 'Offset of that time, such as +02:00.' })
  expirationTimeZone?: string | null;
}

@InputType({ description: 'What a SafeBox is to hold, and for whom.' })
export abstract class SafeBoxContentInput {
  @Field(() => String, { nullable: true, description: 'Subject; stands in e-mails.' })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: 'First message; needed without files.' })
  message?: string | null;

  @Field(() => [SafeBoxRecipientInput], { description: 'For whom it is; at least one.' })
  recipients!: SafeBoxRecipientInput[];

  @IdOf('SafeBoxSecurityProfile')
  @Field(() => ID, { nullable: true, description: 'Its security profile; the default one when absent.' })
  securityProfileId?: string | null;

  @Field(() => String, { defaultValue: 'en', description: 'Language of its e-mails.' })
  notificationLanguage!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether e-mails about it are sent.' })
  isEmailNotificationEnabled?: boolean | null;

  @Field(() => SafeBoxSecurityOptionsInput, { nullable: true, description: 'Rules to choose.' })
  securityOptions?: SafeBoxSecurityOptionsInput | null;

  @IdOf('SafeBoxAttachment')
  @Field(() => [ID], { defaultValue: [], description: 'Files sent before by ticket.' })
  uploads!: string[];

  // What the account takes is read.
  @CallsProvider()
  @Field(() => [SafeBoxFileInput], { defaultValue: [], description: 'Small files within this request.' })
  files!: SafeBoxFileInput[];

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'For whom to reserve a SafeBox.' })
export class InitializeSafeBoxInput {
  @Field(() => String, {
    nullable: true,
    description: 'In whose name; needed without a session of your own.',
  })
  userEmail?: string | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which reserved SafeBox to open, and with what.' })
export class CommitSafeBoxInput extends SafeBoxContentInput {
  @IdOf('SafeBoxDraft')
  @Field(() => ID, { description: 'The draft.' })
  draftId!: string;
}

@InputType({ description: 'What SafeBox to open.' })
export class SubmitSafeBoxInput extends SafeBoxContentInput {
  @Field(() => String, {
    nullable: true,
    description: 'In whose name; needed without a session of your own.',
  })
  userEmail?: string | null;
}

@InputType({ description: 'What to write into which open SafeBox.' })
export class ReplyToSafeBoxInput {
  @IdOf('SafeBox')
  @Field(() => ID, { description: 'The SafeBox.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The text; needed without files.' })
  message?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'That the text of the consent group is accepted; needed where there is one.',
  })
  consent?: boolean | null;

  @IdOf('SafeBoxAttachment')
  @Field(() => [ID], { defaultValue: [], description: 'Files sent before by ticket.' })
  uploads!: string[];

  // What the account takes is read.
  @CallsProvider()
  @Field(() => [SafeBoxFileInput], { defaultValue: [], description: 'Small files within this request.' })
  files!: SafeBoxFileInput[];

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which file is going to be sent.' })
export class CreateSafeBoxUploadInput {
  @IdOf(['SafeBoxDraft', 'SafeBox'])
  @Field(() => ID, { description: 'The draft, or the open SafeBox to reply to.' })
  safeBoxId!: string;

  @Field(() => String, { description: 'File name, in any script.' })
  fileName!: string;

  @Field(() => String, { defaultValue: 'application/octet-stream', description: 'Media type.' })
  contentType!: string;

  @Field(() => GraphQLSafeInt, { description: 'Its exact size.' })
  sizeBytes!: number;
}
