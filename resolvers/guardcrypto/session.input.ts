import { Field, InputType } from 'type-graphql';

@InputType({ description: 'Who you are at the App Suite.' })
export class SignInToGuardInput {
  @Field(() => String, { description: 'User name, usually an e-mail address.' })
  username!: string;

  @Field(() => String, { description: 'Password of the App Suite. Secret: used once, never kept.' })
  password!: string;
}
