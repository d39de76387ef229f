import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { KeySignature } from '../../src/providers/guardcrypto/wire/keys.js';
import { dateOf } from './token.type.js';

@ObjectType({ description: 'A signature on one of your keys, as the provider describes it (Signature).' })
export class GuardKeySignature {
  @Field(() => Int, {
    description:
      'Type by its OpenPGP number: 16 to 19 certify a user id, 24 binds a subkey, 32 revokes a key.',
  })
  readonly signatureType!: number;

  @Field(() => String, { nullable: true, description: 'The user id it certifies.' })
  readonly userId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Id of the signed key, in hex as the provider writes it.',
  })
  readonly keyIdHex!: string | null;

  @Field(() => String, { nullable: true, description: 'Fingerprint of the signed key, lower case.' })
  readonly fingerprint!: string | null;

  @Field(() => String, { nullable: true, description: 'User id of who signed; null when not known.' })
  readonly issuer!: string | null;

  @Field(() => String, { nullable: true, description: 'Key id of who signed, in hex.' })
  readonly issuerKeyIdHex!: string | null;

  @Field(() => String, { nullable: true, description: 'Fingerprint of who signed, lower case.' })
  readonly issuerFingerprint!: string | null;

  @Field(() => Boolean, { description: 'Whether the provider has checked it and found it good (verified).' })
  readonly isVerified!: boolean;

  @Field(() => Boolean, { description: 'Whether it could not be checked for want of the key (keyMissing).' })
  readonly isKeyMissing!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Hash algorithm by its OpenPGP number, such as 8: SHA-256.',
  })
  readonly hashAlgorithm!: number | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made, as it says.' })
  readonly createdAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'OpenPGP version of the signature.' })
  readonly version!: number | null;

  @Field(() => String, { nullable: true, description: "The provider's word for the type, in English." })
  readonly description!: string | null;
}

export function toSignature(wire: KeySignature): GuardKeySignature {
  const { signatureType, userId, issuer, hashAlgorithm, version, description } = wire;
  return {
    ...{ signatureType, userId, issuer, hashAlgorithm, version, description },
    keyIdHex: wire.keyId,
    fingerprint: wire.fingerPrint,
    issuerKeyIdHex: wire.issuerKeyId,
    issuerFingerprint: wire.issuerFingerPrint,
    isVerified: wire.verified,
    isKeyMissing: wire.keyMissing,
    createdAt: dateOf(wire.creationTime),
  };
}
