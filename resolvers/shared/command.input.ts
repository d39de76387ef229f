import { Field, InputType } from 'type-graphql';

@InputType({ description: 'What every command with an effect at a provider has.' })
export abstract class CommandInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing.',
  })
  idempotencyKey?: string | null;
}
