import { Field, InputType, Int } from 'type-graphql';
import type { TokenLifetime } from '../../src/providers/guardcrypto/session-watch.js';
import { SINGLE_USE, WHOLE_SESSION } from '../../src/providers/guardcrypto/tokens.js';
import { invalidInput } from '../../src/provider-error.js';
import { GuardTypedInput } from './command.input.js';
import { GuardTokenLifetime } from './enums.js';

@InputType({ description: 'A token to make.' })
export class CreateGuardTokenInput extends GuardTypedInput {
  @Field(() => String, { description: 'Password of your key. Secret: used once, never kept.' })
  password!: string;

  @Field(() => GuardTokenLifetime, {
    nullable: true,
    description: 'How long it lasts in your session; null: it is made, yet not attached.',
  })
  lifetime?: TokenLifetime | null;

  @Field(() => Int, { nullable: true, description: 'Minutes, for TIMED alone: 1 to 525600.' })
  minutes?: number | null;
}

@InputType({ description: 'A token to attach to your session.' })
export class AttachGuardTokenInput extends GuardTypedInput {
  @Field(() => GuardTokenLifetime, { description: 'How long it lasts.' })
  lifetime!: TokenLifetime;

  @Field(() => Int, { nullable: true, description: 'Minutes, for TIMED alone: 1 to 525600.' })
  minutes?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The token. Secret. Null: the latest that was made in this session, which is kept sealed here.',
  })
  token?: string | null;
}

@InputType({ description: 'Which token to take away.' })
export class DetachGuardTokenInput extends GuardTypedInput {}

const MAX_MINUTES = 525_600;

/** `minutesValid` of the wire. @throws ProviderError INVALID_INPUT */
export function toMinutesValid(lifetime: TokenLifetime, minutes: number | null | undefined): number {
  if (lifetime === 'TIMED') {
    if (minutes && minutes >= 1 && minutes <= MAX_MINUTES) return minutes;
    throw invalidInput(
      ['minutes'],
      minutes === null || minutes === undefined ? 'MISSING' : 'OUT_OF_RANGE',
      `minutes must be from 1 to ${MAX_MINUTES} for a TIMED token.`,
    );
  }
  if (minutes !== null && minutes !== undefined)
    throw invalidInput(['minutes'], 'CONTRADICTORY', 'minutes is for a TIMED token alone.');
  return lifetime === 'SINGLE_USE' ? SINGLE_USE : WHOLE_SESSION;
}
