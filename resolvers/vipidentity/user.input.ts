import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { VipUserCommandInput } from './command.input.js';
import { VipSmsInput, VipVoiceInput } from './credential.input.js';
import { VipNewUserStatus } from './enums.js';

@InputType({ description: 'A new user.' })
export class CreateVipUserInput extends VipUserCommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'PIN within the policy of the account, 4 to 128 characters. Secret.',
  })
  pin?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the PIN must be changed after its first use.',
  })
  forcePinChange?: boolean | null;
}

@InputType({ description: 'What to change about a user, at least one thing; what is left out stays.' })
export class UpdateVipUserInput extends VipUserCommandInput {
  @Field(() => ID, { nullable: true, description: 'New id of the user; must be free.' })
  newUserId?: string | null;

  @Field(() => VipNewUserStatus, { nullable: true, description: 'New status; ACTIVE also unlocks.' })
  newUserStatus?: 'ACTIVE' | 'DISABLED' | null;

  @Field(() => String, { nullable: true, description: 'PIN so far, to be checked. Secret.' })
  oldPin?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'New PIN, 4 to 128 characters; without oldPin it is an administrative reset. Secret.',
  })
  newPin?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the new PIN must be changed after its first use.',
  })
  forcePinChange?: boolean | null;
}

@InputType({ description: 'A temporary password; sms or voice also sends it.' })
export class SetVipTemporaryPasswordInput extends VipUserCommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'Exactly 6 digits; the provider makes one when left out. Secret.',
  })
  temporaryPassword?: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when it is good (expirationTime): at most 30 days ahead; a day when left out.',
  })
  expiresAt?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is good once only; false when left out.' })
  isOneTimeUseOnly?: boolean | null;

  @Field(() => VipSmsInput, { nullable: true, description: 'Send it by SMS.' })
  sms?: VipSmsInput | null;

  @Field(() => VipVoiceInput, { nullable: true, description: 'Say it in a call.' })
  voice?: VipVoiceInput | null;
}

@InputType({
  description: 'How a temporary password that is set may be used from now on; at least one thing.',
})
export class UpdateVipTemporaryPasswordInput extends VipUserCommandInput {
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when it is good: at most 30 days ahead.',
  })
  expiresAt?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is good once only.' })
  isOneTimeUseOnly?: boolean | null;
}
