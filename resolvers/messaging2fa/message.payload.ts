import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../../src/subgraph/payload.type.js';
import { TwoFactorMessage } from './message.type.js';

@ObjectType({ description: 'What the answers about one message have in common.' })
abstract class TwoFactorMessagePayload extends Payload {
  @Field(() => TwoFactorMessage, {
    nullable: true,
    description: 'The message as it stands now; null when there is a problem.',
  })
  twoFactorMessage?: TwoFactorMessage;
}

@ObjectType({ description: 'Answer to sending a message.' })
export class SendTwoFactorMessagePayload extends TwoFactorMessagePayload {}

@ObjectType({ description: 'Answer to reading a message again.' })
export class RefreshTwoFactorMessagePayload extends TwoFactorMessagePayload {}

@ObjectType({ description: 'Answer to withdrawing a message.' })
export class CancelTwoFactorMessagePayload extends TwoFactorMessagePayload {}
