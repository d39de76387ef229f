import { Field, InputType } from 'type-graphql';

/** Description of the key that every command with an effect takes. */
export const IDEMPOTENCY_KEY =
  'Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing.';

@InputType({ description: 'What every command with an effect at a provider has.' })
export abstract class CommandInput {
  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}
