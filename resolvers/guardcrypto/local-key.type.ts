import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type {
  PgpCapability,
  PgpComponentFacts,
  PgpKeyFacts,
  PgpSubkeyFacts,
  PgpUserIdFacts,
} from '../../src/providers/guardcrypto/local/index.js';
import { GuardPgpCapability } from './local-enums.js';

@ObjectType({ description: 'A user id of an OpenPGP key.' })
export class GuardPgpUserId {
  @Field(() => String, { description: 'All of it, usually `Name <address>`.' })
  readonly userId: string;

  @Field(() => String, { nullable: true, description: 'The name in it.' })
  readonly name: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address in it, lower case.' })
  readonly email: string | null;

  @Field(() => Boolean, {
    description:
      'Whether a good signature of the key itself binds it, which is not revoked. Believe no other.',
  })
  readonly isSelfSigned: boolean;

  @Field(() => Boolean, { description: 'Whether the key itself has taken it back.' })
  readonly isRevoked: boolean;

  @Field(() => Int, { description: 'Signatures of other keys on it; they are not checked.' })
  readonly certificationCount: number;

  constructor({ userId, name, email, isSelfSigned, isRevoked, certificationCount }: PgpUserIdFacts) {
    this.userId = userId;
    this.name = name;
    this.email = email;
    this.isSelfSigned = isSelfSigned;
    this.isRevoked = isRevoked;
    this.certificationCount = certificationCount;
  }
}

@ObjectType({ description: 'What primary key and subkeys have in common.' })
abstract class GuardPgpComponentFacts {
  @Field(() => String, { description: 'Key id as the signed 64-bit number OX Guard writes, in decimal.' })
  readonly keyId: string;

  @Field(() => String, { description: 'Key id as 16 hex digits.' })
  readonly keyIdHex: string;

  @Field(() => String, { description: 'Fingerprint in hex, lower case.' })
  readonly fingerprint: string;

  @Field(() => Int, { description: 'OpenPGP version of the key, usually 4.' })
  readonly version: number;

  @Field(() => String, { description: 'Algorithm, for example `rsaEncryptSign` or `eddsaLegacy`.' })
  readonly algorithm: string;

  @Field(() => Int, { nullable: true, description: 'Size of an RSA, DSA or ElGamal key.' })
  readonly bits: number | null;

  @Field(() => String, { nullable: true, description: 'Elliptic curve, for example `curve25519Legacy`.' })
  readonly curve: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made, as it says.' })
  readonly createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ends; null: never.' })
  readonly expiresAt: Date | null;

  @Field(() => [GuardPgpCapability], { description: 'What it may be used for.' })
  readonly capabilities: readonly PgpCapability[];

  @Field(() => Boolean, { description: 'Whether a good revocation is on it.' })
  readonly isRevoked: boolean;

  @Field(() => Boolean, { description: 'Whether it has ended.' })
  readonly isExpired: boolean;

  constructor(facts: PgpComponentFacts) {
    this.keyId = facts.keyId;
    this.keyIdHex = facts.keyIdHex;
    this.fingerprint = facts.fingerprint;
    this.version = facts.version;
    this.algorithm = facts.algorithm;
    this.bits = facts.bits;
    this.curve = facts.curve;
    this.createdAt = new Date(facts.createdAt);
    this.expiresAt = facts.expiresAt === null ? null : new Date(facts.expiresAt);
    this.capabilities = facts.capabilities;
    this.isRevoked = facts.isRevoked;
    this.isExpired = facts.isExpired;
  }
}

@ObjectType({ description: 'A subkey of an OpenPGP key.' })
export class GuardPgpSubkeyFacts extends GuardPgpComponentFacts {
  @Field(() => Boolean, { description: 'Whether the primary key has signed for it. Use no other.' })
  readonly isBound: boolean;

  constructor(facts: PgpSubkeyFacts) {
    super(facts);
    this.isBound = facts.isBound;
  }
}

@ObjectType({ description: 'What an OpenPGP key says of itself, its signatures checked here.' })
export class GuardPgpKeyFacts extends GuardPgpComponentFacts {
  @Field(() => [GuardPgpUserId], { description: 'Whom it says it belongs to.' })
  readonly userIds: readonly GuardPgpUserId[];

  @Field(() => [GuardPgpSubkeyFacts], { description: 'Its subkeys.' })
  readonly subkeys: readonly GuardPgpSubkeyFacts[];

  @Field(() => Boolean, { description: 'Whether a good signature of the key itself is on it.' })
  readonly isSelfSigned: boolean;

  @Field(() => Boolean, { description: 'Whether messages can be encrypted to it now.' })
  readonly canEncryptNow: boolean;

  constructor(facts: PgpKeyFacts) {
    super(facts);
    this.userIds = facts.userIds.map((userId) => new GuardPgpUserId(userId));
    this.subkeys = facts.subkeys.map((subkey) => new GuardPgpSubkeyFacts(subkey));
    this.isSelfSigned = facts.isSelfSigned;
    this.canEncryptNow = facts.canEncryptNow;
  }
}
