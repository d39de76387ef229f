import { Field, Int, ObjectType } from 'type-graphql';
import type { AuthState } from '../../src/providers/guardcrypto/auth-word.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { GuardKeyState } from './enums.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { TOKEN } from './scopes.js';

@ObjectType({ description: 'A reader from outside at the provider (GuestLoginResponse).' })
export class GuardGuest {
  @Field(() => GuardKeyState, {
    description: 'How it stands with the key. Let somebody in on AUTHENTICATED alone.',
  })
  readonly state!: AuthState;

  @Field(() => String, { nullable: true, description: 'How the product calls itself.' })
  readonly productName!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a lost password can be replaced.' })
  readonly isRecoveryAvailable!: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Characters a password has at the least.' })
  readonly minPasswordLength!: number | null;

  @RequiresScope(TOKEN)
  @Field(() => String, {
    nullable: true,
    description: 'What opens the key (auth); null without one. Secret.',
  })
  readonly token!: string | null;
}

@ObjectType({ description: 'Answer to a command of a guest.' })
export class GuardGuestPayload extends Payload {
  @Field(() => GuardGuest, { nullable: true, description: 'The guest; null when there is a problem.' })
  guest?: GuardGuest;
}
