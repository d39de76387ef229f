import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { CertificateFacts } from '../../src/providers/guardcrypto/local/index.js';

@ObjectType({ description: 'What an X.509 certificate says.' })
export class GuardCertificateFacts {
  @Field(() => String, { description: 'Distinguished name of its holder.' })
  readonly subject: string;

  @Field(() => String, { description: 'Distinguished name of who issued it.' })
  readonly issuer: string;

  @Field(() => [String], { description: 'E-mail addresses of its holder, lower case.' })
  readonly emails: readonly string[];

  @Field(() => String, { description: 'Serial number, in decimal.' })
  readonly serial: string;

  @Field(() => String, { description: 'SHA-256 fingerprint in hex, lower case.' })
  readonly fingerprint: string;

  @Field(() => GraphQLDateTime, { description: 'From when it is good.' })
  readonly notBefore: Date;

  @Field(() => GraphQLDateTime, { description: 'Until when it is good.' })
  readonly notAfter: Date;

  @Field(() => Boolean, { description: 'Whether now is outside of its time.' })
  readonly isExpired: boolean;

  @Field(() => String, { description: 'Kind of its key: `rsa`, `ec`, `ed25519`, ...' })
  readonly algorithm: string;

  @Field(() => Int, { nullable: true, description: 'Size of an RSA key.' })
  readonly bits: number | null;

  @Field(() => String, { nullable: true, description: 'Elliptic curve of its key.' })
  readonly curve: string | null;

  @Field(() => [String], { description: 'What its key may do, as RFC 5280 names it; none: it does not say.' })
  readonly keyUsage: readonly string[];

  @Field(() => [String], {
    description: 'What it is for, for example `emailProtection`; dotted numbers of what has no name here.',
  })
  readonly extendedKeyUsage: readonly string[];

  @Field(() => Boolean, { description: 'Whether it may issue certificates.' })
  readonly isCertificateAuthority: boolean;

  @Field(() => Boolean, { description: 'Whether holder and issuer have the same name.' })
  readonly isSelfIssued: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'What it has that makes it impossible to go by, whatever it is for, such as `the critical extension 1.2.3.4`: nothing is encrypted to it, and no signature of it is believed. Null: nothing.',
  })
  readonly obstacle: string | null;

  constructor(facts: CertificateFacts) {
    this.subject = facts.subject;
    this.issuer = facts.issuer;
    this.emails = facts.emails;
    this.serial = facts.serial;
    this.fingerprint = facts.fingerprint;
    this.notBefore = new Date(facts.notBefore);
    this.notAfter = new Date(facts.notAfter);
    this.isExpired = facts.isExpired;
    this.algorithm = facts.algorithm;
    this.bits = facts.bits;
    this.curve = facts.curve;
    this.keyUsage = facts.keyUsage;
    this.extendedKeyUsage = facts.extendedKeyUsage;
    this.isCertificateAuthority = facts.isCertificateAuthority;
    this.isSelfIssued = facts.isSelfIssued;
    this.obstacle = facts.obstacle;
  }
}
