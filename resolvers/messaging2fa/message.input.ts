import { Field, ID, InputType, Int } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import type { MessageType } from '../../src/providers/messaging2fa/message.js';
import { LIMITS } from '../../src/providers/messaging2fa/rules.js';
import { TwoFactorMessageType } from './enums.js';

const IDEMPOTENCY_KEY =
  'Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing.';

@InputType({ description: 'A message to push to phones.' })
export class SendTwoFactorMessageInput {
  @Field(() => [String], {
    description: `PassBy[ME] ids of the people, usually e-mail addresses; 1 to ${LIMITS.recipients}, none twice.`,
  })
  recipients!: string[];

  @Field(() => String, {
    nullable: true,
    description: `Title on the phone, at most ${LIMITS.subjectCharacters} characters.`,
  })
  subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Text on the phone, at most ${LIMITS.bodyCharacters} characters; for ESIGN it holds the signing URL.`,
  })
  body?: string | null;

  @Field(() => Int, {
    defaultValue: 300,
    description: `Seconds during which the phones can fetch it, ${LIMITS.minAvailabilitySeconds} to ${LIMITS.maxAvailabilitySeconds}.`,
  })
  availabilitySeconds!: number;

  @Field(() => TwoFactorMessageType, {
    defaultValue: TwoFactorMessageType.AUTHORIZATION,
    description: 'What the phone asks of the person.',
  })
  type!: MessageType;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which message to read again at the provider.' })
export class RefreshTwoFactorMessageInput {
  @IdOf('TwoFactorMessage')
  @Field(() => ID, { description: 'The message.' })
  id!: string;
}

@InputType({ description: 'Which message to withdraw.' })
export class CancelTwoFactorMessageInput {
  @IdOf('TwoFactorMessage')
  @Field(() => ID, { description: 'The message.' })
  id!: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}
