import { GraphQLDateTime } from 'graphql-scalars';
import { Ctx, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { armorToBase64 } from '../../src/providers/guardcrypto/armor.js';
import { findDisagreements } from '../../src/providers/guardcrypto/disagreements.js';
import type { Disagreement } from '../../src/providers/guardcrypto/disagreements.js';
import { keyIdHex } from '../../src/providers/guardcrypto/key-id.js';
import { expiresAt } from '../../src/providers/guardcrypto/keys-watch.js';
import type { KeyRing, PublicKey, PublicRing } from '../../src/providers/guardcrypto/wire/keys.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import type { GuardLocalContext } from './local-context.js';
import type { KeyPlace } from './key-names.js';
import { GuardPgpKeyFacts } from './local-key.type.js';
import { PRIVATE } from './scopes.js';
import { dateOf } from './token.type.js';

@Identified<GuardKey>(({ place, keyId }) => [...place, keyId])
@ObjectType({ description: 'A PGP key as the provider describes it (PublicKey): a master key or a subkey.' })
export class GuardKey {
  readonly place!: KeyPlace;

  @Field(() => ID, { description: 'Key id: the signed 64-bit number of the provider, in decimal.' })
  readonly keyId!: string;

  @Field(() => String, { description: 'Key id as 16 hex digits, as other tools write it.' })
  readonly keyIdHex!: string;

  @Field(() => String, { description: 'Fingerprint in hex, lower case.' })
  readonly fingerprint!: string;

  @Field(() => [String], { description: 'User ids, usually `Name <address>`; none on subkeys.' })
  readonly userIds!: readonly string[];

  @Field(() => Boolean, { description: 'Whether it is the master key, which signs the others (masterKey).' })
  readonly isMaster!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the provider calls it a key for encrypting (encryptionKey). Go by `canEncrypt`.',
  })
  readonly isEncryptionKey!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether it can be encrypted to: it is for that, and neither it nor the master is over or revoked.',
  })
  readonly canEncrypt!: boolean;

  @Field(() => Boolean, { description: 'Whether the provider keeps its private half.' })
  readonly hasPrivateKey!: boolean;

  @Field(() => Boolean, { description: 'Whether it has ended.' })
  readonly isExpired!: boolean;

  @Field(() => Boolean, {
    description: 'Whether it was revoked itself. Subkeys of a revoked master may say no.',
  })
  readonly isRevoked!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was made (creationTime); null when the provider does not say.',
  })
  readonly createdAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it ends (validSeconds); null: never, or not known where `createdAt` is null.',
  })
  readonly expiresAt!: Date | null;
}

@ObjectType({ description: 'Something the provider says of a key which the key itself does not.' })
export class GuardKeyDisagreement implements Disagreement {
  @Field(() => ID, { description: 'Key id of the key.' })
  readonly keyId!: string;

  @Field(() => String, { description: "What is disagreed upon, in the provider's word, such as `revoked`." })
  readonly field!: Disagreement['field'];

  @Field(() => String, { nullable: true, description: 'What the provider says; null: nothing.' })
  readonly server!: string | null;

  @Field(() => String, { nullable: true, description: 'What the key says; null: nothing.' })
  readonly key!: string | null;
}

@ObjectType({ description: 'A public key ring: a master key and its subkeys (PublicKeyRing).' })
export class GuardPublicKeyRing {
  constructor(
    private readonly ring: PublicRing,
    private readonly place: KeyPlace,
  ) {}

  @Field(() => String, { nullable: true, description: 'The ring as ASCII armor.' })
  get armored(): string | null {
    return this.ring.ring;
  }

  @Field(() => String, { nullable: true, description: 'The ring as Base64 of its binary form.' })
  base64(): Promise<string | null> | null {
    return this.ring.ring === null ? null : armorToBase64(this.ring.ring);
  }

  @Field(() => String, { nullable: true, description: 'Changes with the ring; opaque.' })
  get hash(): string | null {
    return this.ring.hash;
  }

  @Field(() => [GuardKey], { description: 'Its keys as the provider describes them, the master key first.' })
  get keys(): GuardKey[] {
    return toKeys(this.ring.keys, this.place);
  }

  @Field(() => GuardPgpKeyFacts, {
    nullable: true,
    description: 'What the ring says of itself, its signatures checked here; null when it cannot be read.',
  })
  async facts(@Ctx() { local }: GuardLocalContext): Promise<GuardPgpKeyFacts | null> {
    if (this.ring.ring === null) return null;
    return new GuardPgpKeyFacts(await local.crypto.inspectPgpKey(this.ring.ring));
  }

