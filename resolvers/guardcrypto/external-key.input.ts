import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { CommandInput } from '../shared/command.input.js';
import { GuardAutocryptAction, GuardExternalKeySource } from './enums.js';

@InputType({ description: 'Public keys of others: as armor, or as Base64 of armor or of the binary form.' })
export class UploadGuardExternalKeysInput extends CommandInput {
  @Field(() => String, { nullable: true, description: 'One or more public keys as ASCII armor.' })
  armored?: string | null;

  @Field(() => String, { nullable: true, description: 'One public key as Base64.' })
  base64?: string | null;
}

@InputType({ description: 'How mails to a recipient are written.' })
export class SetGuardExternalKeyInlineInput extends CommandInput {
  @IdOf('GuardExternalKey')
  @Field(() => ID, { description: 'The key.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether PGP stands within the text of mails to this recipient.' })
  isInline!: boolean;
}

@InputType({ description: 'A key of somebody else to delete.' })
export class DeleteGuardExternalKeyInput extends CommandInput {
  @IdOf('GuardExternalKey')
  @Field(() => ID, { description: 'The key.' })
  id!: string;

  @Field(() => GuardExternalKeySource, { defaultValue: 'UPLOADED', description: 'In which list it stands.' })
  source!: 'UPLOADED' | 'AUTOCRYPT';
}

@InputType({ description: 'A recipient who is to have a key.' })
export class CreateGuardRecipientKeyInput extends CommandInput {
  @Field(() => String, { description: 'E-mail address.' })
  email!: string;
}

@InputType({ description: 'The Autocrypt header of a mail.' })
export class ImportGuardAutocryptKeyInput extends CommandInput {
  @Field(() => String, { description: 'The value of the header, at most 10240 characters.' })
  header!: string;

  @Field(() => String, {
    description: 'Address in the From field of that mail; it must be that of the header.',
  })
  from!: string;

  @Field(() => GraphQLDateTime, {
    description: 'When that mail was sent (Date); an older one takes the place of no later one.',
  })
  sentAt!: Date;

  @Field(() => GuardAutocryptAction, { defaultValue: 'ADD', description: 'What to do with the key.' })
  action!: 'REPORT' | 'ADD' | 'CONFIRM';
}

@InputType({ description: 'Whether you vouch for a key that was collected from a header.' })
export class VerifyGuardAutocryptKeyInput extends CommandInput {
  @Field(() => String, { description: 'Fingerprint of its master key: 40 hex digits, blanks do not matter.' })
  fingerprint!: string;

  @Field(() => Boolean, { description: 'Whether it is verified.' })
  isVerified!: boolean;
}
