import { Field, InputType, Int } from 'type-graphql';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import { CommandInput } from '../shared/command.input.js';
import { GuardCryptoType } from './enums.js';
import { GuardLocalContentInput } from './local.input.js';

const FOR = 'For whom the provider works; null: for you. Somebody else needs the scope guardcrypto:admin.';
const MAIL = 'The mail (MIME), with its header.';
const OR_TICKET = 'Left out: you are given a ticket to send it to, for what is larger.';

@InputType({ description: 'A user of the App Suite.' })
export class GuardUserInput {
  @Field(() => Int, { description: 'Number of the user.' })
  userId!: number;

  @Field(() => Int, { description: 'Number of the context.' })
  contextId!: number;
}

@InputType({ description: 'A mail whose signatures the provider is to check.' })
export class VerifyGuardMailInput {
  @Field(() => GuardLocalContentInput, { description: MAIL })
  mail!: GuardLocalContentInput;

  @Field(() => GuardUserInput, { nullable: true, description: FOR })
  user?: GuardUserInput | null;
}

@InputType({ description: 'A mail to encrypt to your own key, for keeping it.' })
export class EncryptGuardPgpMailInput extends CommandInput {
  @Field(() => GuardLocalContentInput, { nullable: true, description: `${MAIL} ${OR_TICKET}` })
  mail?: GuardLocalContentInput | null;

  @Field(() => GuardUserInput, { nullable: true, description: FOR })
  user?: GuardUserInput | null;
}

@InputType({ description: 'A mail to encrypt, sign, or both.' })
export class EncryptGuardMailInput extends CommandInput {
  @Field(() => GuardLocalContentInput, { nullable: true, description: `${MAIL} ${OR_TICKET}` })
  mail?: GuardLocalContentInput | null;

  @Field(() => [String], { description: 'Addresses of everybody who shall read it, 1 to 100.' })
  recipients!: string[];

  @Field(() => String, { description: 'Address of the sender.' })
  senderEmail!: string;

  @Field(() => String, { nullable: true, description: 'Name of the sender.' })
  senderName?: string | null;

  @Field(() => GuardCryptoType, { defaultValue: 'PGP', description: 'With which kind of keys.' })
  type!: CryptoType;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is encrypted.' })
  encrypt!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it is signed, with the key that the token attached to your session opens.',
  })
  sign!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether PGP stands within the text.' })
  isInline!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the sender is a guest.' })
  isGuest!: boolean;

  @Field(() => String, { nullable: true, description: 'Locale for mails to guests, such as `de_DE`.' })
  language?: string | null;

  @Field(() => GuardUserInput, {
    nullable: true,
    description: `${FOR} It cannot be signed for somebody else.`,
  })
  user?: GuardUserInput | null;
}
