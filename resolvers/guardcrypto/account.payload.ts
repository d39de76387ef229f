import { Field, ObjectType } from 'type-graphql';
import type { ResetDestination } from '../../src/providers/guardcrypto/words.js';
import { GuardResetDestination } from './enums.js';
import { Payload } from '../../src/subgraph/payload.type.js';

@ObjectType({ description: 'Answer to replacing a lost password.' })
export class ResetGuardPasswordPayload extends Payload {
  @Field(() => GuardResetDestination, {
    nullable: true,
    description: 'Where the new password was sent; null when there is a problem.',
  })
  sentTo?: ResetDestination;
}
