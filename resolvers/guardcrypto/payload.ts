import { Field, ObjectType } from 'type-graphql';
import { Problem } from '../../src/subgraph/problem.type.js';

/** What every payload of a command has. */
@ObjectType({ description: 'Answer to a command.' })
export abstract class GuardPayload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}

@ObjectType({ description: 'Answer to a command that brings nothing back.' })
export class GuardDonePayload extends GuardPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when it was done; null when there is a problem.',
  })
  done?: boolean;
}
