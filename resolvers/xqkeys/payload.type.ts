import { Field, ObjectType } from 'type-graphql';
import { Problem } from '../../src/subgraph/problem.type.js';

@ObjectType({ description: 'What every answer to a command has.' })
export abstract class XqPayload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}
