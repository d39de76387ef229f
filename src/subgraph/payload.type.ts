import { Field, ObjectType } from 'type-graphql';
import { Problem } from './problem.type.js';

/** What the answer to every command has. */
@ObjectType({ description: 'What every answer to a command has.' })
export abstract class Payload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  readonly problem?: Problem | null;

  @Field(() => [Problem], {
    nullable: true,
    description: 'All that is wrong, as far as it is known at once, `problem` first; null when it was done.',
  })
  readonly problems?: readonly Problem[] | null;
}
