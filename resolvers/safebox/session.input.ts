import { Field, InputType } from 'type-graphql';

@InputType({ description: 'Who you are at the provider.' })
export class SignInToSafeBoxInput {
  @Field(() => String, { description: 'User name.' })
  username!: string;

  @Field(() => String, { description: 'Password. Secret: used once, never kept.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: 'One-time password, where the user has that. Secret: used once, never kept.',
  })
  oneTimePassword?: string | null;
}
