import { Field, InputType } from 'type-graphql';
import { GuardTypedInput } from './command.input.js';

@InputType({ description: 'A new password for your current key.' })
export class ChangeGuardPasswordInput extends GuardTypedInput {
  @Field(() => String, { description: 'The password so far. Secret: used once, never kept.' })
  oldPassword!: string;

  @Field(() => String, { description: 'The new one. Secret: used once, never kept.' })
  newPassword!: string;
}

@InputType({ description: 'Where a new password is to be sent when the old one is lost.' })
export class SetGuardSecondaryEmailInput extends GuardTypedInput {
  @Field(() => String, { description: 'E-mail address.' })
  email!: string;

  @Field(() => String, { description: 'Password of your key. Secret: used once, never kept.' })
  password!: string;
}

@InputType({ description: 'Which password is lost.' })
export class ResetGuardPasswordInput extends GuardTypedInput {}
