import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import type { AutocryptResult, ExternalRing } from '../../src/providers/guardcrypto/wire/keys.js';
import { GuardKey, GuardPublicKeyRing, toKeys } from './key.type.js';
import { Payload } from '../../src/subgraph/payload.type.js';

@Identified<GuardExternalKey>(({ id }) => [id])
@ObjectType({ description: 'A public key of somebody else (ExternalPublicKeyRing).' })
export class GuardExternalKey {
  @Field(() => ID, { name: 'externalKeyId', description: 'How the provider names it (ids).' })
  readonly id!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How far it is shared, by numbers of the provider; 0: not.',
  })
  readonly shareLevel!: number | null;

  @Field(() => Boolean, { description: 'Whether PGP stands within the text of mails to this recipient.' })
  readonly isInline!: boolean;

  @Field(() => Boolean, { description: 'Whether you uploaded it (owned).' })
  readonly isOwned!: boolean;

  @Field(() => Boolean, { description: 'Whether others in your organization use it too (shared).' })
  readonly isShared!: boolean;

  @Field(() => Boolean, { description: 'Whether it is the key of another user of the provider (guardKey).' })
  readonly isGuardKey!: boolean;

  @Field(() => GuardPublicKeyRing, { nullable: true, description: 'The key.' })
  readonly publicRing!: GuardPublicKeyRing | null;
}

@ObjectType({ description: 'Answer to uploading keys of somebody else.' })
export class UploadGuardExternalKeysPayload extends Payload {
  @Field(() => [GuardExternalKey], { nullable: true, description: 'The keys that were uploaded.' })
  externalKeys?: GuardExternalKey[];
}

@ObjectType({ description: 'What became of a key in a header (AutocryptResult).' })
export class GuardAutocryptKey {
  @Field(() => Boolean, { description: 'Whether it was stored just now (added).' })
  readonly wasAdded!: boolean;

  @Field(() => Boolean, { description: 'Whether no key of the address was known before (new).' })
  readonly isNew!: boolean;

  @Field(() => [GuardKey], { description: 'The keys in it, the master key first.' })
  readonly keys!: readonly GuardKey[];
}

@ObjectType({ description: 'Answer to a command about an Autocrypt key.' })
export class GuardAutocryptPayload extends Payload {
  @Field(() => GuardAutocryptKey, { nullable: true, description: 'The key; null when there is a problem.' })
  autocryptKey?: GuardAutocryptKey;
}

export function toExternalKey(ring: ExternalRing): GuardExternalKey {
  const { ids, shareLevel, inline, owned, shared, guardKey, publicRing } = ring;
  return {
    id: ids,
    shareLevel,
    isInline: inline,
    isOwned: owned,
    isShared: shared,
    isGuardKey: guardKey,
    publicRing: publicRing && new GuardPublicKeyRing(publicRing, ['external', ids]),
  };
}

export function toAutocryptKey({ added, keys, new: isNew }: AutocryptResult): GuardAutocryptKey {
  return { wasAdded: added, isNew, keys: toKeys(keys, ['recipient']) };
}
