import { Field, ObjectType } from 'type-graphql';
import { Problem } from '../../src/subgraph/problem.type.js';
import { TwoFactorMessage } from './message.type.js';

@ObjectType({ description: 'What the answers about one message have in common.' })
abstract class TwoFactorMessagePayload {
  @Field(() => TwoFactorMessage, {
    nullable: true,
    description: 'The message as it stands now; null when there is a problem.',
  })
  twoFactorMessage?: TwoFactorMessage;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem?: Problem;
}

@ObjectType({ description: 'Answer to sending a message.' })
export class SendTwoFactorMessagePayload extends TwoFactorMessagePayload {}

@ObjectType({ description: 'Answer to reading a message again.' })
export class RefreshTwoFactorMessagePayload extends TwoFactorMessagePayload {}

@ObjectType({ description: 'Answer to withdrawing a message.' })
export class CancelTwoFactorMessagePayload extends TwoFactorMessagePayload {}