  @Field(() => [GuardKeyDisagreement], {
    nullable: true,
    description:
      'Where the provider says something of the keys that the ring itself does not; empty when they agree, null when it cannot be read.',
  })
  async disagreements(@Ctx() { local }: GuardLocalContext): Promise<readonly GuardKeyDisagreement[] | null> {
    if (this.ring.ring === null) return null;
    return findDisagreements(this.ring, await local.crypto.inspectPgpKey(this.ring.ring));
  }
}

@Identified<GuardPrivateKey>(({ keyId }) => [keyId])
@ObjectType({ description: 'A private key as the provider describes it (PrivateKey).' })
export class GuardPrivateKey {
  @Field(() => ID, { description: 'Key id: the signed 64-bit number of the provider, in decimal.' })
  readonly keyId!: string;

  @Field(() => Boolean, { description: 'Whether it is the master key.' })
  readonly isMaster!: boolean;

  @Field(() => Boolean, { description: 'Whether it has ended.' })
  readonly isExpired!: boolean;

  @Field(() => [String], { description: 'User ids.' })
  readonly userIds!: readonly string[];
}

@ObjectType({ description: 'The private half of a key ring (PrivateKeyRing).' })
export class GuardPrivateKeyRing {
  @Field(() => [GuardPrivateKey], { description: 'Its keys.' })
  readonly keys!: readonly GuardPrivateKey[];

  @RequiresScope(PRIVATE)
  @Field(() => String, {
    nullable: true,
    description:
      'The ring as ASCII armor, locked with its password. Secret; null unless `openGuardPrivateKeyRing` or `createGuardKey` was asked.',
  })
  readonly armored!: string | null;
}

@Identified<GuardKeyRing>(({ keyId }) => [keyId])
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One of your PGP key rings at the provider (KeyRing).' })
export class GuardKeyRing {
  @Field(() => ID, {
    description: 'Key id of its master key: the signed 64-bit number of the provider, in decimal.',
  })
  readonly keyId!: string;

  @Field(() => String, { description: 'Id of its master key as 16 hex digits.' })
  readonly keyIdHex!: string;

  @Field(() => Int, { description: 'Number of the user it belongs to (userId).' })
  readonly userId!: number;

  @Field(() => Int, { description: 'Number of the context (contextId).' })
  readonly contextId!: number;

  @Field(() => Boolean, { description: 'Whether it is the one for new mails (current).' })
  readonly isCurrent!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When its password was last changed (passwordModificationTimestamp).',
  })
  readonly passwordChangedAt!: Date | null;

  @Field(() => GuardPublicKeyRing, { nullable: true, description: 'Its public half.' })
  readonly publicRing!: GuardPublicKeyRing | null;

  @Field(() => GuardPrivateKeyRing, {
    nullable: true,
    description: 'Its private half; null when there is none, or the provider does not tell.',
  })
  readonly privateRing!: GuardPrivateKeyRing | null;
}

/** A ring for the graph; null for one without any key, which has no id. */
export function toKeyRing(ring: KeyRing): GuardKeyRing | null {
  const keys = ring.publicRing?.keys ?? [];
  const others = ring.privateRing?.keys ?? [];
  const master = keys.find(isMaster) ?? others.find(isMaster) ?? keys[0] ?? others[0];
  if (!master) return null;
  return {
    keyId: master.id,
    keyIdHex: keyIdHex(master.id),
    userId: ring.userId,
    contextId: ring.contextId,
    isCurrent: ring.current,
    passwordChangedAt: dateOf(ring.passwordModificationTimestamp),
    publicRing: ring.publicRing && new GuardPublicKeyRing(ring.publicRing, ['own']),
    privateRing: ring.privateRing && {
      armored: ring.privateRing.ring,
      keys: others.map(({ id, masterKey, expired, userIds }) => ({
        keyId: id,
        isMaster: masterKey,
        isExpired: expired,
        userIds,
      })),
    },
  };
}

export function toKeyRings(rings: readonly KeyRing[]): GuardKeyRing[] {
  return rings.flatMap((ring) => toKeyRing(ring) ?? []);
}

export function toKeys(keys: readonly PublicKey[], place: KeyPlace): GuardKey[] {
  const master = keys.find(isMaster);
  const isUsable = ({ expired, revoked }: PublicKey): boolean => !expired && !revoked;
  return keys.map((key) => ({
    place,
    keyId: key.id,
    keyIdHex: keyIdHex(key.id),
    fingerprint: key.fingerPrint,
    userIds: key.userIds,
    isMaster: key.masterKey,
    isEncryptionKey: key.encryptionKey,
    canEncrypt: key.encryptionKey && isUsable(key) && master !== undefined && isUsable(master),
    hasPrivateKey: key.hasPrivateKey,
    isExpired: key.expired,
    isRevoked: key.revoked,
    createdAt: dateOf(key.creationTime),
    expiresAt: dateOf(expiresAt(key)),
  }));
}

function isMaster({ masterKey }: { readonly masterKey: boolean }): boolean {
  return masterKey;
}
