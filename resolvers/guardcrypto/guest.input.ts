import { Field, InputType, Int } from 'type-graphql';
import { CommandInput } from '../shared/command.input.js';

@InputType({ description: 'Which guest.' })
export class SignInGuardGuestInput {
  @Field(() => String, { description: 'E-mail address of the guest (username).' })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Password; null before the first one was chosen. Secret: used once, never kept.',
  })
  password?: string | null;
}

@InputType({ description: 'The first password of a guest.' })
export class SetGuardGuestPasswordInput extends CommandInput {
  @Field(() => String, { description: 'E-mail address of the guest.' })
  email!: string;

  @Field(() => String, { description: 'From the link in the first mail. Secret.' })
  itemId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Four digits, when the mail was sent with them. Secret.',
  })
  pin?: string | null;

  @Field(() => String, { description: 'The new password. Secret: used once, never kept.' })
  newPassword!: string;

  @Field(() => String, { defaultValue: '', description: 'Question to be asked when the password is lost.' })
  question!: string;

  @Field(() => String, { defaultValue: '', description: 'Its answer. Secret.' })
  answer!: string;
}

@InputType({ description: 'A guest whose password is lost.' })
export class RequestGuardGuestResetInput extends CommandInput {
  @Field(() => String, { description: 'E-mail address of the guest.' })
  email!: string;

  @Field(() => String, { description: 'Answer to the question that was chosen. Secret.' })
  answer!: string;

  @Field(() => String, { nullable: true, description: 'Locale of the mail, such as `de_DE`.' })
  language?: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of the template of the mail (templid).' })
  templateId?: number | null;
}

@InputType({ description: 'A new password for a guest.' })
export class CompleteGuardGuestResetInput extends CommandInput {
  @Field(() => String, { description: 'From the mail. Secret.' })
  resetId!: string;

  @Field(() => String, { description: 'E-mail address of the guest.' })
  email!: string;

  @Field(() => String, { description: 'The new password. Secret: used once, never kept.' })
  newPassword!: string;
}
