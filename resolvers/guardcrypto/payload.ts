import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../../src/subgraph/payload.type.js';

@ObjectType({ description: 'Answer to a command that brings nothing back.' })
export class GuardDonePayload extends Payload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when it was done; null when there is a problem.',
  })
  isDone?: boolean;
}
