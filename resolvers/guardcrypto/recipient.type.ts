import { Field, Int, ObjectType } from 'type-graphql';
import type { RecipientKey } from '../../src/providers/guardcrypto/wire/keys.js';
import { GuardPublicKeyRing } from './key.type.js';
import { Payload } from '../../src/subgraph/payload.type.js';

@ObjectType({ description: 'Where the provider has a key from, and whether it trusts it (KeySource).' })
export class GuardKeySource {
  @Field(() => String, {
    description:
      "The provider's word, such as GUARD_KEY_PAIR, HKP_PUBLIC_SERVER, WKS_SERVER or AUTOCRYPT_KEY; others may come.",
  })
  readonly name!: string;

  @Field(() => Int, { nullable: true, description: 'How far it is trusted, by numbers of the provider.' })
  readonly trustLevel!: number | null;

  @Field(() => Boolean, { description: 'Whether it is trusted. Decide by this alone.' })
  readonly isTrusted!: boolean;
}

@ObjectType({ description: 'What the provider would encrypt to for somebody (RecipientKey).' })
export class GuardRecipientKey {
  @Field(() => GuardPublicKeyRing, {
    nullable: true,
    description: 'The public key; null when there is none yet.',
  })
  readonly publicRing!: GuardPublicKeyRing | null;

  @Field(() => Boolean, { description: 'Whether it is somebody outside, who reads as a guest (guest).' })
  readonly isGuest!: boolean;

  @Field(() => Boolean, { description: 'Whether a key has, or had, to be made first (newKey).' })
  readonly isNewKeyNeeded!: boolean;

  @Field(() => Boolean, { description: 'Whether this very request made the key (newCreated).' })
  readonly wasCreated!: boolean;

  @Field(() => GuardKeySource, { nullable: true, description: 'Where the key is from.' })
  readonly source!: GuardKeySource | null;
}

@ObjectType({ description: 'Answer to making a key for a recipient.' })
export class CreateGuardRecipientKeyPayload extends Payload {
  @Field(() => GuardRecipientKey, { nullable: true, description: 'The key; null when there is a problem.' })
  recipientKey?: GuardRecipientKey | null;
}

export function toRecipientKey(wire: RecipientKey): GuardRecipientKey {
  const { publicRing, guest, newKey, newCreated, keySource } = wire;
  return {
    publicRing: publicRing && new GuardPublicKeyRing(publicRing, ['recipient']),
    isGuest: guest,
    isNewKeyNeeded: newKey,
    wasCreated: newCreated,
    source: keySource && {
      name: keySource.name,
      trustLevel: keySource.trustLevel,
      isTrusted: keySource.trusted,
    },
  };
}
