import { Field, ObjectType } from 'type-graphql';
import type { ResetDestination } from '../../src/providers/guardcrypto/words.js';
import { GuardResetDestination } from './enums.js';
import { GuardPayload } from './payload.js';

@ObjectType({ description: 'Answer to replacing a lost password.' })
export class ResetGuardPasswordPayload extends GuardPayload {
  @Field(() => GuardResetDestination, {
    nullable: true,
    description: 'Where the new password was sent; null when there is a problem.',
  })
  sentTo?: ResetDestination;
}
